import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { DAY, HOUR, SECOND } from '../../src/accounts/duration.js'
import type { PrismaClient, User } from '../../src/generated/prisma/client.js'
import { authenticatedFixture, logIn, userFixture } from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

let app: FastifyInstance
let db: PrismaClient

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
})

afterEach(() => app.close())

async function findSession({ id }: User) {
  return db.userSession.findFirst({ where: { userToken: { userId: id } } })
}

async function ageSession({ id }: User, age: number): Promise<void> {
  const lastSeenAt = new Date(Date.now() - age)

  await db.userSession.updateMany({ where: { userToken: { userId: id } }, data: { lastSeenAt } })
}

describe('a session in the database', () => {
  test('is not there for a visitor, who gets no session cookie either', async () => {
    const operations: string[] = []
    const observed = await buildTestApp({ onOperation: (operation) => operations.push(operation) })
    const visitor = new Browser(observed)
    await visitor.session()
    await visitor.session()
    await observed.close()

    assert.deepEqual(operations, [])
    assert.ok(!visitor.cookies.has('session'))
  })

  test('holds nothing that a cookie could be made from', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const [sessionId = ''] = (browser.cookies.get('session')?.value ?? '').split('.')
    const row = await findSession(user)

    assert.ok(sessionId.length > 0)
    assert.ok(!JSON.stringify(row).includes(sessionId))

    browser.cookies.set('session', { value: String(row?.id), outlivesBrowser: false })
    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('has an id of at least 128 random bits, which is never the same', async () => {
    const ids = new Set<string>()

    for (let time = 0; time < 5; time += 1) {
      const { browser } = await authenticatedFixture(app)
      const [sessionId = ''] = (browser.cookies.get('session')?.value ?? '').split('.')
      assert.ok(Buffer.from(sessionId, 'base64url').length >= 16)
      ids.add(sessionId)
    }

    assert.equal(ids.size, 5)
  })

  test('holds nothing about the user', async () => {
    const { user } = await authenticatedFixture(app)
    const row = await findSession(user)

    assert.ok(!row?.data.includes(user.email))
  })

  test('is deleted at the log-out, with its token', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await browser.sendJson('POST', '/users/log-out')

    assert.equal(await findSession(user), null)
    assert.equal(await db.userToken.count({ where: { userId: user.id } }), 0)
  })

  test('is deleted when its token is', async () => {
    const { user } = await authenticatedFixture(app)
    const row = await findSession(user)
    await db.userToken.deleteMany({ where: { userId: user.id } })

    assert.equal(await db.userSession.findUnique({ where: { id: String(row?.id) } }), null)
  })
})

describe('a browser that keeps the remember-me cookie alone', () => {
  test('leaves fifty sessions, and deletes none of others', { timeout: 60_000 }, async () => {
    const { user: other } = await authenticatedFixture(app)
    const { user, browser } = await authenticatedFixture(app, { fresh: false })

    for (let time = 0; time < 55; time += 1) {
      browser.restart()
      assert.equal(await browser.whoIsLoggedIn(), user.email)
    }

    assert.equal(await db.userSession.count({ where: { userToken: { userId: user.id } } }), 50)
    assert.ok(await findSession(other))
  })
})

describe('a session that nobody uses', () => {
  test('ends after 14 days, in every copy', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const thief = browser.copy()

    await ageSession(user, 14 * DAY)
    assert.equal(await browser.whoIsLoggedIn(), null)
    assert.equal(await thief.whoIsLoggedIn(), null)
    assert.equal(await findSession(user), null)
  })

  test('comes back, without sudo mode, in a browser that is to be remembered', async () => {
    const user = await userFixture(db)
    const browser = new Browser(app)
    await logIn(browser, user, { rememberMe: true })
    await ageSession(user, 14 * DAY)

    assert.equal(await browser.whoIsLoggedIn(), user.email)
    assert.equal((await browser.session()).loginState, 'REMEMBERED')
  })

  test('starts over with each use', async () => {
    const { user, browser } = await authenticatedFixture(app)

    await ageSession(user, 14 * DAY - 5 * SECOND)
    assert.equal(await browser.whoIsLoggedIn(), user.email)

    const { lastSeenAt } = (await findSession(user)) ?? {}
    assert.ok(Date.now() - Number(lastSeenAt) < HOUR)
  })
})

describe('another session stays as it was', () => {
  test('when one is logged out', async () => {
    const { browser } = await authenticatedFixture(app)
    const other = await authenticatedFixture(app)
    await browser.sendJson('POST', '/users/log-out')

    assert.equal(await other.browser.whoIsLoggedIn(), other.user.email)
  })

  test('when one has expired', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const other = await authenticatedFixture(app)
    await ageSession(user, 14 * DAY)

    assert.equal(await browser.whoIsLoggedIn(), null)
    assert.equal(await other.browser.whoIsLoggedIn(), other.user.email)
  })

  test('when one is used', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const other = await authenticatedFixture(app)
    await ageSession(user, 2 * HOUR)
    await ageSession(other.user, 2 * HOUR)
    await browser.session()
    const { lastSeenAt } = (await findSession(other.user)) ?? {}

    assert.ok(Date.now() - Number(lastSeenAt) >= 2 * HOUR)
  })
})

test('nobody is logged in by a session that could not be stored', async () => {
  const broken = await buildTestApp({
    onOperation: (operation) => {
      if (operation === 'UserSession.upsert') throw new Error('read timeout')
    },
  })
  const browser = new Browser(broken)
  const { statusCode } = await logIn(browser, await userFixture(db))

  assert.ok(statusCode >= 500)
  assert.equal(await browser.whoIsLoggedIn(), null)
  await broken.close()
})
