// @ts-check
// `prisma migrate diff`: each side is a schema file, a folder of migrations, a database or nothing.

import { openDatabase } from './database.js'
import { findProvider, withoutAddresses } from './datasource.js'
import { offlineFactory } from './offline.js'
import { startEngine } from './wasm.js'

/**
 * @typedef {import('@prisma/schema-engine-wasm/schema_engine_bg').DiffTarget} DiffTarget
 * @typedef {import('@prisma/schema-engine-wasm/schema_engine_bg').DiffParams
 *   & { shadowDatabaseUrl?: string | null }} DiffParams
 * @typedef {(source: import('./session.js').Source) => import('./datasource.js').Datasource} FindSource
 */

/**
 * @param {DiffParams} params
 * @param {FindSource} findSource
 */
export async function compare(params, findSource) {
  const engine = await startEngine(await chooseFactory(params, findSource), [])
  const { from, to } = params

  return engine.diff(withoutAddresses({ ...params, from: asSchema(from), to: asSchema(to) }))
}

/**
 * Prisma 6 can name a database by its address alone, which Prisma 7's engine no longer takes.
 *
 * @param {DiffTarget} target
 * @returns {DiffTarget}
 */
function asSchema(target) {
  if (target.tag !== 'url') return target
  const provider = target.url.startsWith('file:') ? 'sqlite' : 'postgresql'
  const content = `datasource db {\n  provider = "${provider}"\n}\n`

  return {
    tag: 'schemaDatasource',
    files: [{ path: 'schema.prisma', content }],
    configDir: process.cwd(),
  }
}

/**
 * @param {DiffParams} params
 * @param {FindSource} findSource
 */
async function chooseFactory({ from, to, shadowDatabaseUrl }, findSource) {
  const sides = [from, to]
  for (const side of sides) {
    if (side.tag === 'schemaDatasource' || side.tag === 'url') return openChecked(findSource(side))
  }

  const provider = sides.map(providerOf).find(Boolean)
  // SQLite replays migrations in memory; PostgreSQL needs a server to do it on.
  const replays = sides.some(({ tag }) => tag === 'migrations') && provider !== 'sqlite'
  if (replays) return openChecked(findSource(shadowDatabaseUrl ? { url: shadowDatabaseUrl } : {}))

  return offlineFactory(provider)
}

/** @param {import('./datasource.js').Datasource} datasource */
async function openChecked(datasource) {
  const database = openDatabase(datasource)
  await database.check()

  return database.factory
}

/** @param {DiffTarget} target */
function providerOf(target) {
  if (target.tag === 'schemaDatamodel') return findProvider(target.files)
  if (target.tag !== 'migrations') return undefined

  return target.lockfile.content?.match(/^provider\s*=\s*"(\w+)"/m)?.[1]
}
