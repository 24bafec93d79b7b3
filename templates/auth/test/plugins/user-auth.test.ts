import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { getUserByEmail } from '../../src/accounts.js'
import { DAY, SECOND } from '../../src/accounts/duration.js'
import type { PrismaClient } from '../../src/generated/prisma/client.js'
import { type LogInOptions, logInUser, renewSession } from '../../src/plugins/user-auth.js'
import {
  ageTokens,
  authenticatedFixture,
  logIn,
  userFixture,
} from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

declare module 'fastify' {
  interface Session {
    testNote?: string
  }
}

let app: FastifyInstance
let db: PrismaClient
let operations: string[]

beforeEach(async () => {
  operations = []
  app = await buildTestApp({ routes, onOperation: (operation) => operations.push(operation) })
  db = app.userAuth.db
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  app.post<{ Body: LogInOptions & { email: string } }>('/enter', async (request, reply) => {
    const { email, ...options } = request.body
    const user = await getUserByEmail(app.userAuth.db, email)

    return { letIn: user !== null && (await logInUser(request, reply, user, options)) }
  })

  app.get('/scope', async ({ currentScope }) => currentScope)

  app.get('/note', async ({ session }) => ({ note: session.testNote ?? null }))

  app.post('/note', async ({ session }) => {
    session.testNote = 'remember the milk'

    return {}
  })

  app.post('/renew', async (request) => {
    await renewSession(request, ['testNote'])

    return {}
  })
}

async function enter(
  browser: Browser,
  { email }: { email: string },
  options: Partial<LogInOptions> = {},
) {
  return browser.request({ method: 'POST', url: '/enter', payload: { email, ...options } })
}

async function keepNote(browser: Browser) {
  await browser.request({ method: 'POST', url: '/note' })
}

async function readNote(browser: Browser) {
  return (await browser.getJson('/note')).json().note
}

describe('logInUser', () => {
  test('logs in without a password', async () => {
    const browser = new Browser(app)
    const { email } = await userFixture(db)

    assert.deepEqual((await enter(browser, { email })).json(), { letIn: true })
    assert.equal(await browser.whoIsLoggedIn(), email)
  })

  test('a session id from before the log-in is worthless afterwards', async () => {
    const attacker = new Browser(app)
    await keepNote(attacker)
    const victim = attacker.copy()
    await enter(victim, await userFixture(db))

    assert.equal(await attacker.whoIsLoggedIn(), null)
    //% if (!features.secureSession) {
    assert.equal(await readNote(attacker), null)
    //% }
    assert.notDeepEqual(victim.cookies.get('session'), attacker.cookies.get('session'))
  })

  test('a session that is logged in already ends at the next log-in', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const thief = browser.copy()
    await enter(browser, user)

    assert.equal(await thief.whoIsLoggedIn(), null)
    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })

  test('makes the cookie worthless that remembered the browser before', async () => {
    const user = await userFixture(db)
    const browser = new Browser(app)
    await logIn(browser, user, { rememberMe: true })
    const thief = browser.copy()
    await enter(browser, user)

    assert.equal(await thief.whoIsLoggedIn(), null)
    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })

  test('drops what a visitor had in the session', async () => {
    const browser = new Browser(app)
    await keepNote(browser)
    await enter(browser, await userFixture(db))

    assert.equal(await readNote(browser), null)
  })

  test('keeps what a user had in the session when the same user logs in again', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await keepNote(browser)
    await enter(browser, user)

    assert.equal(await readNote(browser), 'remember the milk')
  })

  test('drops it when another user logs in', async () => {
    const { browser } = await authenticatedFixture(app)
    await keepNote(browser)
    await enter(browser, await userFixture(db))

    assert.equal(await readNote(browser), null)
  })

  test('is fresh, though the browser was only remembered before', async () => {
    const { user, browser } = await authenticatedFixture(app, { fresh: false })
    await enter(browser, user)

    assert.equal((await browser.session()).loginState, 'FRESH')
  })

  test('is by force once, and not for the next log-in too', async () => {
    const browser = new Browser(app)
    const user = await userFixture(db)
    await enter(browser, user, { force: true })
    await enter(browser, user)
    await db.user.update({ where: { id: user.id }, data: { deactivatedAt: new Date() } })

    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('refuses a user who was deactivated', async () => {
    const browser = new Browser(app)
    const { id, email } = await userFixture(db, { deactivatedAt: new Date() })

    assert.deepEqual((await enter(browser, { email })).json(), { letIn: false })
    assert.equal(browser.cookies.size, 0)
    assert.equal(await db.userToken.count({ where: { userId: id } }), 0)
  })

  test('lets one in by force, who is then known and not authenticated', async () => {
    const browser = new Browser(app)
    const { email } = await userFixture(db, { deactivatedAt: new Date() })
    await enter(browser, { email }, { force: true })
    const scope = (await browser.getJson('/scope')).json()

    assert.equal(scope.user.email, email)
    assert.equal(scope.isAuthenticated, false)
  })
})

describe('renewSession', () => {
  test('gives the session another id, and keeps what it is told to', async () => {
    const browser = new Browser(app)
    await keepNote(browser)
    //% if (!features.secureSession) {
    const before = browser.copy()
    //% }
    await browser.request({ method: 'POST', url: '/renew' })

    assert.equal(await readNote(browser), 'remember the milk')
    //% if (!features.secureSession) {
    assert.equal(await readNote(before), null)
    //% }
  })
})

describe('fetchCurrentScope', () => {
  test('asks the database nothing for a visitor', async () => {
    await new Browser(app).getJson('/scope')

    assert.deepEqual(operations, [])
  })

  test('asks it one statement for a user', async () => {
    const { browser } = await authenticatedFixture(app)
    operations.length = 0
    await browser.getJson('/scope')

    // Raw SQL, so that one operation is one statement.
    assert.deepEqual(operations, ['$queryRaw'])
  })

  test('takes a session cookie that somebody made up for none', async () => {
    const browser = new Browser(app)

    for (const value of [
      '',
      'garbage',
      'a.b',
      `${'a'.repeat(32)}.${'b'.repeat(43)}`,
      '%00',
      '[]',
    ]) {
      browser.cookies.set('session', { value, outlivesBrowser: false })
      const response = await browser.getJson('/scope')

      assert.equal(response.statusCode, 200)
      assert.equal(response.json().user, null)
    }
  })

  test('takes one whose signature was changed for none', async () => {
    const { browser } = await authenticatedFixture(app)
    const { value = '' } = browser.cookies.get('session') ?? {}
    const forged = value.slice(0, -1) + (value.endsWith('A') ? 'B' : 'A')
    browser.cookies.set('session', { value: forged, outlivesBrowser: false })

    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('ends a session 60 days after the log-in, however much it is used', async () => {
    const { user, browser } = await authenticatedFixture(app)

    await ageTokens(db, user, 'session', 60 * DAY - 5 * SECOND)
    assert.equal(await browser.whoIsLoggedIn(), user.email)

    await ageTokens(db, user, 'session', 60 * DAY)
    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('knows nobody at the next request after a user was deactivated', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await db.user.update({ where: { id: user.id }, data: { deactivatedAt: new Date() } })

    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('knows nobody at the next request after a user was deleted', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await db.user.delete({ where: { id: user.id } })

    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('keeps what is in one session apart from every other', async () => {
    const one = await authenticatedFixture(app)
    const other = await authenticatedFixture(app)
    await keepNote(one.browser)

    assert.equal(await readNote(one.browser), 'remember the milk')
    assert.equal(await readNote(other.browser), null)
  })

  test('tells two users apart', async () => {
    const one = await authenticatedFixture(app)
    const other = await authenticatedFixture(app)

    assert.equal(await one.browser.whoIsLoggedIn(), one.user.email)
    assert.equal(await other.browser.whoIsLoggedIn(), other.user.email)
  })
})

describe('logOutUser', () => {
  test('makes every copy of the cookies worthless', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await logIn(browser, user, { rememberMe: true })
    const thief = browser.copy()
    await browser.sendJson('POST', '/users/log-out')

    assert.equal(await thief.whoIsLoggedIn(), null)
  })
  //% if (!features.secureSession) {

  test('drops what a visitor had in the session', async () => {
    const browser = new Browser(app)
    await keepNote(browser)
    const before = browser.copy()
    await browser.sendJson('POST', '/users/log-out')

    assert.equal(await readNote(before), null)
  })
  //% }
})
