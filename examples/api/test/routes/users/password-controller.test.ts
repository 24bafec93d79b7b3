import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { MINUTE } from '../../../src/accounts/duration.js'
import { messages } from '../../../src/accounts/messages.js'
import { NO_PASSWORD } from '../../../src/accounts/password.js'
import type { PrismaClient, User } from '../../../src/generated/prisma/client.js'
import {
  authenticatedFixture,
  logIn,
  mailsTo,
  validPassword,
} from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'

const password = 'seven green umbrellas dance'
const change = { currentPassword: validPassword, password }

let app: FastifyInstance
let db: PrismaClient
let user: User
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
  const authenticated = await authenticatedFixture(app)
  user = authenticated.user
  browser = authenticated.browser
})

afterEach(() => app.close())

function changePassword(by: Browser, fields: object) {
  return by.sendJson('POST', '/users/settings/password', fields)
}

describe('POST /users/settings/password', () => {
  test('replaces the password, and tells the owner', async () => {
    const response = await changePassword(browser, change)

    assert.equal(response.json().user.email, user.email)
    assert.match(mailsTo(app, user.email)[0]?.subject ?? '', /password was changed/)
    assert.equal((await logIn(new Browser(app), user)).statusCode, 401)
    assert.equal((await logIn(new Browser(app), user, { password })).statusCode, 200)
  })

  test('logs out every other device, remembered ones too, and renews this session', async () => {
    const phone = new Browser(app)
    await logIn(phone, user, { rememberMe: true })
    const [thief, restarted] = [browser.copy(), phone.copy()]
    restarted.restart()
    await changePassword(browser, change)

    assert.equal(await browser.whoIsLoggedIn(), user.email)
    for (const other of [thief, phone, restarted]) {
      assert.equal(await other.whoIsLoggedIn(), null)
    }
  })

  test('forgets what this browser was told to remember', async () => {
    await browser.sendJson('POST', '/users/log-out')
    await logIn(browser, user, { rememberMe: true })
    const remembered = browser.copy()
    remembered.restart()
    await changePassword(browser, change)
    browser.restart()

    assert.equal(await remembered.whoIsLoggedIn(), null)
    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('asks for the current password, and counts the wrong ones', async () => {
    for (const currentPassword of ['some other phrase', '', undefined]) {
      const response = await changePassword(browser, { currentPassword, password })
      assert.equal(response.statusCode, 422)
      assert.deepEqual(Object.keys(response.json().errors), ['currentPassword'])
    }

    const guess = { currentPassword: 'some other phrase', password, email: 'other@example.com' }
    for (let time = 3; time < 10; time += 1) await changePassword(browser, guess)
    assert.equal((await changePassword(browser, change)).statusCode, 429)
    assert.equal((await logIn(new Browser(app), user)).statusCode, 200)
  })

  test('refuses a weak password', async () => {
    for (const weak of ['short', 'passwordpassword', user.email, 'a'.repeat(129)]) {
      const response = await changePassword(browser, { ...change, password: weak })
      assert.equal(response.statusCode, 422)
      assert.deepEqual(Object.keys(response.json().errors), ['password'])
    }

    assert.equal((await logIn(new Browser(app), user)).statusCode, 200)
  })

  test('takes nothing but text', async () => {
    for (const value of [null, ['a'], { contains: '' }, 1]) {
      assert.equal((await changePassword(browser, { ...change, password: value })).statusCode, 422)
      const response = await changePassword(browser, { password, currentPassword: value })
      assert.equal(response.statusCode, 422)
    }
  })

  test('sets the first password of somebody who has none, in sudo mode', async () => {
    await db.user.update({ where: { id: user.id }, data: { hashedPassword: NO_PASSWORD } })

    assert.equal((await changePassword(browser, { password })).statusCode, 200)
    assert.equal((await logIn(new Browser(app), user, { password })).statusCode, 200)
  })

  test('does not make sudo mode longer for somebody who gave no password', async () => {
    const authenticatedAt = new Date(Date.now() - 9 * MINUTE)
    await db.userToken.updateMany({ where: { userId: user.id }, data: { authenticatedAt } })
    await db.user.update({ where: { id: user.id }, data: { hashedPassword: NO_PASSWORD } })
    await changePassword(browser, { password })
    const row = await db.userToken.findFirstOrThrow({ where: { userId: user.id } })

    assert.deepEqual(row.authenticatedAt, authenticatedAt)
  })

  test('is for sudo mode alone', async () => {
    const authenticatedAt = new Date(Date.now() - 11 * MINUTE)
    await db.userToken.updateMany({ where: { userId: user.id }, data: { authenticatedAt } })
    const { browser: remembered } = await authenticatedFixture(app, { fresh: false })

    for (const anybody of [browser, remembered]) {
      const response = await changePassword(anybody, change)
      assert.equal(response.statusCode, 401)
      assert.deepEqual(response.json(), { message: messages.confirmLogIn })
    }
    assert.equal((await changePassword(new Browser(app), change)).statusCode, 401)
  })
})
