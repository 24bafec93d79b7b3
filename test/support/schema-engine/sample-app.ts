// Small real apps for the Prisma CLI, inside the repository so that Node finds its packages.

import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { engineEnvironment } from './environment.js'

export interface SchemaOptions {
  provider: string
  /** One more field of the model. */
  field?: string
}

export interface Outcome {
  code: number
  stdout: string
  /** Both streams. */
  output: string
}

export interface SampleApp {
  folder: string
  /** Runs the Prisma CLI, and never throws. */
  prisma: (command: string) => Promise<Outcome>
  writeSchema: (options: SchemaOptions) => void
  writeMigration: (name: string, sql: string) => void
  migrations: () => string[]
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
const environment = engineEnvironment({})

/** An app in a folder that is removed when the test ends. */
export function createApp({ provider, url }: { provider: string; url: string }): SampleApp {
  const folder = createFolder()
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text)
  write('prisma.config.ts', configFor(url))
  write('schema.prisma', schemaFor({ provider }))

  return {
    folder,
    prisma: (command) => runPrisma(folder, command.split(' ')),
    writeSchema: (options) => write('schema.prisma', schemaFor(options)),
    writeMigration(name, sql) {
      mkdirSync(join(folder, 'migrations', name), { recursive: true })
      write('migrations/migration_lock.toml', `provider = "${provider}"\n`)
      write(`migrations/${name}/migration.sql`, sql)
    },
    migrations: () =>
      readdirSync(join(folder, 'migrations')).filter((name) => !name.endsWith('.toml')),
  }
}

export function schemaFor({ provider, field = '' }: SchemaOptions): string {
  return `generator client {
  provider = "prisma-client"
  output   = "./generated"
}

datasource db {
  provider = "${provider}"
}

model User {
  id    String @id
  email String @unique
  posts Post[]
  ${field}
}

model Post {
  id     String @id
  user   User   @relation(fields: [userId], references: [id], onDelete: Cascade)
  userId String
}
`
}

type Request = { method: string; params?: object }

/** Starts the engine as the CLI does, asks, and answers with every message it sends. */
export function ask(args: string[], ...requests: Request[]): unknown[] {
  const engine = environment.PRISMA_SCHEMA_ENGINE_BINARY ?? ''
  const lines = requests.map((request, id) => JSON.stringify({ id, jsonrpc: '2.0', ...request }))
  const input = `${lines.join('\n')}\n`
  const { stdout } = spawnSync(engine, args, { input, encoding: 'utf8' })

  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

function createFolder(): string {
  mkdirSync(join(root, '.tmp'), { recursive: true })
  const folder = mkdtempSync(join(root, '.tmp', 'schema-engine-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))

  return folder
}

function configFor(url: string): string {
  return `import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: '${url}' },
})
`
}

function runPrisma(folder: string, args: string[]): Promise<Outcome> {
  const cli = join(root, 'node_modules/prisma/build/index.js')
  const options = { cwd: folder, env: { ...process.env, ...environment, NO_COLOR: '1' } }

  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? 1, stdout, output: stdout + stderr })
    })
    // Nobody is there to answer a question.
    child.stdin?.end()
  })
}
