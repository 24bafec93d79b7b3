// A database per app and purpose, and rows for the one whose tables should have some.

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import pg from 'pg'

import { type Ending, run } from './commands.js'

export type Provider = 'sqlite' | 'postgresql' | 'mysql'

const SERVER = process.env.POSTGRES_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres'

/** A new, empty database, and its address. One of the same name is dropped. */
export async function createDatabase(
  provider: Provider,
  { work, name, purpose }: { work: string; name: string; purpose: string },
): Promise<string> {
  const database = `corpus_${name}_${purpose}`.toLowerCase().replace(/\W+/g, '_').slice(-60)
  if (provider === 'sqlite') return createFile(join(work, 'databases'), database)
  if (provider === 'mysql') return createOnMysql(database)

  await query(SERVER, [
    `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`,
    `CREATE DATABASE "${database}"`,
  ])
  const url = new URL(SERVER)
  url.pathname = database

  return url.href
}

function createFile(folder: string, database: string): string {
  const file = join(folder, `${database}.db`)
  mkdirSync(folder, { recursive: true })
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true })

  return `file:${file}`
}

async function createOnMysql(database: string): Promise<string> {
  await runOnMysql('', `DROP DATABASE IF EXISTS \`${database}\`; CREATE DATABASE \`${database}\``)

  return `mysql://root@127.0.0.1:3306/${database}`
}

export function runOnMysql(database: string, sql: string): Promise<Ending> {
  return run(['mariadb', '--user=root', `--execute=${sql}`, database], { cwd: '/' })
}

/** Two rows in every table that takes them, and how many tables did. */
export async function fillTables(provider: Provider, url: string): Promise<number> {
  if (provider === 'sqlite') return fillSqlite(url)

  return provider === 'postgresql' ? fillPostgresql(url) : fillMysql(url)
}

/** Types decide the values; foreign keys are not checked, as a migration does not check them. */
async function fillPostgresql(url: string): Promise<number> {
  const { rows: columns } = await query(url, [COLUMNS])
  let filled = 0
  for (const { table, columns: needed } of byTable(columns)) {
    const names = needed.map(({ column }) => `"${column}"`).join(', ')
    const into = `INSERT INTO ${table} ${names === '' ? 'DEFAULT VALUES' : `(${names})`}`
    const rows = [1, 2].map((row) =>
      names === '' ? into : `${into} VALUES (${needed.map((one) => literal(one, row)).join(', ')})`,
    )
    filled += await query(url, ["SET session_replication_role = 'replica'", ...rows]).then(
      () => 1,
      () => 0,
    )
  }

  return filled
}

async function fillMysql(url: string): Promise<number> {
  const database = new URL(url).pathname.slice(1)
  const { stdout } = await runOnMysql(database, COLUMNS_ON_MYSQL)
  const lines = stdout.trim().split('\n').slice(1)
  const columns = lines.map((line) => {
    const [table = '', column = '', type = '', needed] = line.split('\t')
    const [value = null] = /(?<=^enum\(')[^']*/.exec(type) ?? []

    return { table, column, type, value, needed: needed === '1' }
  })
  let filled = 0
  for (const { table, columns: needed } of byTable(columns)) {
    const names = needed.map(({ column }) => `\`${column}\``).join(', ')
    const rows = [1, 2].map((row) => {
      const values = needed.map((one) => literal(one, row).replace('T00:00:00Z', '')).join(', ')

      return `INSERT INTO \`${table}\` (${names}) VALUES (${values})`
    })
    const sql = `SET foreign_key_checks = 0; ${rows.join('; ')}`
    filled += (await runOnMysql(database, sql)).code === 0 ? 1 : 0
  }

  return filled
}

const COLUMNS_ON_MYSQL = `
  SELECT table_name, column_name, column_type, is_nullable = 'NO' AND column_default IS NULL
    AND extra NOT LIKE '%auto_increment%'
  FROM information_schema.columns WHERE table_schema = DATABASE()`

type Column = { table: string; column: string; type: string; value: string | null }

const COLUMNS = `
  SELECT format('%I.%I', c.table_schema, c.table_name) AS "table", c.column_name AS "column",
    c.data_type AS "type",
    (SELECT min(e.enumlabel) FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
     WHERE t.typname = c.udt_name) AS "value",
    c.is_nullable = 'NO' AND c.column_default IS NULL AS "needed"
  FROM information_schema.columns c JOIN information_schema.tables t
    USING (table_schema, table_name)
  WHERE t.table_type = 'BASE TABLE' AND c.table_name <> '_prisma_migrations'
    AND c.table_schema NOT IN ('information_schema', 'pg_catalog')`

function byTable(rows: (Column & { needed: boolean })[]) {
  const tables = [...new Set(rows.map(({ table }) => table))]

  return tables.map((table) => ({
    table,
    columns: rows.filter((row) => row.table === table && row.needed),
  }))
}

function literal({ type, value }: Column, row: number): string {
  if (value !== null) return `'${value}'`
  if (/int|numeric|double|real|decimal/i.test(type)) return String(row)
  if (/bool/i.test(type)) return 'false'
  if (/time|date/i.test(type)) return "'2026-01-01T00:00:00Z'"
  if (/json/i.test(type)) return "'{}'"
  if (/array/i.test(type)) return "'{}'"
  if (/uuid/i.test(type)) return `'00000000-0000-4000-8000-00000000000${row}'`

  return `'row ${row}'`
}

async function fillSqlite(url: string): Promise<number> {
  const client = createClient({ url })
  const { rows: tables } = await client.execute(
    `SELECT name FROM sqlite_master
     WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_prisma_migrations'`,
  )
  let filled = 0
  for (const { name: table } of tables) {
    const { rows } = await client.execute(`PRAGMA table_info("${table}")`)
    const needed = rows
      .filter(({ notnull, dflt_value }) => notnull === 1 && dflt_value === null)
      .map((row) => ({ table: '', column: `${row.name}`, type: `${row.type}`, value: null }))
    const names = needed.map(({ column }) => `"${column}"`).join(', ')
    const inserts = [1, 2].map((row) => {
      const values = needed.map((column) => literal(column, row)).join(', ')

      return `INSERT INTO "${table}" ${names === '' ? 'DEFAULT VALUES' : `(${names}) VALUES (${values})`}`
    })
    filled += await client.executeMultiple(`PRAGMA foreign_keys=OFF; ${inserts.join('; ')}`).then(
      () => 1,
      () => 0,
    )
  }
  client.close()

  return filled
}

async function query(connectionString: string, statements: readonly string[]) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    let result = await client.query('SELECT 1')
    for (const statement of statements) result = await client.query(statement)

    return result
  } finally {
    await client.end()
  }
}
