// Prepares the two apps: each in a folder of its own, built, on a new database.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { engineEnvironment } from '../support/schema-engine/environment.js'
import { COMMAND, run } from './workspace.js'

// The same for all of them. Nothing of this machine's own settings may reach them.
export const SETTINGS = { LOG_LEVEL: 'error', COOKIE_DOMAIN: '', SMTP_URL: '' }

const SECRET = 'w8XkQz3vN7rJt5yLb2MdHf6cPs9GaE4u'

/**
 * The app that `create-auth new` writes.
 *
 * @param {string} folder
 * @param {import('./databases.js').Database} database
 */
export function createGeneratedApp(folder, database) {
  const app = { cwd: folder, env: environmentFor('generated', folder, database) }

  run(process.execPath, [
    COMMAND,
    'new',
    folder,
    '--yes',
    '--skip-install',
    '--db',
    database.provider,
  ])
  run('prisma', ['generate'], app)
  run('prisma', ['migrate', 'deploy'], app)
  run('tsc', ['-p', 'tsconfig.build.json'], app)

  return app
}

/**
 * What the hand-written server needs: a client and its tables.
 *
 * @param {string} folder
 * @param {import('./databases.js').Database} database
 */
export function createHandWrittenApp(folder, database) {
  const app = { cwd: folder, env: environmentFor('hand-written', folder, database) }

  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ['client'] }),
  )
  writeFileSync(join(folder, 'schema.prisma'), schemaFor(database))
  writeFileSync(join(folder, 'prisma.config.ts'), CONFIG)
  run('prisma', ['generate'], app)
  run('prisma', ['db', 'push'], app)
  run('tsc', ['-p', 'tsconfig.json'], app)

  return app
}

function environmentFor(name, folder, database) {
  return {
    ...SETTINGS,
    ...engineEnvironment(),
    DATABASE_URL: database.url(name, folder),
    SESSION_SECRET: SECRET,
    APP_ORIGIN: 'https://app.example.com',
    TRUST_PROXY: 'loopback',
  }
}

const COMPILER_OPTIONS = {
  module: 'NodeNext',
  target: 'ES2023',
  types: ['node'],
  skipLibCheck: true,
  rootDir: 'client',
  outDir: 'dist',
}

const CONFIG = `import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'schema.prisma',
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
`

function schemaFor({ provider }) {
  return `generator client {
  provider = "prisma-client"
  output   = "./client"
}

datasource db {
  provider = "${provider}"
}

model User {
  id        String   @id @default(uuid(7))
  email     String   @unique
  password  String?
  createdAt DateTime @default(now())
  sessions  Session[]
}

model Session {
  id        String   @id
  userId    String?
  user      User?    @relation(fields: [userId], references: [id], onDelete: Cascade)
  data      String
  expiresAt DateTime
}
`
}
