// A database for each app that is measured, gone afterwards.

import { join } from 'node:path'
import pg from 'pg'

const SERVER = process.env.POSTGRES_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres'

/**
 * @typedef {{
 *   provider: 'sqlite' | 'postgresql',
 *   url: (name: string, folder: string) => string,
 *   drop: (name: string) => Promise<void>,
 * }} Database
 */

/** @type {Database} */
export const sqlite = {
  provider: 'sqlite',
  url: (_name, folder) => `file:${join(folder, 'bench.db')}`,
  // It goes with its folder.
  drop: async () => {},
}

/** @type {Database} */
export const postgresql = {
  provider: 'postgresql',
  url: (name) => {
    const url = new URL(SERVER)
    url.pathname = databaseName(name)

    return url.href
  },
  async drop(name) {
    const client = new pg.Client({ connectionString: SERVER })
    await client.connect()
    await client.query(`DROP DATABASE IF EXISTS "${databaseName(name)}" WITH (FORCE)`)
    await client.end()
  },
}

/** Why PostgreSQL cannot be measured, or null: at POSTGRES_URL, or where it usually is. */
export async function findPostgresqlProblem() {
  const client = new pg.Client({ connectionString: SERVER })

  try {
    await client.connect()
    await client.end()

    return null
  } catch (error) {
    // A refused connection has its text in the code only.
    return `${new URL(SERVER).host}: ${error.message || error.code}`
  }
}

function databaseName(name) {
  return `create_auth_bench_${name.replaceAll('-', '_')}_${process.pid}`
}
