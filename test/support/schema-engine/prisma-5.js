// @ts-check
// Prisma 5 names the folder of the migrations, and leaves it to the engine to read and to write
// there. Since Prisma 6 the CLI does both.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {import('@prisma/schema-engine-wasm/schema_engine_bg').CreateMigrationOutput} Created
 * @typedef {{ migrationsDirectoryPath?: string }} Old
 */

const NO_FILTER = { externalTables: [], externalEnums: [] }

/**
 * The parameters of a call as today's engine takes them.
 *
 * @param {Old & Record<string, unknown>} params
 */
export function asToday(params) {
  const folder = params.migrationsDirectoryPath
  const migrations = folder === undefined ? {} : { migrationsList: readMigrations(folder) }

  return { filters: NO_FILTER, filter: NO_FILTER, ...params, ...migrations }
}

/** @param {string} folder */
export function migrationsIn(folder) {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })

  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** @param {string} folder */
function readMigrations(folder) {
  const lock = join(folder, LOCK_FILE)

  return {
    baseDir: folder,
    lockfile: { path: LOCK_FILE, content: existsSync(lock) ? readFileSync(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: migrationsIn(folder).map((path) => {
      const value = readFileSync(join(folder, path, SCRIPT), 'utf8')

      return { path, migrationFile: { path: SCRIPT, content: { tag: 'ok', value } } }
    }),
  }
}

const LOCK_FILE = 'migration_lock.toml'
const SCRIPT = 'migration.sql'

/**
 * @param {Old} params
 * @param {Created} created
 */
export function keepMigration({ migrationsDirectoryPath: folder }, created) {
  const { generatedMigrationName: name, migrationScript, connectorType } = created
  if (folder === undefined) return created
  if (migrationScript === null) return { generatedMigrationName: null }
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, SCRIPT), migrationScript)
  writeFileSync(join(folder, LOCK_FILE), `provider = "${connectorType}"\n`)

  return { generatedMigrationName: name }
}
