// A database on the MySQL or MariaDB server of this run, and a connection to it.

import { createRequire } from 'node:module'
import { join } from 'node:path'

import type { Connection } from '../account-rows.js'
import { home } from './packages.js'

const SERVER = process.env.MYSQL_URL ?? 'mysql://root@127.0.0.1:3306'

/** As Prisma writes the time: UTC, whatever the server's time zone is. */
export const NOW = 'UTC_TIMESTAMP(3)'

/** As much of the package `mariadb` as is used here. */
type Driver = {
  query: (sql: string, values?: unknown[]) => Promise<unknown>
  end: () => Promise<void>
}

/** Takes statements as they are written for PostgreSQL, and answers like its driver. */
export class MysqlConnection implements Connection {
  private constructor(private readonly driver: Driver) {}

  static async open(url: string): Promise<MysqlConnection> {
    const { createConnection } = createRequire(join(home, 'package.json'))('mariadb')
    const { hostname: host, port, username, password, pathname } = new URL(url)

    return new MysqlConnection(
      await createConnection({
        host,
        port: Number(port || 3306),
        user: decodeURIComponent(username),
        password: decodeURIComponent(password),
        database: pathname.slice(1) || undefined,
        connectTimeout: 2000,
      }),
    )
  }

  async query(sql: string, values: unknown[] = []) {
    const places = [...sql.matchAll(/\$(\d+)/g)].map(([, place]) => values[Number(place) - 1])
    const result = await this.driver.query(sql.replaceAll(/\$\d+/g, '?'), places)
    const rows = Array.isArray(result) ? result : []

    return { rows, rowCount: rows.length }
  }

  end(): Promise<void> {
    return this.driver.end()
  }
}

/** Null when the server answers, otherwise what is wrong. */
export async function findServer(): Promise<string | null> {
  try {
    await (await MysqlConnection.open(SERVER)).end()

    return null
  } catch (error) {
    return `no MySQL or MariaDB at ${SERVER}: ${error}`
  }
}

/** A new database, and how to drop it. */
export async function createMysqlDatabase(name: string) {
  const url = new URL(SERVER)
  url.pathname = `create_auth_${name}_${process.pid}`
  const database = url.pathname.slice(1)
  const run = async (sql: string) => {
    const server = await MysqlConnection.open(SERVER)
    await server.query(sql)
    await server.end()
  }
  await run(`CREATE DATABASE ${database}`)

  return { url: url.href, drop: () => run(`DROP DATABASE ${database}`) }
}
