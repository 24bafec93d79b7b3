import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { DAY } from '../../../src/accounts/duration.js'
import { messages } from '../../../src/accounts/messages.js'
import type { PrismaClient } from '../../../src/generated/prisma/client.js'
import {
  ageTokens,
  extractUserToken,
  logIn,
  mailsTo,
  sessionFixture,
  unconfirmedUserFixture,
  uniqueEmail,
  userFixture,
  validRegistration,
} from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'
import { confirmationTokenFixture, notOneAddress } from '../../support/link-fixtures.js'

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

/** Registers in this browser, and opens the mail. */
async function register(browser: Browser): Promise<{ email: string; token: string }> {
  const registration = validRegistration()
  await browser.sendJson('POST', '/users/register', registration)
  const { email } = registration

  return { email, token: extractUserToken(mailsTo(app, email)[0]) }
}

describe('GET /users/confirm/:token', () => {
  test('uses nothing up and logs nobody in: mail programs open links too', async () => {
    const { email, token } = await register(browser)

    for (const method of ['HEAD', 'GET', 'GET'] as const) {
      const response = await new Browser(app).request({ method, url: `/users/confirm/${token}` })
      assert.equal(response.statusCode, 200)
      assert.ok(!response.cookies.some(({ name }) => name === 'session'))
    }

    assert.equal((await db.user.findUnique({ where: { email } }))?.confirmedAt, null)
    assert.equal((await browser.sendJson('POST', `/users/confirm/${token}`)).statusCode, 200)
  })

  test('asks for a password in every browser but the one that registered', async () => {
    const { token } = await register(browser)
    const other = new Browser(app)

    assert.equal((await browser.getJson(`/users/confirm/${token}`)).json().choosePassword, false)
    assert.equal((await other.getJson(`/users/confirm/${token}`)).json().choosePassword, true)
  })
})

describe('POST /users/confirm/:token', () => {
  test('confirms, logs in, and keeps the password of the browser that registered', async () => {
    const { email, token } = await register(browser)
    const response = await browser.sendJson('POST', `/users/confirm/${token}`)

    assert.equal(response.json().user.email, email)
    assert.equal(await browser.whoIsLoggedIn(), email)
    assert.equal((await logIn(new Browser(app), { email })).statusCode, 200)
  })

  test('makes the password of a stranger who registered before worthless', async () => {
    const attacker = new Browser(app)
    const { email, token } = await register(attacker)
    const owner = new Browser(app)
    await owner.sendJson('POST', `/users/confirm/${token}`, { password: newPassword })

    assert.equal(await owner.whoIsLoggedIn(), email)
    assert.equal((await logIn(attacker, { email })).statusCode, 401)
    assert.equal((await logIn(attacker, { email }, { password: newPassword })).statusCode, 200)
  })

  test('ends what a stranger opened before', async () => {
    const { email, token } = await register(new Browser(app))
    const user = await db.user.findUniqueOrThrow({ where: { email } })
    const planted = await sessionFixture(db, user)
    await browser.sendJson('POST', `/users/confirm/${token}`, { password: newPassword })

    const { userToken } = planted
    assert.equal(await db.userToken.findUnique({ where: { id: userToken.id } }), null)
  })

  test('opens nothing for a user who was deactivated since', async () => {
    const { email, token } = await register(browser)
    await db.user.update({ where: { email }, data: { deactivatedAt: new Date() } })

    assert.equal((await browser.getJson(`/users/confirm/${token}`)).statusCode, 410)
    assert.equal((await browser.sendJson('POST', `/users/confirm/${token}`)).statusCode, 410)
    assert.equal((await db.user.findUnique({ where: { email } }))?.confirmedAt, null)
  })

  test('refuses a weak password, and leaves the link good', async () => {
    const { email, token } = await register(new Browser(app))
    const url = `/users/confirm/${token}`

    for (const password of ['short', 'passwordpassword', email]) {
      const weak = await browser.sendJson('POST', url, { password })

      assert.equal(weak.statusCode, 422)
      assert.deepEqual(Object.keys(weak.json().errors), ['password'])
    }

    assert.equal(await browser.whoIsLoggedIn(), null)
    assert.equal((await browser.sendJson('POST', url, { password: newPassword })).statusCode, 200)
  })

  //% if (!features.magicLink) {
  //% if (!features.resetPassword) {
  test('leaves nobody without a password, who would have no way in', async () => {
    const { email, token } = await register(new Browser(app))
    const url = `/users/confirm/${token}`
    const response = await browser.sendJson('POST', url)

    assert.equal(response.statusCode, 422)
    assert.deepEqual(response.json().errors, { password: [messages.fieldRequired] })
    assert.equal((await db.user.findUnique({ where: { email } }))?.confirmedAt, null)
    assert.equal((await browser.sendJson('POST', url, { password: newPassword })).statusCode, 200)
  })

  //% }
  //% }
  test('works once', async () => {
    const { token } = await register(browser)
    await browser.sendJson('POST', `/users/confirm/${token}`)
    const other = new Browser(app)
    const again = await other.sendJson('POST', `/users/confirm/${token}`)

    assert.equal(again.statusCode, 410)
    assert.equal(await other.whoIsLoggedIn(), null)
  })

  test('works for one of many at the same moment', { timeout: 60_000 }, async () => {
    const token = await confirmationTokenFixture(db, await unconfirmedUserFixture(db))
    const requests = Array.from({ length: 16 }, () =>
      new Browser(app).sendJson('POST', `/users/confirm/${token}`, { password: newPassword }),
    )
    const statuses = (await Promise.all(requests)).map(({ statusCode }) => statusCode)

    assert.deepEqual(statuses.sort(), [200, ...Array(15).fill(410)])
  })

  test('refuses a link after seven days', async () => {
    const user = await unconfirmedUserFixture(db)
    const token = await confirmationTokenFixture(db, user)
    await ageTokens(db, user, 'confirm', 7 * DAY)

    assert.equal((await browser.sendJson('POST', `/users/confirm/${token}`)).statusCode, 410)
    assert.equal((await browser.getJson(`/users/confirm/${token}`)).statusCode, 410)
  })

  test('refuses the token of a session, also in that session', async () => {
    const user = await userFixture(db)
    const { token } = await sessionFixture(db, user)
    await logIn(browser, user)

    for (const anybody of [browser, new Browser(app)]) {
      const response = await anybody.sendJson('POST', `/users/confirm/${token}`)
      assert.equal(response.statusCode, 410)
    }
  })

  test('gives one answer to whatever is not a link that was mailed', async () => {
    const { token } = await register(browser)
    const respelled = [`${token}=`, `${token}%20`, `${token}%00`, `%20${token}`, token.slice(1)]

    for (const text of [...respelled, '', 'x', 'A'.repeat(43), '%5Bobject%5D', 'null']) {
      const response = await browser.sendJson('POST', `/users/confirm/${text}`)

      assert.equal(response.statusCode, 410, text)
      assert.deepEqual(response.json(), { message: messages.linkGone })
    }

    const oversized = await browser.sendJson('POST', `/users/confirm/${'A'.repeat(5000)}`)
    assert.ok([404, 410, 414].includes(oversized.statusCode))
  })
})

describe('POST /users/confirm', () => {
  test('mails another link, and the one before is worthless', async () => {
    const { email, token } = await register(browser)
    await browser.sendJson('POST', '/users/confirm', { email: ` ${email.toUpperCase()}` })
    const newer = extractUserToken(mailsTo(app, email)[0])

    assert.notEqual(newer, token)
    assert.equal((await browser.sendJson('POST', `/users/confirm/${token}`)).statusCode, 410)
    assert.equal((await browser.sendJson('POST', `/users/confirm/${newer}`)).statusCode, 200)
  })

  test('takes nothing but one address, and mails nobody otherwise', async () => {
    const { email } = await unconfirmedUserFixture(db)

    for (const text of notOneAddress(email)) {
      const response = await browser.sendJson('POST', '/users/confirm', { email: text })
      assert.equal(response.statusCode, 422)
      assert.deepEqual(Object.keys(response.json().errors), ['email'])
    }

    assert.deepEqual(app.devMailbox?.mails, [])
  })

  test('gives one answer to every address, and mails only to whom it helps', async () => {
    const waiting = await unconfirmedUserFixture(db)
    const confirmed = await userFixture(db)
    const disabled = await userFixture(db, { confirmedAt: null, deactivatedAt: new Date() })
    const emails = [waiting.email, confirmed.email, disabled.email, uniqueEmail()]
    const requests = emails.map((email) =>
      new Browser(app).sendJson('POST', '/users/confirm', { email }),
    )
    const answers = await Promise.all(requests)

    for (const { statusCode, body } of answers) {
      assert.equal(statusCode, 202)
      assert.deepEqual(JSON.parse(body), { message: messages.linkSent })
    }
    assert.deepEqual(
      app.devMailbox?.mails.map(({ to }) => to),
      [waiting.email],
    )
  })

  test('takes nothing but text for an email', async () => {
    for (const email of [null, ['a@example.com'], { contains: '' }, 1]) {
      assert.equal((await browser.sendJson('POST', '/users/confirm', { email })).statusCode, 422)
    }
  })
})
