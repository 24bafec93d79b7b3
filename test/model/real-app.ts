// The app of a copy of examples/default, in this process, with a database of its own.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { FastifyInstance } from 'fastify'

import { makeFast } from '../support/example-copy.js'
import { Visitor } from './visitor.js'

type Row = { id: string; [column: string]: unknown }

/** What is used of the tables: their client is generated with the copy. */
type Table = {
  findMany(): Promise<Row[]>
  update(change: { where: { id: string }; data: object }): Promise<unknown>
  updateMany(change: { where: object; data: object }): Promise<unknown>
  deleteMany(): Promise<unknown>
}

type App = FastifyInstance & {
  prisma: Record<'user' | 'userToken' | 'userSession' | 'userRateLimit', Table>
  devMailbox: { mails: { to: string; text: string }[] }
}

export class RealApp {
  private constructor(private readonly app: App) {}

  static async start(copy: string): Promise<RealApp> {
    makeFast(copy)
    const url = `file:${join(copy, 'model.db')}`
    await migrate(copy, url)
    Object.assign(process.env, {
      NODE_ENV: 'test',
      DATABASE_URL: url,
      LOG_LEVEL: 'silent',
      APP_ORIGIN: 'http://app.test',
      SESSION_SECRET: 'Zb3kq0dPzyLw5nXcV7mTgRsA1eUoHj4i',
    })
    const { buildApp } = await import(pathToFileURL(join(copy, 'src/app.ts')).href)
    const app = await buildApp()
    await app.ready()

    return new RealApp(app)
  }

  visitor(): Visitor {
    return new Visitor(this.app)
  }

  /** Listens as well, for what only a connection can send. The port is a free one. */
  async listen(): Promise<number> {
    const address = await this.app.listen({ port: 0, host: '127.0.0.1' })

    return Number(new URL(address).port)
  }

  close(): Promise<void> {
    return this.app.close()
  }

  /** A world without anybody. */
  async clear(): Promise<void> {
    const { user, userSession } = this.app.prisma
    await userSession.deleteMany()
    await user.deleteMany()
    await this.forgive()
  }

  /** How often something may be tried is no part of the model: every attempt is the first. */
  async forgive(): Promise<void> {
    await this.app.prisma.userRateLimit.deleteMany()
  }

  /** Takes the mails that were sent since the last time: the token for each address. */
  takeTokens(): Map<string, string> {
    const mails = this.app.devMailbox.mails.splice(0)
    const tokens = mails.flatMap(({ to, text }): [string, string][] => {
      const [, token] = /\/([A-Za-z0-9_-]{43})\b/.exec(text) ?? []

      return token === undefined ? [] : [[to, token]]
    })

    return new Map(tokens)
  }

  async setActive(email: string, isActive: boolean): Promise<void> {
    const data = { deactivatedAt: isActive ? null : new Date() }
    await this.app.prisma.user.updateMany({ where: { email }, data })
  }

  /** Lets time pass: everything in the database is older by so many milliseconds. */
  async age(milliseconds: number): Promise<void> {
    const { userToken, userSession } = this.app.prisma
    for (const table of [userToken, userSession]) {
      for (const { id, ...columns } of await table.findMany()) {
        const dates = Object.entries(columns).filter(([, value]) => value instanceof Date)
        const older = dates.map(([name, date]) => [name, new Date(Number(date) - milliseconds)])
        await table.update({ where: { id }, data: Object.fromEntries(older) })
      }
    }
  }
}

async function migrate(copy: string, url: string): Promise<void> {
  const database = await new PrismaLibSql({ url }).connect()
  const folder = join(copy, 'prisma/migrations')
  for (const name of readdirSync(folder).sort()) {
    if (!/^\d/.test(name)) continue
    await database.executeScript(readFileSync(join(folder, name, 'migration.sql'), 'utf8'))
  }
  await database.dispose()
}
