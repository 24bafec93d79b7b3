// An app on MySQL or MariaDB, in two processes: what such a server does otherwise than PostgreSQL
// reaches nobody. No package brings one: MYSQL_URL says where it is, or it is on this machine, and
// otherwise only the schema is looked at.

import { randomBytes, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { AccountRows, PASSWORD } from './support/account-rows.js'
import { describeRaces } from './support/describe-races.js'
import { HttpVisitor } from './support/http-visitor.js'
import { migrateMysqlApp, schemaOf, writeMysqlApp } from './support/mysql/app.js'
import {
  createMysqlDatabase,
  findServer,
  MysqlConnection,
  NOW,
} from './support/mysql/connection.js'
import { home, installDriver } from './support/mysql/packages.js'
import { runIn } from './support/processes.js'
import { passedIn, runTestsOf } from './support/real-app.js'
import { reportPassed } from './support/results.js'
import { startServer } from './support/running-server.js'
import { startTcpProxy } from './support/tcp-proxy.js'
import { TwoProcesses } from './support/two-processes.js'

const MINUTE = 60_000

/** What of the generated tests asks the database most. HOSTS=whole runs all of them. */
const TESTS = ['test/accounts.test', 'rate-limits', 'session-store', 'expired-rows', 'errors']

const folder = join(home, `app-${process.pid}`)
const missing = (await installDriver()) ?? (await findServer())

beforeAll(() => writeMysqlApp(folder), MINUTE)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an app on MySQL gets a schema that Prisma accepts', async () => {
  expect(await runIn(folder, ['npx', 'prisma', 'validate'])).toMatchObject({ code: 0 })

  const schema = schemaOf(folder)
  // Without a length MySQL makes no index, and a session does not fit into 191 characters.
  expect(schema).toMatch(/^ {2}token +Bytes +@db\.VarBinary\(32\)$/m)
  expect(schema).toMatch(/^ {2}data +String +@db\.LongText$/m)
})

describe.skipIf(missing !== null)(`an app on MySQL (${missing ?? 'which is there'})`, () => {
  let app: TwoProcesses
  let database: Awaited<ReturnType<typeof createMysqlDatabase>>

  beforeAll(async () => {
    database = await createMysqlDatabase('app')
    await migrateMysqlApp(folder, database.url)
    const connection = await MysqlConnection.open(database.url)
    app = await TwoProcesses.of(folder, database.url, await AccountRows.over(connection, NOW))
  }, 3 * MINUTE)

  afterAll(async () => {
    await app?.stop()
    await database?.drop()
  })

  test(
    'passes its compiler',
    async () => {
      expect(await runIn(folder, ['npx', 'tsc', '-p', '.'])).toMatchObject({ code: 0 })
    },
    MINUTE,
  )

  describeRaces(2, () => app)

  test(
    'mails a link to each of forty users who ask at the same moment',
    async () => {
      for (let round = 0; round < 3; round += 1) {
        const users = await Promise.all(Array.from({ length: 40 }, () => app.rows.createUser()))
        const visitors = await app.visitors(users.length)
        const answers = await Promise.all(
          users.map(({ email }, index) =>
            visitors[index]?.post(index % 3 ? '/users/log-in/link' : '/users/reset-password', {
              email,
            }),
          ),
        )

        expect(answers.map((answer) => answer?.status)).toEqual(users.map(() => 202))
        for (const { email } of users) expect(await app.mailsTo(email)).toHaveLength(1)
      }
    },
    2 * MINUTE,
  )

  test('finds nobody by another spelling of an address, whose attempts would count anew', async () => {
    const { email } = await app.rows.createUser()
    const [visitor] = await app.visitors(1)
    const spelled = email.replace('e', 'é')

    expect(
      (await visitor?.post('/users/log-in', { email: spelled, password: PASSWORD }))?.status,
    ).toBe(401)
    expect((await visitor?.post('/users/log-in', { email, password: PASSWORD }))?.status).toBe(200)
  })

  test('changes the longest email there can be', async () => {
    const user = await app.rows.createUser(
      `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${randomUUID()}.${'d'.repeat(20)}.com`,
    )
    const browser = await app.loggedIn(user)
    const email = `new-${randomUUID()}@example.com`
    expect((await browser.post('/users/settings/email', { email })).status).toBe(202)
    const [mail] = await app.mailsTo(email)
    const token = /settings\/email\/([\w-]+)/.exec(mail?.text ?? '')?.[1]

    expect((await browser.post(`/users/settings/email/${token}`)).status).toBe(200)
    expect(await app.rows.emailOf(user)).toBe(email)
  })

  test(
    'has its expired rows deleted while they are used, by two at once',
    async () => {
      const user = await app.rows.createUser()
      for (let row = 0; row < 600; row += 1) await app.rows.createToken(user, 'reset')
      await app.rows.db.query("UPDATE users_tokens SET created_at = '2020-01-01'")
      const prune = () =>
        runIn(folder, ['npm', 'run', '--silent', 'auth:prune'], { DATABASE_URL: database.url })
      const [visitor] = await app.visitors(1)
      const [one, other, answer] = await Promise.all([
        prune(),
        prune(),
        visitor?.post('/users/log-in', { email: user.email, password: PASSWORD }),
      ])

      expect(one.output + other.output).toMatch(/^(Expired rows of users deleted: \d+\n){2}$/)
      expect(answer?.status).toBe(200)
      expect((await prune()).output).toBe('Expired rows of users deleted: 0\n')
      expect(await app.rows.sessionsOf(user)).toBe(1)
    },
    2 * MINUTE,
  )

  test(
    'says that it is not available while the server is away, and is again as soon as it is back',
    async () => {
      const proxy = await startTcpProxy(new URL(database.url))
      const server = await startServer(folder, {
        DATABASE_URL: `${proxy.url}?acquireTimeout=1000&connectTimeout=500`,
        SESSION_SECRET: randomBytes(32).toString('hex'),
        LOG_LEVEL: 'fatal',
      })
      const visitor = new HttpVisitor(server.origin)
      await visitor.session()
      const attempt = { email: (await app.rows.createUser()).email, password: PASSWORD }
      proxy.fault = 'refuses'
      const away = await visitor.post('/users/log-in', attempt)
      proxy.fault = null
      const back = await visitor.post('/users/log-in', attempt)
      await server.stop()
      await proxy.stop()

      expect(away.status).toBe(503)
      expect(back.status).toBe(200)
    },
    MINUTE,
  )

  test(
    'passes its own tests',
    async () => {
      const env = { DATABASE_URL: database.url }
      const only = process.env.HOSTS === 'whole' ? [] : TESTS
      const { code, output } = await runTestsOf(folder, env, { only })
      const passed = passedIn(output)

      expect(code, output).toBe(0)
      expect(passed).toBeGreaterThan(50)
      reportPassed('on-mysql', passed)
    },
    20 * MINUTE,
  )
})
