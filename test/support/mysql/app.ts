// An app on MySQL or MariaDB as somebody may have it, before and after it gets its log-in.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { runIn } from '../processes.js'
import { createAuth } from '../real-app.js'
import { MysqlConnection } from './connection.js'
import { readModels } from './models.js'
import { tablesOf } from './tables.js'

const FILES = {
  'package.json': JSON.stringify({
    type: 'module',
    scripts: { test: 'vitest run' },
    dependencies: { fastify: '^5.0.0', '@prisma/client': '^7.0.0' },
    devDependencies: { prisma: '^7.0.0', tsx: '^4.0.0', typescript: '^5.0.0', vitest: '^4.0.0' },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      module: 'nodenext',
      target: 'es2023',
      types: ['node'],
      strict: true,
      noEmit: true,
    },
  }),
  'prisma.config.ts': `import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  datasource: { url: process.env.DATABASE_URL ?? 'mysql://root@127.0.0.1:3306/app' },
})
`,
  'prisma/schema.prisma': `generator client {
  provider = "prisma-client"
  output   = "../src/generated/prisma"
}

datasource db {
  provider = "mysql"
}
`,
  // Without it, this repository's own would be found.
  'vitest.config.ts': 'export default {}\n',
  'src/app.ts': `import Fastify from 'fastify'
import { prisma } from './prisma.js'

export async function buildApp() {
  const app = Fastify({ trustProxy: true, logger: { level: process.env.LOG_LEVEL ?? 'silent' } })
  app.get('/', async () => prisma.$queryRaw\`SELECT 1\`)
  app.get('/healthz', async () => 'ok')

  return app
}
`,
  'src/server.ts': `import { buildApp } from './app.js'

const app = await buildApp()
process.once('SIGTERM', () => app.close().then(() => process.exit(0)))
await app.listen({ port: Number(process.env.PORT) })
`,
  'src/prisma.ts': `import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaClient } from './generated/prisma/client.js'

export const prisma = new PrismaClient({
  adapter: new PrismaMariaDb(process.env.DATABASE_URL ?? ''),
})
`,
}

/** Writes the app, and runs `scaffold` in it. */
export async function writeMysqlApp(folder: string): Promise<void> {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const command of [
    () => createAuth(folder, 'scaffold', '--yes', '--skip-install'),
    () => runIn(folder, ['npx', 'prisma', 'generate']),
  ]) {
    const { code, output } = await command()
    if (code !== 0) throw new Error(output)
  }
}

/** Makes the tables of its schema. */
export async function migrateMysqlApp(folder: string, database: string): Promise<void> {
  const db = await MysqlConnection.open(database)
  const schema = await readModels(schemaOf(folder), (file, env) =>
    runIn(folder, ['npx', 'prisma', 'generate', '--schema', file], env),
  )
  for (const statement of tablesOf(schema)) await db.query(statement)
  await db.end()
}

export function schemaOf(folder: string): string {
  return readFileSync(join(folder, 'prisma/schema.prisma'), 'utf8')
}
