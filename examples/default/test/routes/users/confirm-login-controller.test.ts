import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { MINUTE } from '../../../src/accounts/duration.js'
import { messages } from '../../../src/accounts/messages.js'
import { NO_PASSWORD } from '../../../src/accounts/password.js'
import type { PrismaClient, User } from '../../../src/generated/prisma/client.js'
import { requireFreshLogin, requireSudoMode } from '../../../src/plugins/user-auth.js'
import {
  authenticatedFixture,
  extractUserToken,
  logIn,
  mailsTo,
  validPassword,
} from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'

let app: FastifyInstance
let db: PrismaClient
let user: User
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp({ routes })
  db = app.userAuth.db
  const remembered = await authenticatedFixture(app, { fresh: false })
  user = remembered.user
  browser = remembered.browser
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  app.get('/fresh', { onRequest: requireFreshLogin }, async () => ({ in: true }))
  app.get('/sudo', { onRequest: requireSudoMode }, async () => ({ in: true }))
}

async function reach(by: Browser): Promise<number[]> {
  const fresh = await by.getJson('/fresh')
  const sudo = await by.getJson('/sudo')

  return [fresh.statusCode, sudo.statusCode]
}

function confirm(by: Browser, fields: object = { password: validPassword }) {
  return by.sendJson('POST', '/users/confirm-login', fields)
}

describe('POST /users/confirm-login', () => {
  test('makes a remembered log-in fresh, in sudo mode, and still remembered', async () => {
    assert.deepEqual(await reach(browser), [401, 401])
    const response = await confirm(browser)

    assert.equal(response.json().user.email, user.email)
    assert.deepEqual(await reach(browser), [200, 200])
    browser.restart()
    assert.equal(await browser.whoIsLoggedIn(), user.email)
    assert.deepEqual(await reach(browser), [401, 401])
  })

  test('opens a new session: a copy of the one before is worthless', async () => {
    const thief = browser.copy()
    await confirm(browser)

    assert.equal(await thief.whoIsLoggedIn(), null)
    thief.restart()
    assert.equal(await thief.whoIsLoggedIn(), null)
  })

  test('lasts for ten minutes, however much the session is used', async () => {
    await confirm(browser)
    const authenticatedAt = new Date(Date.now() - 10 * MINUTE)
    await db.userToken.updateMany({ where: { userId: user.id }, data: { authenticatedAt } })

    assert.deepEqual(await reach(browser), [200, 401])
    await browser.getJson('/users/settings')
    assert.deepEqual(await reach(browser), [200, 401])
  })

  test('is of this session alone', async () => {
    const other = new Browser(app)
    await logIn(other, user, { rememberMe: true })
    other.restart()
    await other.session()
    await confirm(browser)

    assert.deepEqual(await reach(other), [401, 401])
  })

  test('refuses a wrong password, and leaves the session as it was', async () => {
    for (const password of ['some other phrase', '']) {
      const response = await confirm(browser, { password })
      assert.equal(response.statusCode, 401)
      assert.deepEqual(response.json(), { message: messages.wrongPassword })
    }

    assert.equal(await browser.whoIsLoggedIn(), user.email)
    assert.deepEqual(await reach(browser), [401, 401])
  })

  test('counts wrong passwords, of one account, whatever email is sent along', async () => {
    for (let time = 0; time < 10; time += 1) {
      await confirm(browser, { password: 'wrong', email: `${time}@example.com` })
    }

    assert.equal((await confirm(browser)).statusCode, 429)
    assert.equal((await logIn(new Browser(app), user)).statusCode, 200)
  })

  test('is no way in for somebody who has no password', async () => {
    await db.user.update({ where: { id: user.id }, data: { hashedPassword: NO_PASSWORD } })

    for (const password of ['', ' ', validPassword]) {
      assert.equal((await confirm(browser, { password })).statusCode, 401)
    }
  })

  test('takes nothing but text', async () => {
    for (const password of [null, ['a'], { contains: '' }, 1]) {
      assert.equal((await confirm(browser, { password })).statusCode, 422)
    }
  })

  test('is not for visitors', async () => {
    assert.equal((await confirm(new Browser(app))).statusCode, 401)
  })

  test('without a password mails a link, which confirms the log-in too', async () => {
    await db.user.update({ where: { id: user.id }, data: { hashedPassword: NO_PASSWORD } })
    const response = await confirm(browser, {})
    const token = extractUserToken(mailsTo(app, user.email)[0])

    assert.equal(response.statusCode, 202)
    assert.deepEqual(await reach(browser), [401, 401])
    assert.equal((await browser.sendJson('POST', `/users/log-in/link/${token}`)).statusCode, 200)
    assert.deepEqual(await reach(browser), [200, 200])
  })

  test('mails five links an hour, whatever email is sent along', async () => {
    for (let time = 0; time < 7; time += 1) {
      const response = await confirm(browser, { email: `${time}@example.com` })
      assert.equal(response.statusCode, 202)
    }

    assert.equal(mailsTo(app, user.email).length, 5)
  })
})
