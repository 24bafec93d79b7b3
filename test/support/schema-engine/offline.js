// @ts-check
// Databases that are never asked, for a comparison of two schema files.

import { unknownDatabase } from './database.js'
import { EngineError } from './engine-error.js'
import { sqliteFactory } from './sqlite.js'

/** @typedef {import('./database.js').AdapterFactory} AdapterFactory */

/**
 * @param {string | undefined} provider  as the schema names it
 * @returns {AdapterFactory}
 */
export function offlineFactory(provider) {
  if (provider === 'sqlite') return sqliteFactory(':memory:')
  if (provider === 'cockroachdb' || provider === 'postgresql' || provider === 'postgres')
    return silentPostgresql()

  throw unknownDatabase(provider)
}

/**
 * The engine asks for the version and the schema at start, and goes on without an answer.
 *
 * @returns {AdapterFactory}
 */
function silentPostgresql() {
  const kind = { provider: /** @type {const} */ ('postgres'), adapterName: '@prisma/adapter-pg' }

  return {
    ...kind,
    connect: async () => ({
      ...kind,
      queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
      executeRaw: async () => 0,
      executeScript: async () => {},
      startTransaction: refuse,
      getConnectionInfo: () => ({ supportsRelationJoins: true }),
      dispose: async () => {},
    }),
    connectToShadowDb: refuse,
  }
}

/** @returns {Promise<never>} */
async function refuse() {
  throw new EngineError(undefined, 'This comparison needs the address of a PostgreSQL database.')
}
