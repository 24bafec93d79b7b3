// A new app whose database goes away while it runs, or no longer answers: what the network does,
// a proxy in front of PostgreSQL does here.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Answer, HttpVisitor } from './support/http-visitor.js'
import { runIn } from './support/processes.js'
import { appFolder, createAuth, createDatabase } from './support/real-app.js'
import { type RunningServer, startServer } from './support/running-server.js'
import { startTcpProxy, type TcpProxy } from './support/tcp-proxy.js'

const MINUTE = 60_000
const PASSWORD = 'correct staple battery horse'
const MOST_STATEMENTS = 40
const CREDENTIALS = { email: 'ada@example.com', password: PASSWORD }
const UNAVAILABLE = { message: expect.stringMatching(/^This is not available right now/) }

type Route = { method: string; path: string; access: string }

describe('a new app whose database is away', () => {
  const folder = appFolder('database-away')
  let direct: pg.Client
  let proxy: TcpProxy
  let server: RunningServer
  let user: HttpVisitor

  beforeAll(async () => {
    const DATABASE_URL = await createDatabase('database-away')
    const flags = ['--db', 'postgresql', '--yes', '--skip-install']
    expect((await createAuth(join(folder, '..'), 'new', folder, ...flags)).code).toBe(0)
    for (const command of [
      ['npx', 'prisma', 'generate'],
      ['npm', 'run', '--silent', 'db:migrate'],
    ]) {
      const { code, output } = await runIn(folder, command, { DATABASE_URL })
      expect(code, output).toBe(0)
    }
    direct = new pg.Client({ connectionString: DATABASE_URL })
    await direct.connect()

    proxy = await startTcpProxy(new URL(DATABASE_URL))
    server = await startServer(folder, {
      DATABASE_URL: proxy.url,
      TRUST_PROXY: 'true',
      NODE_ENV: 'development',
      LOG_LEVEL: 'fatal',
    })
    user = await confirmedUser()
  }, 3 * MINUTE)

  afterAll(async () => {
    await server.stop()
    await proxy.stop()
    await direct.end()
  })

  test.each(['refuses', 'is silent'] as const)(
    'says so on every route within five seconds when it %s, and grants nothing',
    async (fault) => {
      const before = await everything()
      proxy.fault = fault
      const answers = await Promise.all(routesThatAsk().map(answerOf))
      proxy.fault = null

      expect(answers.length).toBeGreaterThan(15)
      for (const { route, status, body, took } of answers) {
        expect({ route, status, body }).toEqual({ route, status: 503, body: UNAVAILABLE })
        expect(took, route).toBeLessThan(5000)
      }
      expect(await everything()).toEqual(before)
      expect(await isLoggedInAgain()).toBe(true)
    },
    2 * MINUTE,
  )

  test(
    'says so within five seconds when it goes silent at any statement of a log-in',
    async () => {
      for (let number = 1; number <= MOST_STATEMENTS; number += 1) {
        const visitor = new HttpVisitor(server.origin)
        await visitor.session()
        const { answer, took, isOver } = await logInUntil(visitor, number)
        if (isOver) {
          expect(answer.status).toBe(200)
          expect(number).toBeGreaterThan(8)
          return
        }

        expect({ number, ...answer }).toEqual({ number, status: 503, body: UNAVAILABLE })
        expect(took).toBeLessThan(5000)
        expect(await isLoggedInAgain()).toBe(true)
        expect((await visitor.session()).user).toBe(null)
      }
      throw new Error('A log-in has no end')
    },
    5 * MINUTE,
  )

  test(
    'says so within five seconds when each of its answers takes one',
    async () => {
      const visitor = new HttpVisitor(server.origin)
      await visitor.session()
      proxy.fault = 'is slow'
      const { answer, took } = await timed(() => visitor.post('/users/log-in', CREDENTIALS))
      proxy.fault = null

      expect(answer).toEqual({ status: 503, body: UNAVAILABLE })
      expect(took).toBeLessThan(5000)
      expect(await isLoggedInAgain()).toBe(true)
      expect((await visitor.session()).user).toBe(null)
    },
    MINUTE,
  )

  async function timed(work: () => Promise<Answer>) {
    const startedAt = performance.now()
    const answer = await work()

    return { answer, took: performance.now() - startedAt }
  }

  /** Logs in, and has the line go silent with the statement of this number, if there is one. */
  async function logInUntil(visitor: HttpVisitor, number: number) {
    let sent = 0
    proxy.watch = () => {
      sent += 1
      if (sent === number) proxy.fault = 'is silent'
    }
    const { answer, took } = await timed(() => visitor.post('/users/log-in', CREDENTIALS))
    proxy.watch = null
    // The lines that have lost something are of no use any more.
    proxy.fault = 'refuses'
    proxy.fault = null

    return { answer, took, isOver: sent < number }
  }

  test('leaves alone what needs no database', async () => {
    proxy.fault = 'refuses'
    const { status } = await fetch(`${server.origin}/healthz`)
    proxy.fault = null

    expect(status).toBe(200)
  })

  /** Every route that a log-in opens, with the cookies of one. */
  function routesThatAsk(): Route[] {
    const { routes } = JSON.parse(readFileSync(join(folder, '.create-auth/manifest.json'), 'utf8'))

    return routes.filter(({ path }: Route) => !/^\/dev\/|\/assets\//.test(path))
  }

  async function answerOf({
    method,
    path,
  }: Route): Promise<Answer & { route: string; took: number }> {
    const startedAt = performance.now()
    const answer = await user
      .at(server.origin)
      .send(method, path.replace(':token', 'A'.repeat(43)).replace(':id', '1'), {
        email: 'nobody@example.com',
        password: PASSWORD,
        currentPassword: PASSWORD,
      })

    return { ...answer, route: `${method} ${path}`, took: performance.now() - startedAt }
  }

  async function confirmedUser(): Promise<HttpVisitor> {
    const visitor = new HttpVisitor(server.origin)
    await visitor.session()
    await visitor.post('/users/register', { email: 'ada@example.com', password: PASSWORD })
    const { body } = await visitor.get('/dev/mailbox')
    const [mail] = body as { text: string }[]
    const token = /\/users\/confirm\/([\w-]+)/.exec(mail?.text ?? '')?.[1]
    await visitor.post(`/users/confirm/${token}`)
    await visitor.session()

    return visitor
  }

  /** The process that had no database a moment ago, without a restart. */
  async function isLoggedInAgain(): Promise<boolean> {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const { status } = await user.get('/users/settings')
      if (status === 200) return true
      await delay(100)
    }

    return false
  }

  async function everything(): Promise<unknown> {
    const tables = ['users', 'users_tokens', 'users_sessions', 'users_rate_limits']
    const rows: unknown[] = []
    for (const table of tables) {
      rows.push((await direct.query(`SELECT * FROM ${table} ORDER BY id`)).rows)
    }

    return rows
  }
})
