// An app on PostgreSQL whose process is killed in the middle of a request, at each statement in
// turn. What it was about to do is done, or was never begun.

import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { AccountRows, newPostgresqlApp, PASSWORD, type Row } from './support/account-rows.js'
import { type Answer, HttpVisitor } from './support/http-visitor.js'
import { runIn } from './support/processes.js'
import { appFolder } from './support/real-app.js'
import { type RunningServer, startServer } from './support/running-server.js'
import { startTcpProxy, type TcpProxy } from './support/tcp-proxy.js'

const MINUTE = 60_000
const MOST_STATEMENTS = 60
const NEW_PASSWORD = 'seven green umbrellas dance'

/** What the database has of an account: nothing, or its email, its password and its tokens. */
type State = { email: string; isNewPassword: boolean; tokens: string[] } | null

type Operation = {
  /** A user, and the request that is about to be cut off. */
  begin: (server: RunningServer) => Promise<{ user: Row; request: () => Promise<Answer> }>
  before: (user: Row) => State
  after: (user: Row) => State[]
}

const folder = appFolder('killed')
let rows: AccountRows
let proxy: TcpProxy

beforeAll(async () => {
  const url = await newPostgresqlApp(folder, 'killed')
  expect(await runIn(folder, ['npm', 'run', '--silent', 'build'])).toMatchObject({ code: 0 })
  rows = await AccountRows.open(url)
  proxy = await startTcpProxy(new URL(url))
}, 4 * MINUTE)

afterAll(async () => {
  await proxy?.stop()
  await rows?.db.end()
})

function start(): Promise<RunningServer> {
  const env = { DATABASE_URL: proxy.url, TRUST_PROXY: 'true', NODE_ENV: 'development' }

  return startServer(folder, env, ['dist/server.js'])
}

async function stateOf({ id }: Row): Promise<State> {
  const { rows: users } = await rows.db.query(
    'SELECT email, hashed_password FROM users WHERE id = $1',
    [id],
  )
  const { rows: tokens } = await rows.db.query(
    'SELECT context FROM users_tokens WHERE user_id = $1 ORDER BY context',
    [id],
  )
  if (users[0] === undefined)
    return tokens.length === 0 ? null : { email: '', isNewPassword: false, tokens }

  return {
    email: users[0].email,
    isNewPassword: users[0].hashed_password !== rows.hashedPassword,
    tokens: tokens.map(({ context }) => context),
  }
}

async function loggedIn(server: RunningServer, { email }: Row): Promise<HttpVisitor> {
  const visitor = new HttpVisitor(server.origin)
  await visitor.session()
  await visitor.post('/users/log-in', { email, password: PASSWORD })
  await visitor.session()

  return visitor
}

const RESET: Operation = {
  async begin(server) {
    const user = await rows.createUser()
    await rows.createToken(user, 'session')
    const token = await rows.createToken(user, 'reset')
    const visitor = new HttpVisitor(server.origin)
    await visitor.session()
    const path = `/users/reset-password/${token}`

    return { user, request: () => visitor.post(path, { password: NEW_PASSWORD }) }
  },
  before: ({ email }) => ({ email, isNewPassword: false, tokens: ['reset', 'session'] }),
  after: ({ email }) => [{ email, isNewPassword: true, tokens: [] }],
}

const EMAIL_CHANGE: Operation = {
  async begin(server) {
    const user = await rows.createUser()
    await rows.createToken(user, 'reset')
    const visitor = await loggedIn(server, user)
    const token = await rows.createToken(user, 'change-email', `new-${user.email}`)

    return { user, request: () => visitor.post(`/users/settings/email/${token}`) }
  },
  before: ({ email }) => ({
    email,
    isNewPassword: false,
    tokens: ['change-email', 'reset', 'session'],
  }),
  // The browser that changed it gets a new session, which it may have to do without.
  after: ({ email }) =>
    [[], ['session']].map((tokens) => ({ email: `new-${email}`, isNewPassword: false, tokens })),
}

const DELETION: Operation = {
  async begin(server) {
    const user = await rows.createUser()
    await rows.createToken(user, 'reset')
    const visitor = await loggedIn(server, user)

    return { user, request: () => visitor.send('DELETE', '/users/settings', {}) }
  },
  before: ({ email }) => ({ email, isNewPassword: false, tokens: ['reset', 'session'] }),
  after: () => [null],
}

/** A statement by its number, which never arrives; or a COMMIT by its own, which does. */
type Moment = { statement: number } | { commit: number }

/** Has the process killed at that moment. What runs beside the request may have statements too. */
function killAt(server: RunningServer, moment: Moment): void {
  let sent = 0
  let commits = 0
  proxy.watch = (data) => {
    const isCommit = /COMMIT/.test(data.toString('latin1'))
    sent += 1
    if (isCommit) commits += 1
    if ('statement' in moment) {
      if (sent !== moment.statement) return
      proxy.fault = 'is silent'
      void server.kill()
      return
    }
    if (!isCommit || commits !== moment.commit) return
    // This one gets through, and the answer to it does not.
    queueMicrotask(() => {
      proxy.fault = 'is silent'
    })
    void delay(300).then(() => server.kill())
  }
}

/** One life of an account, and of a process. */
async function live(operation: Operation, moment: Moment) {
  const server = await start()
  const { user, request } = await operation.begin(server)
  killAt(server, moment)
  const answer = await request().catch(() => null)
  proxy.watch = null
  proxy.fault = null
  await server.kill()

  return { user, answer, state: await stateOf(user) }
}

/** One life for each moment there is. What the server does besides makes it more, now and then. */
async function livesUntilOver(operation: Operation, momentOf: (number: number) => Moment) {
  const lives: Awaited<ReturnType<typeof live>>[] = []
  const isOver = () => lives.length > 1 && lives.slice(-2).every(({ answer }) => answer !== null)
  for (let number = 1; !isOver(); number += 1) {
    expect(number).toBeLessThan(MOST_STATEMENTS)
    lives.push(await live(operation, momentOf(number)))
  }
  expect([200, 204]).toContain(lives.at(-1)?.answer?.status)

  return lives
}

/** Everything that lets a user in must do so, and nothing else. */
async function whatLogsIn(server: RunningServer, { email }: Row): Promise<string[]> {
  const attempts = [
    { email, password: PASSWORD },
    { email, password: NEW_PASSWORD },
    { email: `new-${email}`, password: PASSWORD },
  ]
  const open = attempts.map(async (attempt) => {
    const visitor = new HttpVisitor(server.origin)
    await visitor.session()
    const { status } = await visitor.post('/users/log-in', attempt)

    return status === 200 ? [JSON.stringify(attempt)] : []
  })

  return (await Promise.all(open)).flat()
}

function keysTo(state: State): string[] {
  if (state === null) return []
  const password = state.isNewPassword ? NEW_PASSWORD : PASSWORD

  return [JSON.stringify({ email: state.email, password })]
}

describe.each([
  ['a reset of the password', RESET],
  ['a change of the email', EMAIL_CHANGE],
  ['the deletion of an account', DELETION],
])('%s, killed at any statement', (_name, operation) => {
  test(
    'is all there or nothing of it, and one log-in works',
    async () => {
      const ends = [
        ...(await livesUntilOver(operation, (statement) => ({ statement }))),
        ...(await livesUntilOver(operation, (commit) => ({ commit }))),
      ]
      for (const { user, state } of ends) {
        expect([operation.before(user), ...operation.after(user)]).toContainEqual(state)
      }

      // Killed too early and killed too late: both have been seen.
      const killed = ends.filter(({ answer }) => answer === null)
      const undone = killed.filter(({ user, state }) => isSame(state, operation.before(user)))
      expect(undone.length).toBeGreaterThan(0)
      expect(undone.length).toBeLessThan(killed.length)
      const server = await start()
      for (const { user, state } of ends) {
        expect(await whatLogsIn(server, user)).toEqual(keysTo(state))
      }
      await server.stop()
    },
    15 * MINUTE,
  )
})

function isSame(one: State, other: State): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
