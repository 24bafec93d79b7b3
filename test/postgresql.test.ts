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
      servers = await Promise.all([startServer(folder, settings), startServer(folder, settings)])
    }, MINUTE)

    afterAll(() => Promise.all(servers.map(({ stop }) => stop())))

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
