import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../../src/accounts/messages.js'
import { NO_PASSWORD } from '../../../src/accounts/password.js'
import type { PrismaClient } from '../../../src/generated/prisma/client.js'
import { requireSudoMode } from '../../../src/plugins/user-auth.js'
import {
  authenticatedFixture,
  extractUserToken,
  logIn,
  mailsTo,
  unconfirmedUserFixture,
  uniqueEmail,
  userFixture,
  validRegistration,
} from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'
import { magicLinkTokenFixture, notOneAddress } from '../../support/link-fixtures.js'

let app: FastifyInstance
let db: PrismaClient
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp({
    routes: (app) => app.get('/sudo', { onRequest: requireSudoMode }, async () => ({ in: true })),
  })
  db = app.userAuth.db
  browser = new Browser(app)
})

afterEach(() => app.close())

describe('POST /users/log-in/link', () => {
  test('gives one answer to every address, and mails only to whom it helps', async () => {
    const waiting = await unconfirmedUserFixture(db)
    const confirmed = await userFixture(db)
    const passwordless = await userFixture(db, { hashedPassword: NO_PASSWORD })
    const disabled = await userFixture(db, { deactivatedAt: new Date() })
    const users = [waiting, confirmed, passwordless, disabled]
    const emails = [...users.map(({ email }) => email), uniqueEmail()]
    const answers = await Promise.all(
      emails.map((email) => new Browser(app).sendJson('POST', '/users/log-in/link', { email })),
    )

    for (const { statusCode, body } of answers) {
      assert.equal(statusCode, 202)
      assert.deepEqual(JSON.parse(body), { message: messages.linkSent })
    }
    assert.deepEqual(
      app.devMailbox?.mails.map(({ to }) => to).sort(),
      [waiting, confirmed, passwordless].map(({ email }) => email).sort(),
    )
  })

  test('mails a link to the public origin', async () => {
    const { email } = await userFixture(db)
    await browser.sendJson('POST', '/users/log-in/link', { email })
    const mail = mailsTo(app, email)[0]

    assert.ok(mail?.text.includes(`http://app.test/users/log-in/link/${extractUserToken(mail)}`))
  })

  test('takes nothing but one address, and mails nobody otherwise', async () => {
    const { email } = await userFixture(db)

    for (const text of notOneAddress(email)) {
      const response = await browser.sendJson('POST', '/users/log-in/link', { email: text })
      assert.equal(response.statusCode, 422)
      assert.deepEqual(Object.keys(response.json().errors), ['email'])
    }

    assert.deepEqual(app.devMailbox?.mails, [])
  })

  test('is not for somebody who is logged in', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const { email } = user
    const response = await browser.sendJson('POST', '/users/log-in/link', { email })

    assert.equal(response.statusCode, 403)
  })
})

describe('POST /users/log-in/link/:token', () => {
  test('logs in, fresh and in sudo mode, under a new session id', async () => {
    const user = await userFixture(db, { hashedPassword: NO_PASSWORD })
    const url = `/users/log-in/link/${await magicLinkTokenFixture(db, user)}`
    const response = await browser.sendJson('POST', url)

    assert.equal(response.json().user.email, user.email)
    assert.equal((await browser.session()).loginState, 'FRESH')
    assert.equal((await browser.getJson('/sudo')).statusCode, 200)
  })

  test('leaves the password and the other sessions of a confirmed account alone', async () => {
    const { user, browser: laptop } = await authenticatedFixture(app)
    await browser.sendJson('POST', `/users/log-in/link/${await magicLinkTokenFixture(db, user)}`)

    assert.equal(await laptop.whoIsLoggedIn(), user.email)
    assert.equal((await logIn(new Browser(app), user)).statusCode, 200)
  })

  test('remembers the browser when asked to', async () => {
    const user = await userFixture(db)
    const url = `/users/log-in/link/${await magicLinkTokenFixture(db, user)}`
    await browser.sendJson('POST', url, { rememberMe: true })
    browser.restart()

    assert.equal(await browser.whoIsLoggedIn(), user.email)
    assert.equal((await browser.getJson('/sudo')).statusCode, 401)
  })

  test('makes the password of a stranger who registered before worthless', async () => {
    const attacker = new Browser(app)
    const registration = validRegistration()
    await attacker.sendJson('POST', '/users/register', registration)
    const { email } = registration
    await browser.sendJson('POST', '/users/log-in/link', { email })
    const token = extractUserToken(mailsTo(app, email)[0])
    await browser.sendJson('POST', `/users/log-in/link/${token}`)

    assert.equal(await browser.whoIsLoggedIn(), email)
    assert.equal((await logIn(attacker, registration)).statusCode, 401)
  })

  test('confirms an account, and keeps the password of the browser that registered', async () => {
    const registration = validRegistration()
    await browser.sendJson('POST', '/users/register', registration)
    const { email } = registration
    await browser.sendJson('POST', '/users/log-in/link', { email })
    const token = extractUserToken(mailsTo(app, email)[0])
    await browser.sendJson('POST', `/users/log-in/link/${token}`)

    assert.equal(await browser.whoIsLoggedIn(), email)
    assert.equal((await logIn(new Browser(app), registration)).statusCode, 200)
  })

  test('confirms the log-in of its own user, who stays remembered', async () => {
    const { user, browser } = await authenticatedFixture(app, { fresh: false })
    const before = browser.copy()
    const url = `/users/log-in/link/${await magicLinkTokenFixture(db, user)}`

    assert.equal((await browser.getJson(url)).statusCode, 200)
    assert.equal((await browser.sendJson('POST', url)).statusCode, 200)
    assert.equal((await browser.getJson('/sudo')).statusCode, 200)
    assert.equal(await before.whoIsLoggedIn(), null)
    browser.restart()
    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })

  test('neither gives anything to another user nor is used up by one', async () => {
    const { user: attacker, browser } = await authenticatedFixture(app, { fresh: false })
    const user = await userFixture(db)
    const url = `/users/log-in/link/${await magicLinkTokenFixture(db, user)}`

    assert.equal((await browser.getJson(url)).statusCode, 403)
    assert.equal((await browser.sendJson('POST', url)).statusCode, 403)
    assert.equal(await browser.whoIsLoggedIn(), attacker.email)
    assert.equal((await browser.getJson('/sudo')).statusCode, 401)
    assert.equal((await new Browser(app).sendJson('POST', url)).statusCode, 200)
  })

  test('does nothing for an account that was deactivated meanwhile', async () => {
    const user = await userFixture(db)
    const url = `/users/log-in/link/${await magicLinkTokenFixture(db, user)}`
    await db.user.update({ where: { id: user.id }, data: { deactivatedAt: new Date() } })

    assert.equal((await browser.getJson(url)).statusCode, 410)
    assert.equal((await browser.sendJson('POST', url)).statusCode, 410)
    assert.equal(await browser.whoIsLoggedIn(), null)
  })
})
