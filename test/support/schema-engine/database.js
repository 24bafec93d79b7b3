// @ts-check
// One shape for the databases that the stand-in knows.

import { EngineError } from './engine-error.js'
import { openPostgresql } from './postgresql.js'
import { openSqlite } from './sqlite.js'

/**
 * @typedef {import('@prisma/driver-adapter-utils').SqlMigrationAwareDriverAdapterFactory} AdapterFactory
 * @typedef {import('./datasource.js').Datasource} Datasource
 * @typedef {{
 *   factory: AdapterFactory,
 *   check: () => Promise<void>,
 *   create: () => Promise<string>,
 *   recreate?: () => Promise<void>,
 *   hasMigrationsTable?: () => Promise<boolean>,
 * }} Database
 * check: throws when the database is not there; create: answers its name;
 * recreate, hasMigrationsTable: present where the engine's own way is wrong.
 */

/**
 * @param {Datasource} datasource
 * @returns {Database}
 */
export function openDatabase(datasource) {
  if (datasource.url.startsWith('file:')) return openSqlite(datasource)
  if (/^postgres(ql)?:/.test(datasource.url)) return openPostgresql(datasource)

  throw unknownDatabase(datasource.url.split(':')[0])
}

/** @param {string | undefined} name */
export function unknownDatabase(name) {
  const known = 'SQLite and PostgreSQL'

  return new EngineError(
    undefined,
    `The stand-in for Prisma's schema engine knows ${known}, not ${name ?? 'this database'}.`,
  )
}
