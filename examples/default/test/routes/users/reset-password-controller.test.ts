import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../../src/accounts/messages.js'
import { NO_PASSWORD } from '../../../src/accounts/password.js'
import { getUserBySessionToken } from '../../../src/accounts.js'
import type { PrismaClient } from '../../../src/generated/prisma/client.js'
import { LIMITS } from '../../../src/plugins/limits.js'
import {
  authenticatedFixture,
  extractUserToken,
  logIn,
  mailsTo,
  sessionFixture,
  unconfirmedUserFixture,
  uniqueEmail,
  userFixture,
  validPassword,
  validRegistration,
} from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'
import { notOneAddress, resetPasswordTokenFixture } from '../../support/link-fixtures.js'

const newPassword = 'seven green umbrellas dance'

let app: FastifyInstance
let db: PrismaClient
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
  browser = new Browser(app)
})

afterEach(() => app.close())

describe('POST /users/reset-password', () => {
  test('mails a link to the public origin, whatever host the request claims', async () => {
    const { email } = await userFixture(db)
    const { csrfToken } = await browser.session()
    await browser.request({
      method: 'POST',
      url: '/users/reset-password',
      headers: { 'x-csrf-token': csrfToken, host: 'evil.example' },
      payload: { email: ` ${email.toUpperCase()}` },
    })
    const mail = mailsTo(app, email)[0]

    assert.ok(mail?.text.includes(`http://app.test/users/reset-password/${extractUserToken(mail)}`))
    assert.ok(!mail?.text.includes('evil.example'))
  })

  test('gives one answer to every address, and mails only to whom it helps', async () => {
    const waiting = await unconfirmedUserFixture(db)
    const confirmed = await userFixture(db)
    const passwordless = await userFixture(db, { hashedPassword: NO_PASSWORD })
    const disabled = await userFixture(db, { deactivatedAt: new Date() })
    const users = [waiting, confirmed, passwordless, disabled]
    const emails = [...users.map(({ email }) => email), uniqueEmail()]
    const answers = await Promise.all(
      emails.map((email) => new Browser(app).sendJson('POST', '/users/reset-password', { email })),
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

  test('takes nothing but one address, and mails nobody otherwise', async () => {
    const { email } = await userFixture(db)

    for (const text of notOneAddress(email)) {
      const response = await browser.sendJson('POST', '/users/reset-password', { email: text })
      assert.equal(response.statusCode, 422)
      assert.deepEqual(Object.keys(response.json().errors), ['email'])
    }

    assert.deepEqual(app.devMailbox?.mails, [])
  })

  test('sends five mails an hour to a mailbox, without a word', async () => {
    const { email } = await userFixture(db)

    for (let time = 0; time < 7; time += 1) {
      const response = await browser.sendJson('POST', '/users/reset-password', { email })
      assert.equal(response.statusCode, 202)
    }

    assert.equal(mailsTo(app, email).length, 5)
  })
})

describe('POST /users/reset-password/:token', () => {
  test('replaces the password, and logs nobody in', async () => {
    const user = await userFixture(db)
    const token = await resetPasswordTokenFixture(db, user)
    const url = `/users/reset-password/${token}`
    const response = await browser.sendJson('POST', url, { password: newPassword })

    assert.deepEqual(response.json(), { message: messages.passwordReset })
    assert.equal(await browser.whoIsLoggedIn(), null)
    assert.equal((await logIn(browser, user)).statusCode, 401)
    assert.equal((await logIn(browser, user, { password: newPassword })).statusCode, 200)
  })

  test('logs out every device, remembered ones too', async () => {
    const { user, browser: laptop } = await authenticatedFixture(app)
    const phone = new Browser(app)
    await logIn(phone, user, { rememberMe: true })
    const token = await resetPasswordTokenFixture(db, user)
    await laptop.sendJson('POST', `/users/reset-password/${token}`, { password: newPassword })
    const restarted = phone.copy()
    restarted.restart()

    assert.equal(await laptop.whoIsLoggedIn(), null)
    assert.equal(await phone.whoIsLoggedIn(), null)
    assert.equal(await restarted.whoIsLoggedIn(), null)
  })

  test('lets the owner log in at once, who guessed at the old one too often', async () => {
    const user = await userFixture(db)
    for (let time = 0; time <= LIMITS.logInByAccount.max; time += 1) {
      await logIn(browser, user, { password: 'some other phrase entirely' })
    }
    assert.equal((await logIn(browser, user)).statusCode, 429)
    const token = await resetPasswordTokenFixture(db, user)
    await browser.sendJson('POST', `/users/reset-password/${token}`, { password: newPassword })

    assert.equal((await logIn(browser, user, { password: newPassword })).statusCode, 200)
  })

  test('tells the owner', async () => {
    const user = await userFixture(db)
    const token = await resetPasswordTokenFixture(db, user)
    await browser.sendJson('POST', `/users/reset-password/${token}`, { password: newPassword })

    assert.match(mailsTo(app, user.email)[0]?.subject ?? '', /password was changed/)
  })

  test('is the first password of somebody who had none', async () => {
    const user = await userFixture(db, { hashedPassword: NO_PASSWORD })
    const token = await resetPasswordTokenFixture(db, user)
    await browser.sendJson('POST', `/users/reset-password/${token}`, { password: newPassword })

    assert.equal((await logIn(browser, user, { password: newPassword })).statusCode, 200)
  })

  test('proves the mailbox, and leaves nothing of whoever registered before', async () => {
    const attacker = new Browser(app)
    const registration = validRegistration()
    await attacker.sendJson('POST', '/users/register', registration)
    const { email } = registration
    const confirmation = extractUserToken(mailsTo(app, email)[0])
    await browser.sendJson('POST', '/users/reset-password', { email })
    const token = extractUserToken(mailsTo(app, email)[0])
    const planted = await sessionFixture(db, await db.user.findUniqueOrThrow({ where: { email } }))
    await browser.sendJson('POST', `/users/reset-password/${token}`, { password: newPassword })

    assert.equal(await getUserBySessionToken(db, planted.token), null)
    assert.equal((await logIn(attacker, { email }, { password: validPassword })).statusCode, 401)
    const link = await attacker.sendJson('POST', `/users/confirm/${confirmation}`)
    assert.equal(link.statusCode, 410)
    assert.equal((await logIn(browser, { email }, { password: newPassword })).statusCode, 200)
  })

  test('refuses a weak password, and leaves the link good', async () => {
    const user = await userFixture(db)
    const url = `/users/reset-password/${await resetPasswordTokenFixture(db, user)}`

    for (const password of ['short', 'passwordpassword', user.email, 'a'.repeat(129)]) {
      const weak = await browser.sendJson('POST', url, { password })
      assert.equal(weak.statusCode, 422)
      assert.deepEqual(Object.keys(weak.json().errors), ['password'])
    }

    const missing = await browser.sendJson('POST', url)
    assert.equal(missing.statusCode, 422)
    const right = await browser.sendJson('POST', url, { password: newPassword })
    assert.equal(right.statusCode, 200)
  })

  test('does nothing for an account that was deactivated meanwhile', async () => {
    const user = await userFixture(db)
    const token = await resetPasswordTokenFixture(db, user)
    await db.user.update({ where: { id: user.id }, data: { deactivatedAt: new Date() } })
    const url = `/users/reset-password/${token}`
    assert.equal((await browser.getJson(url)).statusCode, 410)
    const response = await browser.sendJson('POST', url, { password: newPassword })
    const { hashedPassword } = await db.user.findUniqueOrThrow({ where: { id: user.id } })

    assert.equal(response.statusCode, 410)
    assert.equal(hashedPassword, user.hashedPassword)
  })
})
