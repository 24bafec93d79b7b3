import { existsSync, readdirSync, readFileSync } from 'node:fs'
//% if (features.sqlite) {
import { rmSync } from 'node:fs'
//% }
import { join } from 'node:path'

//% if (features.sqlite) {
import { PrismaLibSql } from '@prisma/adapter-libsql'
//% }
//% if (features.postgresql) {
import { PrismaPg } from '@prisma/adapter-pg'
//% }
import type { TestProject } from 'vitest/node'

const MIGRATIONS = 'prisma/migrations'

/** Before each run: a new database, with every migration applied in order. */
export default async function setUpDatabase({ config }: TestProject): Promise<void> {
  const url = config.env.DATABASE_URL ?? ''

  //% if (features.sqlite) {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`test.db${suffix}`, { force: true })

  const database = await new PrismaLibSql({ url }).connect()
  for (const script of readMigrations()) await database.executeScript(script)
  await database.dispose()
  //% }
  //% if (features.postgresql) {
  await recreateDatabase(url)
  await runScripts(url, readMigrations())
  //% }
}

function readMigrations(): string[] {
  return readdirSync(MIGRATIONS)
    .sort()
    .map((name) => join(MIGRATIONS, name, 'migration.sql'))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
}
//% if (features.postgresql) {

/** The tests have a database of their own, beside the one of DATABASE_URL: they empty it. */
export function testDatabaseUrl(): string {
  if (existsSync('.env')) process.loadEnvFile('.env')

  const url = new URL(process.env.DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/my_app')
  if (!url.pathname.endsWith('_test')) url.pathname += '_test'

  return url.href
}

async function recreateDatabase(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1)).replaceAll('"', '""')
  const server = new URL(url)
  server.pathname = 'postgres'

  await runScripts(server.href, [
    `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`,
    `CREATE DATABASE "${name}"`,
  ])
}

async function runScripts(connectionString: string, scripts: string[]): Promise<void> {
  const database = await new PrismaPg({ connectionString }).connect()
  // The driver itself: the adapter cuts a script at every semicolon, in a string as well.
  for (const script of scripts) await database.underlyingDriver().query(script)
  await database.dispose()
}
//% }
