// Builds the whole app for a test, on a database of its own.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import Fastify, { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import App, { options } from '../src/app'

// What the app gets in production, but for the database
function config (databaseUrl: string) {
  return { ...options, databaseUrl }
}

async function build (t: Pick<TestContext, 'after'>) {
  const folder = await mkdtemp(join(tmpdir(), 'task-board-'))
  const app = Fastify()

  // fastify-plugin, so that the tests reach what the app decorates
  void app.register(fp(App), config(`file:${join(folder, 'test.db')}`))
  await app.ready()
  await migrate(app)

  t.after(async () => {
    await app.close()
    await rm(folder, { recursive: true })
  })

  return app
}

async function migrate (app: FastifyInstance) {
  const migrations = join(__dirname, '..', 'prisma', 'migrations')
  const names = (await readdir(migrations, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

  for (const name of names) {
    const sql = await readFile(join(migrations, name, 'migration.sql'), 'utf8')
    for (const statement of sql.split(/;\s*$/m)) {
      if (statement.trim()) await app.prisma.$executeRawUnsafe(statement)
    }
  }
}

export { config, build }
