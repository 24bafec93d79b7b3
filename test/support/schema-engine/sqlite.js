// @ts-check
// SQLite through libSQL's driver, and what the engine gets wrong there.

import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { EngineError } from './engine-error.js'

/**
 * @typedef {import('@prisma/driver-adapter-utils').SqlDriverAdapter} Adapter
 * @typedef {import('./database.js').AdapterFactory} AdapterFactory
 * @typedef {import('./database.js').Database} Database
 * @typedef {import('./datasource.js').Datasource} Datasource
 */

/**
 * @param {Datasource} datasource
 * @returns {Database}
 */
export function openSqlite({ url, directory }) {
  const path = resolve(directory, url.replace(/^file:(\/\/)?/, '').replace(/\?.*$/, ''))
  const factory = sqliteFactory(pathToFileURL(path).href)

  return {
    factory,
    async check() {
      if (existsSync(path)) return
      throw new EngineError('P1003', `Database \`${basename(path)}\` does not exist`)
    },
    async create() {
      createFile(path)
      return basename(path)
    },
    // The engine would only delete the rows, and the next migration meets tables that exist.
    async recreate() {
      for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(path + suffix, { force: true })
      createFile(path)
    },
    hasMigrationsTable: () => hasMigrationsTable(factory),
  }
}

/**
 * @param {string} url
 * @returns {AdapterFactory}
 */
export function sqliteFactory(url) {
  const factory = new PrismaLibSql({ url })

  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => mend(await factory.connect()),
    connectToShadowDb: async () => mend(await factory.connectToShadowDb()),
  }
}

/**
 * @param {Adapter} adapter
 * @returns {Adapter}
 */
function mend(adapter) {
  const { executeRaw, queryRaw } = adapter

  // The engine sends whole migration files here, and the driver would prepare only the first
  // statement of each.
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw.call(adapter, query)
    await adapter.executeScript(query.sql)
    return 0
  }

  // The engine does not recognize the driver's words for a missing table, and stops. To all it
  // does, a table that is not there yet and one without rows are the same.
  adapter.queryRaw = async (query) => {
    try {
      return await queryRaw.call(adapter, query)
    } catch (error) {
      if (!lacksMigrationsTable(error)) throw error
      return { columnNames: [], columnTypes: [], rows: [] }
    }
  }

  return adapter
}

/** @param {unknown} error */
function lacksMigrationsTable(error) {
  if (!(error instanceof Error)) return false

  return JSON.stringify(error.cause ?? '').includes('no such table: _prisma_migrations')
}

/** @param {AdapterFactory} factory */
async function hasMigrationsTable(factory) {
  const adapter = await factory.connect()
  const sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'"
  const { rows } = await adapter.queryRaw({ sql, args: [], argTypes: [] })
  await adapter.dispose()

  return rows.length > 0
}

/** @param {string} path */
function createFile(path) {
  mkdirSync(dirname(path), { recursive: true })
  closeSync(openSync(path, 'a'))
}
