import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../../src/accounts/messages.js'
import {
  AFTER_PASSWORD,
  BEFORE_PASSWORD,
  LogInRefused,
} from '../../../src/routes/users/log-in-guards.js'
import type { User } from '../../../src/generated/prisma/client.js'
import {
  authenticatedFixture,
  logIn,
  unconfirmedUserFixture,
  uniqueEmail,
  userFixture,
  validPassword,
} from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'
import { confirmationTokenFixture } from '../../support/link-fixtures.js'
//% if (features.magicLink) {
import { magicLinkTokenFixture } from '../../support/link-fixtures.js'
//% }

async function closed(): Promise<void> {
  throw new LogInRefused('Come back tomorrow')
}

class TooManyAttempts extends Error {
  readonly statusCode = 429
}

async function tooMany(): Promise<void> {
  throw new TooManyAttempts('Seven attempts from 10.0.0.1')
}

let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp()
  browser = new Browser(app)
})

afterEach(async () => {
  BEFORE_PASSWORD.splice(BEFORE_PASSWORD.indexOf(closed) >>> 0, 1)
  AFTER_PASSWORD.splice(AFTER_PASSWORD.indexOf(closed) >>> 0, 1)
  await app.close()
})

describe('a guard before the password', () => {
  test('ends the log-in: no session, no cookie', async () => {
    BEFORE_PASSWORD.push(closed)
    const { id, email } = await userFixture(app.userAuth.db)
    const response = await logIn(browser, { email })

    assert.equal(response.statusCode, 403)
    assert.deepEqual(response.json(), { message: 'Come back tomorrow' })
    assert.deepEqual(response.cookies, [])
    assert.equal(await app.userAuth.db.userToken.count({ where: { userId: id } }), 0)
  })

  test('runs for an address without an account too', async () => {
    BEFORE_PASSWORD.push(closed)

    assert.equal((await logIn(browser, { email: uniqueEmail() })).statusCode, 403)
  })
})

describe('an error of a guard', () => {
  test('is answered with its status, and what it says stays here', async () => {
    AFTER_PASSWORD.push(tooMany)
    const response = await logIn(browser, await userFixture(app.userAuth.db))
    AFTER_PASSWORD.pop()

    assert.equal(response.statusCode, 429)
    assert.deepEqual(response.json(), { message: messages.tooManyRequests })
    assert.deepEqual(response.cookies, [])
  })
})

describe('a guard after the password', () => {
  test('holds for the other ways in as well', async () => {
    AFTER_PASSWORD.push(closed)
    const user = await unconfirmedUserFixture(app.userAuth.db)
    const token = await confirmationTokenFixture(app.userAuth.db, user)
    const response = await browser.sendJson('POST', `/users/confirm/${token}`, {
      password: 'six unrelated quiet words',
    })

    assert.equal(response.statusCode, 403)
    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('ends the log-in: no session, no cookie', async () => {
    AFTER_PASSWORD.push(closed)
    const { id, email } = await userFixture(app.userAuth.db)
    const response = await logIn(browser, { email })

    assert.equal(response.statusCode, 403)
    assert.deepEqual(response.json(), { message: 'Come back tomorrow' })
    assert.deepEqual(response.cookies, [])
    assert.equal(await app.userAuth.db.userToken.count({ where: { userId: id } }), 0)
  })

  test('tells nobody about an account whose password is not known', async () => {
    AFTER_PASSWORD.push(closed)
    const { email } = await userFixture(app.userAuth.db)
    const response = await logIn(browser, { email }, { password: 'some other phrase entirely' })

    assert.equal(response.statusCode, 401)
  })
})

describe('a guard with effects of its own runs once', () => {
  let seen: string[]

  async function note(_request: unknown, user: User): Promise<void> {
    seen.push(user.email)
  }

  beforeEach(() => {
    seen = []
    AFTER_PASSWORD.push(note)
  })

  afterEach(() => {
    AFTER_PASSWORD.splice(AFTER_PASSWORD.indexOf(note), 1)
  })

  test('for a log-in with the password, and again for the next one', async () => {
    const { email } = await userFixture(app.userAuth.db)
    await logIn(browser, { email })
    assert.deepEqual(seen, [email])

    await logIn(new Browser(app), { email })
    assert.deepEqual(seen, [email, email])
  })
  //% if (features.magicLink) {

  test('for a log-in with a link', async () => {
    const user = await userFixture(app.userAuth.db)
    const token = await magicLinkTokenFixture(app.userAuth.db, user)
    const response = await browser.sendJson('POST', `/users/log-in/link/${token}`)

    assert.equal(response.statusCode, 200)
    assert.deepEqual(seen, [user.email])
  })
  //% }

  test('for a log-in that is confirmed', async () => {
    const { user, browser } = await authenticatedFixture(app)
    seen = []
    const password = validPassword
    const response = await browser.sendJson('POST', '/users/confirm-login', { password })

    assert.equal(response.statusCode, 200)
    assert.deepEqual(seen, [user.email])
  })

  test('for the confirmation that logs in', async () => {
    const user = await unconfirmedUserFixture(app.userAuth.db)
    const token = await confirmationTokenFixture(app.userAuth.db, user)
    const password = 'six unrelated quiet words'
    const response = await browser.sendJson('POST', `/users/confirm/${token}`, { password })

    assert.equal(response.statusCode, 200)
    assert.deepEqual(seen, [user.email])
  })
})
