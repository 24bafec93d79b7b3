// The stand-in for Prisma's schema engine, seen from the Prisma CLI in small real apps.

import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { engineEnvironment } from './schema-engine/environment.js'
import { ask, createApp, schemaFor } from './schema-engine/sample-app.js'

const MINUTE = 60_000

// The whole run's, from support/postgresql-server.ts.
const server = process.env.POSTGRES_URL ?? ''
describe('the environment for the Prisma CLI', () => {
  test('names an executable file', () => {
    const engine = engineEnvironment({}).PRISMA_SCHEMA_ENGINE_BINARY ?? ''

    expect(() => accessSync(engine, constants.X_OK)).not.toThrow()
  })

  test('keeps the engine that a person chose', () => {
    const chosen = engineEnvironment({ PRISMA_SCHEMA_ENGINE_BINARY: '/opt/engine' })

    expect(chosen).not.toHaveProperty('PRISMA_SCHEMA_ENGINE_BINARY')
    expect(chosen).not.toHaveProperty('PRISMA_QUERY_ENGINE_LIBRARY')
    expect(chosen).toHaveProperty('CHECKPOINT_DISABLE', '1')
  })
})

describe('on SQLite', () => {
  const provider = 'sqlite'

  test('a schema becomes migrations, and migrations a database', { timeout: MINUTE }, async () => {
    const app = createApp({ provider, url: 'file:./data/dev.db' })

    const first = await app.prisma('migrate dev --name init')
    expect(first.output).toContain('in sync with your schema')
    expect(app.migrations()).toEqual([expect.stringMatching(/_init$/)])

    // SQLite cannot add such a column, so this file creates, copies, drops and renames a table.
    app.writeSchema({ provider, field: 'name String @default("a;b")' })
    const draft = await app.prisma('migrate dev --name name --create-only')
    expect(draft.output).toContain('without applying it')

    const behind = await app.prisma('migrate status')
    expect(behind).toMatchObject({ code: 1, output: expect.stringMatching(/not yet been applied/) })

    // One call applies the draft, finds another change and writes the migration for it.
    app.writeSchema({ provider, field: 'name String @default("a;b")\n  age Int?' })
    const both = await app.prisma('migrate dev --name age')
    expect(both.output).toContain('in sync with your schema')
    expect(app.migrations()).toHaveLength(3)

    const upToDate = await app.prisma('migrate status')
    expect(upToDate).toMatchObject({ code: 0, output: expect.stringContaining('up to date') })
  })

  test('deploying, resetting and comparing agree with each other', {
    timeout: MINUTE,
  }, async () => {
    const app = createApp({ provider, url: 'file:./dev.db' })

    const script = await app.prisma('migrate diff --from-empty --to-schema schema.prisma --script')
    expect(script.stdout).toContain('CREATE TABLE "User"')
    app.writeMigration('20260101000000_init', script.stdout)

    expect(await app.prisma('migrate deploy')).toMatchObject({ code: 0 })
    expect(await app.prisma('migrate reset --force')).toMatchObject({ code: 0 })

    const replayed =
      'migrate diff --from-migrations migrations --to-schema schema.prisma --exit-code'
    expect(await app.prisma(replayed)).toMatchObject({ code: 0 })
    const live = 'migrate diff --from-config-datasource --to-schema schema.prisma --exit-code'
    expect(await app.prisma(live)).toMatchObject({ code: 0 })
  })

  test('a pushed database is not taken for a migrated one', { timeout: MINUTE }, async () => {
    const app = createApp({ provider, url: 'file:./dev.db' })
    app.writeMigration('20260101000000_init', 'CREATE TABLE "User" ("id" INTEGER);')

    expect(await app.prisma('db push')).toMatchObject({ code: 0 })
    const deploy = await app.prisma('migrate deploy')

    expect(deploy).toMatchObject({ code: 1, output: expect.stringContaining('P3005') })
  })

  test('a database that is missing is said to be, and is not created', () => {
    const { folder } = createApp({ provider, url: 'file:./dev.db' })
    const path = join(folder, 'dev.db')
    const datasource = JSON.stringify({ url: `file:${path}` })

    expect(ask(['--datasource', datasource], { method: 'getDatabaseVersion' })).toMatchObject([
      { error: { data: { error_code: 'P1003' } } },
    ])
    expect(existsSync(path)).toBe(false)
  })
})

describe('on PostgreSQL', () => {
  const provider = 'postgresql'

  test('a schema becomes migrations, and migrations a database', { timeout: MINUTE }, async () => {
    const app = createApp({ provider, url: freshDatabaseUrl() })

    const first = await app.prisma('migrate dev --name init')
    expect(first.output).toContain('in sync with your schema')

    // A semicolon inside a function does not end a statement.
    const body = 'BEGIN RETURN 1; END;'
    app.writeMigration(
      '20990101000000_one',
      `CREATE FUNCTION one() RETURNS int AS $$ ${body} $$ LANGUAGE plpgsql;\nSELECT one();\n`,
    )
    app.writeSchema({ provider, field: 'tags String[]' })
    const second = await app.prisma('migrate dev --name tags')
    expect(second.output).toContain('in sync with your schema')

    expect(await app.prisma('migrate reset --force')).toMatchObject({ code: 0 })
    const upToDate = await app.prisma('migrate status')
    expect(upToDate).toMatchObject({ code: 0, output: expect.stringContaining('up to date') })
    expect(await shadowDatabases()).toEqual([])
  })

  test('a schema name in the address is honoured', { timeout: MINUTE }, async () => {
    const app = createApp({ provider, url: `${freshDatabaseUrl()}?schema=side` })

    expect(await app.prisma('db push')).toMatchObject({ code: 0 })
    const live = 'migrate diff --from-config-datasource --to-empty --script'

    expect((await app.prisma(live)).stdout).toContain('DROP TABLE "side"."User"')
  })
})

describe('without a database', () => {
  test.each(['sqlite', 'postgresql', 'cockroachdb'])('prints SQL for %s', (provider) => {
    const answers = ask([], { method: 'diff', params: comparison(schemaFor({ provider })) })

    expect(answers[0]).toMatchObject({
      method: 'print',
      params: { content: expect.stringContaining('CREATE TABLE "User"') },
    })
    expect(answers[1]).toMatchObject({ result: { exitCode: 0 } })
  })

  test('says that it does not know MySQL', () => {
    const params = comparison(schemaFor({ provider: 'mysql' }))

    expect(ask([], { method: 'diff', params })).toMatchObject([
      { error: { data: { message: expect.stringContaining('not mysql') } } },
    ])
  })

  test('lets Prisma validate and generate for MySQL', { timeout: MINUTE }, async () => {
    const app = createApp({ provider: 'mysql', url: 'mysql://root@127.0.0.1:1/app' })

    expect(await app.prisma('validate')).toMatchObject({ code: 0 })
    expect(await app.prisma('generate')).toMatchObject({ code: 0 })
    expect(readdirSync(join(app.folder, 'generated'))).toContain('client.ts')
  })

  test('answers with the reason when the engine panics', () => {
    const params = comparison(schemaFor({ provider: 'sqlite' }))
    const broken = { ...params, from: { tag: 'schemaDatamodel', files: [] } }

    expect(ask([], { method: 'diff', params: broken })).toMatchObject([
      { error: { data: { message: expect.stringContaining('panicked') } } },
    ])
  })
})

describe('for Prisma 5', () => {
  test('reads the migrations in the folder that it names, and writes new ones there', () => {
    const app = createApp({ provider: 'sqlite', url: 'file:./unused.db' })
    const url = `"sqlite"\n  url = "file:${join(app.folder, 'dev.db')}"`
    const content = schemaFor({ provider: 'sqlite' }).replace('"sqlite"', url)
    const path = join(app.folder, 'old.prisma')
    writeFileSync(path, content)
    const folder = { migrationsDirectoryPath: join(app.folder, 'migrations') }
    const schema = { files: [{ path, content }] }
    const create = { ...folder, schema, migrationName: 'init', draft: false }

    const answers = ask(
      ['-d', path],
      { method: 'createDatabase', params: { datasource: { tag: 'Schema', ...schema } } },
      { method: 'devDiagnostic', params: folder },
      { method: 'createMigration', params: create },
      { method: 'applyMigrations', params: folder },
      { method: 'listMigrationDirectories', params: folder },
    )

    const [migration] = app.migrations()
    expect(migration).toMatch(/_init$/)
    expect(answers.slice(2)).toMatchObject([
      { result: { generatedMigrationName: migration } },
      { result: { appliedMigrationNames: [migration] } },
      { result: { migrations: [migration] } },
    ])
  })
})

function comparison(schema: string) {
  return {
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  }
}

/** The address of a database that the test creates, and that is dropped when it ends. */
function freshDatabaseUrl(): string {
  const name = `schema_engine_${randomBytes(4).toString('hex')}`
  onTestFinished(async () => {
    await queryServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  })
  const url = new URL(server)
  url.pathname = `/${name}`

  return url.href
}

/** Only those nobody is connected to: other tests have theirs at the same time. */
async function shadowDatabases() {
  const { rows } = await queryServer(
    "SELECT datname FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow_db_%' AND NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pg_stat_activity.datname = pg_database.datname)",
  )
  return rows
}

async function queryServer(sql: string) {
  const adapter = await new PrismaPg(server).connect()

  try {
    return await adapter.queryRaw({ sql, args: [], argTypes: [] })
  } finally {
    await adapter.dispose()
  }
}
