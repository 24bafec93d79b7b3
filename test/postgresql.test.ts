// A new app on PostgreSQL: its own tests, and what only shows when requests really run side by side.

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { HttpVisitor } from './support/http-visitor.js'
import { runIn } from './support/processes.js'
import { appFolder, createAuth, createDatabase, passedIn, runTestsOf } from './support/real-app.js'
import { reportPassed } from './support/results.js'
import { type RunningServer, startServer } from './support/running-server.js'

const MINUTE = 60_000
const PASSWORD = 'correct staple battery horse'

describe('a new app on PostgreSQL', () => {
  const folder = appFolder('on-postgresql')
  const env: Record<string, string> = {}
  let db: pg.Client

  beforeAll(async () => {
    env.DATABASE_URL = await createDatabase('new-app')
    db = new pg.Client({ connectionString: env.DATABASE_URL })
    await db.connect()
    const { code, output } = await createAuth(
      join(folder, '..'),
      ...['new', folder, '--db', 'postgresql', '--yes', '--skip-install'],
    )
    expect(code, output).toBe(0)
    await expectSuccess(['npx', 'prisma', 'generate'])
    await expectSuccess(['npm', 'run', '--silent', 'db:migrate'])
  }, 3 * MINUTE)

  afterAll(() => db.end())

  test('type-checks', () => expectSuccess(['npm', 'run', '--silent', 'typecheck']), MINUTE)

  test(
    'has migrations that say what the schema says',
    async () => {
      const compare = ['--from-config-datasource', '--to-schema', 'prisma/schema.prisma']
      const output = await expectSuccess([
        ...['npx', 'prisma', 'migrate', 'diff', ...compare, '--exit-code'],
      ])

      expect(output).toContain('No difference detected')
    },
    MINUTE,
  )

  test(
    'passes its own tests',
    async () => {
      const { code, output } = await runTestsOf(folder, env)
      const passed = passedIn(output)

      expect(code, output).toBe(0)
      expect(passed).toBeGreaterThan(300)
      reportPassed('on-postgresql', passed)
    },
    10 * MINUTE,
  )

  describe('in two processes at once', () => {
    let servers: [RunningServer, RunningServer]

    beforeAll(async () => {
      const settings = { ...env, TRUST_PROXY: 'true', NODE_ENV: 'development' }
      // Without the package for it, limits are counted in the database in that process as well.
      const withRedis = { ...settings, REDIS_URL: 'redis://127.0.0.1:1' }
      servers = await Promise.all([startServer(folder, settings), startServer(folder, withRedis)])
    }, MINUTE)

    afterAll(() => Promise.all(servers.map(({ stop }) => stop())))

    test(
      'one of sixteen confirmations at the same moment works, twenty times over',
      async () => {
        for (let round = 0; round < 20; round += 1) {
          const token = await tokenFor(uniqueEmail())
          const visitors = await manyVisitors(16)
          const statuses = await Promise.all(
            visitors.map(async (visitor) => (await visitor.post(`/users/confirm/${token}`)).status),
          )

          expect(statuses.filter((status) => status === 200)).toHaveLength(1)
          expect(statuses.filter((status) => status === 410)).toHaveLength(15)
        }
      },
      3 * MINUTE,
    )

    test('twenty registrations of one address make one account, and look the same', async () => {
      for (let round = 0; round < 10; round += 1) {
        const email = uniqueEmail()
        const visitors = await manyVisitors(20)
        const answers = await Promise.all(
          visitors.map((visitor) => visitor.post('/users/register', { email, password: PASSWORD })),
        )

        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
        expect(answers[0]?.status).toBe(202)
        expect(await count('SELECT 1 FROM users WHERE email = $1', email)).toBe(1)
      }
    }, 180_000)

    test(
      'a log-out holds against requests that are under way in both',
      async () => {
        for (let round = 0; round < 10; round += 1) {
          const { visitor, email } = await loggedIn()
          const others = servers.flatMap(({ origin }) => Array(5).fill(origin))
          await Promise.all([
            ...others.map((origin) => visitor.at(origin).get('/users/settings')),
            visitor.post('/users/log-out'),
            ...others.map((origin) => visitor.at(origin).get('/users/settings')),
          ])

          expect(await sessionsOf(email)).toBe(0)
          for (const { origin } of servers) {
            expect(await visitor.at(origin).session()).toMatchObject({ user: null })
          }
        }
      },
      2 * MINUTE,
    )

    test(
      'what ends in one process has ended in the other at once',
      async () => {
        const { visitor, email } = await loggedIn()
        const elsewhere = visitor.at(servers[1].origin)
        expect(await elsewhere.session()).toMatchObject({ user: { email } })

        await db.query(
          'DELETE FROM users_tokens USING users WHERE user_id = users.id AND email = $1',
          [email],
        )
        expect(await elsewhere.session()).toMatchObject({ user: null })
        expect((await elsewhere.get('/users/settings')).status).toBe(401)
      },
      MINUTE,
    )

    test(
      'ten of 64 guesses at one password are looked at, however they are spread',
      async () => {
        for (let round = 0; round < 3; round += 1) {
          const email = uniqueEmail()
          const visitors = await manyVisitors(64)
          const guess = { email, password: 'some other phrase entirely' }
          const answers = await Promise.all(
            visitors.map((visitor) => visitor.post('/users/log-in', guess)),
          )
          const statuses = answers.map(({ status }) => status)

          expect(statuses.filter((status) => status === 401)).toHaveLength(10)
          expect(statuses.filter((status) => status === 429)).toHaveLength(54)
        }
      },
      2 * MINUTE,
    )

    async function manyVisitors(number: number): Promise<HttpVisitor[]> {
      const visitors = Array.from(
        { length: number },
        (_, index) => new HttpVisitor(servers[index % 2 === 0 ? 0 : 1].origin),
      )
      await Promise.all(visitors.map((visitor) => visitor.session()))

      return visitors
    }

    /** Registers, and takes the token of the link out of the mail. */
    async function tokenFor(email: string, visitor?: HttpVisitor): Promise<string> {
      const somebody = visitor ?? new HttpVisitor(servers[0].origin)
      await somebody.session()
      await somebody.post('/users/register', { email, password: PASSWORD })
      const { body } = await somebody.get('/dev/mailbox')
      const mail = (body as { to: string; text: string }[]).find(({ to }) => to === email)

      return /\/users\/confirm\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
    }

    async function loggedIn(): Promise<{ visitor: HttpVisitor; email: string }> {
      const email = uniqueEmail()
      const visitor = new HttpVisitor(servers[0].origin)
      const token = await tokenFor(email, visitor)
      await visitor.post(`/users/confirm/${token}`)
      expect(await visitor.session()).toMatchObject({ user: { email } })

      return { visitor, email }
    }
  })

  function sessionsOf(email: string): Promise<number> {
    return count(
      'SELECT 1 FROM users_tokens t JOIN users u ON u.id = t.user_id WHERE u.email = $1',
      email,
    )
  }

  async function count(sql: string, value: string): Promise<number> {
    return (await db.query(sql, [value])).rowCount ?? 0
  }

  async function expectSuccess(command: string[]): Promise<string> {
    const { code, output } = await runIn(folder, command, env)
    expect(code, output).toBe(0)

    return output
  }
})

function uniqueEmail(): string {
  return `user-${randomUUID()}@example.com`
}
