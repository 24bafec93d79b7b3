// @ts-check
// PostgreSQL through node-postgres, and what the engine and the driver adapter get wrong there.

import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import { EngineError } from './engine-error.js'

/**
 * @typedef {import('@prisma/driver-adapter-utils').SqlDriverAdapter} Adapter
 * @typedef {import('./database.js').AdapterFactory} AdapterFactory
 * @typedef {import('./database.js').Database} Database
 * @typedef {import('./datasource.js').Datasource} Datasource
 */

// PostgreSQL's internal one-byte "char" type, found in its catalogues, and the blank-padded
// character type, which the driver adapter knows.
const CHAR = 18
const BPCHAR = 1042

/**
 * @param {Datasource} datasource
 * @returns {Database}
 */
export function openPostgresql({ url }) {
  const name = databaseName(url)

  return {
    factory: postgresqlFactory(url),
    check: () => run(url, 'SELECT 1'),
    async create() {
      await run(withDatabase(url, 'postgres'), `CREATE DATABASE ${quote(name)}`)
      return name
    },
  }
}

/**
 * @param {string} url
 * @returns {AdapterFactory}
 */
function postgresqlFactory(url) {
  const { provider, adapterName } = createFactory(url)

  return {
    provider,
    adapterName,
    connect: async () => mend(await createFactory(url).connect()),
    connectToShadowDb: () => connectToShadowDatabase(url),
  }
}

/**
 * The adapter creates a shadow database too, but where it was given an address it connects to the
 * one in the address: the migrations would be replayed on the real database.
 *
 * @param {string} url
 */
async function connectToShadowDatabase(url) {
  const shadow = `prisma_migrate_shadow_db_${randomUUID()}`
  await run(url, `CREATE DATABASE ${quote(shadow)}`)
  const adapter = mend(await createFactory(withDatabase(url, shadow)).connect())
  const { dispose } = adapter

  adapter.dispose = async () => {
    await dispose.call(adapter)
    await run(url, `DROP DATABASE IF EXISTS ${quote(shadow)} WITH (FORCE)`)
  }

  return adapter
}

/**
 * One connection, because the engine expects what it sets (locks, settings) to be there later.
 *
 * @param {string} url
 */
function createFactory(url) {
  const schema = new URL(url).searchParams.get('schema')
  const config = { connectionString: withoutSchema(url), max: 1 }
  if (!schema) return new PrismaPg(config)

  return new PrismaPg({ ...config, options: `-c search_path=${quote(schema)}` }, { schema })
}

/**
 * @param {Awaited<ReturnType<PrismaPg['connect']>>} adapter
 * @returns {Adapter}
 */
function mend(adapter) {
  // performIO is private to the driver adapter, so it is not in its types.
  const internals = /** @type {{ performIO: (query: unknown) => Promise<QueryResult> }} */ (
    /** @type {unknown} */ (adapter)
  )
  const { performIO } = internals
  /** @type {Set<string>} */
  let chars = new Set()

  internals.performIO = async (query) => {
    const result = await performIO.call(adapter, query)
    chars = new Set()
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== CHAR) continue
      field.dataTypeID = BPCHAR
      chars.add(field.name)
    }
    return result
  }

  // The adapter calls both text, and the engine wants a character where there is one.
  const { queryRaw } = adapter
  adapter.queryRaw = async (query) => {
    const result = await queryRaw.call(adapter, query)
    const columnTypes = result.columnNames.map((name, index) =>
      chars.has(name)
        ? ColumnTypeEnum.Character
        : (result.columnTypes[index] ?? ColumnTypeEnum.Text),
    )

    return { ...result, columnTypes }
  }

  // The adapter would cut a script at every semicolon, those inside strings and functions too.
  adapter.executeScript = async (script) => {
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] })
  }

  return adapter
}

/** @typedef {{ fields?: { name: string, dataTypeID: number }[] }} QueryResult */

/**
 * @param {string} url
 * @param {string} sql
 */
async function run(url, sql) {
  const adapter = await createFactory(url).connect()

  try {
    await adapter.executeRaw({ sql, args: [], argTypes: [] })
  } catch (error) {
    throw explain(error, url)
  } finally {
    await adapter.dispose()
  }
}

/**
 * @param {unknown} error
 * @param {string} url
 */
function explain(error, url) {
  const { hostname, port, username } = new URL(url)
  const server = `\`${hostname}:${port || 5432}\``
  const cause = error instanceof Error ? error.cause : undefined
  const kind = cause && typeof cause === 'object' && 'kind' in cause ? cause.kind : undefined

  if (kind === 'DatabaseDoesNotExist') {
    const name = `Database \`${databaseName(url)}\``
    return new EngineError('P1003', `${name} does not exist on the database server at ${server}.`)
  }
  if (kind === 'DatabaseNotReachable') {
    return new EngineError('P1001', `Can't reach database server at ${server}`)
  }
  if (kind === 'AuthenticationFailed') {
    return new EngineError('P1000', `Authentication failed at ${server} for \`${username}\`.`)
  }

  return error
}

/** @param {string} url */
function databaseName(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

/**
 * @param {string} url
 * @param {string} name
 */
function withDatabase(url, name) {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(name)}`

  return changed.href
}

/** @param {string} url */
function withoutSchema(url) {
  const changed = new URL(url)
  changed.searchParams.delete('schema')

  return changed.href
}

/** @param {string} name */
function quote(name) {
  return `"${name.replaceAll('"', '""')}"`
}
