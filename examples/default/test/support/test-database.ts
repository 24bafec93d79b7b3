import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { TestProject } from 'vitest/node'

const MIGRATIONS = 'prisma/migrations'

/** Before each run: a new database, with every migration applied in order. */
export default async function setUpDatabase({ config }: TestProject): Promise<void> {
  const url = config.env.DATABASE_URL ?? ''

  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`test.db${suffix}`, { force: true })

  const database = await new PrismaLibSql({ url }).connect()
  for (const script of readMigrations()) await database.executeScript(script)
  await database.dispose()
}

function readMigrations(): string[] {
  return readdirSync(MIGRATIONS)
    .sort()
    .map((name) => join(MIGRATIONS, name, 'migration.sql'))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
}
