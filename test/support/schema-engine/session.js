// @ts-check
// The methods that the Prisma CLI calls. Most are the engine's own; the others are here.

import { compare } from './comparison.js'
import { openDatabase } from './database.js'
import { findDatasource, withoutAddresses } from './datasource.js'
import { EngineError } from './engine-error.js'
import { asToday, keepMigration, migrationsIn } from './prisma-5.js'
import { startEngine } from './wasm.js'

/**
 * @typedef {import('./command-line.js').SchemaFile} SchemaFile
 * @typedef {import('./database.js').Database} Database
 * @typedef {import('./wasm.js').SchemaEngine} SchemaEngine
 * @typedef {{ url?: string | undefined, files?: SchemaFile[], configDir?: string }} Source
 * @typedef {{ datasource?: Source, datasourceType?: Source, migrationsDirectoryPath?: string }} Params
 * @typedef {{ database: Database, engine: SchemaEngine }} Connection
 * @typedef {(connection: Connection, params: never) => Promise<unknown>} Method
 */

const ENGINE_METHODS = /** @type {const} */ ([
  'applyMigrations',
  'dbExecute',
  'devDiagnostic',
  'ensureConnectionValidity',
  'introspect',
  'markMigrationApplied',
  'markMigrationRolledBack',
  'schemaPush',
])

/** @type {Map<string, Method>} */
const METHODS = new Map([
  ...ENGINE_METHODS.map((name) => /** @type {const} */ ([name, callEngine(name)])),
  ['createMigration', createMigration],
  ['diagnoseMigrationHistory', diagnoseMigrationHistory],
  ['evaluateDataLoss', evaluateDataLoss],
  ['getDatabaseVersion', ({ engine }) => engine.version()],
  ['reset', reset],
])

/**
 * @param {{ url?: string | undefined, schemaFiles: SchemaFile[], print: (content: string) => void }} options
 * @returns {import('./json-rpc.js').Session}
 */
export function createSession({ url, schemaFiles, print }) {
  /** @type {Promise<Connection> | undefined} */
  let connection

  return async (name, params) => {
    if (name === 'diff') return showComparison(/** @type {never} */ (params))
    const named = /** @type {Params} */ (params ?? {})
    if (name === 'listMigrationDirectories') {
      return { migrations: migrationsIn(named.migrationsDirectoryPath ?? '') }
    }
    if (name === 'createDatabase') return { databaseName: await locate(named).create() }

    const method = METHODS.get(name)
    if (!method) throw new EngineError(undefined, `The stand-in has no method ${name}.`)

    connection ??= connect(locate(named), schemaFiles)
    const answer = await method(
      await connection,
      /** @type {never} */ (withoutAddresses(asToday(named))),
    )
    // The next call meets another file.
    if (name === 'reset') connection = undefined

    return answer
  }

  /** @param {Params} params */
  function locate({ datasource, datasourceType }) {
    return openDatabase(findSource(datasource ?? datasourceType ?? {}))
  }

  /** @param {Source} source */
  function findSource(source) {
    return findDatasource({
      url: source.url ?? url,
      schemaFiles: source.files ?? schemaFiles,
      directory: source.configDir,
    })
  }

  /** @param {import('./comparison.js').DiffParams} params */
  async function showComparison(params) {
    const { exitCode, stdout } = await compare(params, findSource)
    print(stdout ?? '')

    return { exitCode }
  }
}

/**
 * @param {Database} database
 * @param {SchemaFile[]} schemaFiles
 */
async function connect(database, schemaFiles) {
  await database.check()

  return { database, engine: await startEngine(database.factory, schemaFiles) }
}

/**
 * @param {(typeof ENGINE_METHODS)[number]} name
 * @returns {Method}
 */
function callEngine(name) {
  return ({ engine }, params) => engine[name](params)
}

/** @type {Method} */
async function createMigration({ engine }, params) {
  return keepMigration(params, await engine.createMigration(params))
}

/** @type {Method} */
async function diagnoseMigrationHistory({ database, engine }, params) {
  const diagnosis = await engine.diagnoseMigrationHistory(params)
  if (!database.hasMigrationsTable) return diagnosis

  return { ...diagnosis, hasMigrationsTable: await database.hasMigrationsTable() }
}

/**
 * The engine replays the migrations on a shadow database only while it makes a diagnosis, and
 * remembers the outcome. Where migrations were applied since then, it would find nothing.
 *
 * @type {Method}
 */
async function evaluateDataLoss({ engine }, params) {
  await engine.devDiagnostic(params)

  return engine.evaluateDataLoss(params)
}

/** @type {Method} */
async function reset({ database, engine }, params) {
  if (!database.recreate) return engine.reset(params)
  engine.free()

  return database.recreate()
}
