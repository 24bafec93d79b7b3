import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { MINUTE } from '../../../src/accounts/duration.js'
import { messages } from '../../../src/accounts/messages.js'
import type { PrismaClient, User } from '../../../src/generated/prisma/client.js'
import {
  authenticatedFixture,
  extractUserToken,
  logIn,
  mailsTo,
  uniqueEmail,
  userFixture,
  validRegistration,
} from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'
import { emailChangeTokenFixture } from '../../support/link-fixtures.js'

let app: FastifyInstance
let db: PrismaClient
let user: User
let browser: Browser
let newEmail: string

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
  newEmail = uniqueEmail()
  const authenticated = await authenticatedFixture(app)
  user = authenticated.user
  browser = authenticated.browser
})

afterEach(() => app.close())

function askFor(email: unknown, by = browser) {
  return by.sendJson('POST', '/users/settings/email', { email })
}

async function emailOf({ id }: User): Promise<string> {
  return (await db.user.findUniqueOrThrow({ where: { id } })).email
}

describe('POST /users/settings/email', () => {
  test('changes nothing yet: mails a link to the new address, and tells the old one', async () => {
    const response = await askFor(` ${newEmail.toUpperCase()} `)
    const mail = mailsTo(app, newEmail)[0]

    assert.equal(response.statusCode, 202)
    assert.ok(mail?.text.includes(`http://app.test/users/settings/email/${extractUserToken(mail)}`))
    assert.ok(mailsTo(app, user.email)[0]?.text.includes(newEmail))
    assert.equal(await emailOf(user), user.email)
  })

  test('gives the same answer for an address that has an account, and tells its owner', async () => {
    const owner = await userFixture(db)
    const answers = [await askFor(newEmail), await askFor(owner.email)]

    for (const { statusCode, body } of answers) {
      assert.equal(statusCode, 202)
      assert.deepEqual(JSON.parse(body), { message: messages.emailChangeSent })
    }
    const [mail] = mailsTo(app, owner.email)
    assert.ok(mail && !/settings\/email/.test(mail.text))
  })

  test('refuses what is no address, and the one that is there already', async () => {
    for (const email of ['nobody', 'a@b@c', '', user.email, user.email.toUpperCase()]) {
      const response = await askFor(email)
      assert.equal(response.statusCode, 422, email)
      assert.deepEqual(Object.keys(response.json().errors), ['email'])
    }
    for (const email of [null, ['a@example.com'], { contains: '' }, 1]) {
      assert.equal((await askFor(email)).statusCode, 422)
    }
    assert.deepEqual(app.devMailbox?.mails, [])
  })

  test('is limited to five an hour', async () => {
    for (let time = 0; time < 5; time += 1) await askFor(uniqueEmail())

    assert.equal((await askFor(newEmail)).statusCode, 429)
    assert.deepEqual(mailsTo(app, newEmail), [])
  })

  test('is for sudo mode alone', async () => {
    const { browser: remembered } = await authenticatedFixture(app, { fresh: false })
    const authenticatedAt = new Date(Date.now() - 11 * MINUTE)
    await db.userToken.updateMany({ where: { userId: user.id }, data: { authenticatedAt } })

    for (const anybody of [browser, remembered, new Browser(app)]) {
      assert.equal((await askFor(newEmail, anybody)).statusCode, 401)
    }
  })
})

describe('POST /users/settings/email/:token', () => {
  test('gives the user the new address, and tells the old one', async () => {
    const token = await emailChangeTokenFixture(db, user, newEmail)
    const response = await browser.sendJson('POST', `/users/settings/email/${token}`)

    assert.equal(response.json().user.email, newEmail)
    assert.equal(await emailOf(user), newEmail)
    assert.ok(mailsTo(app, user.email)[0]?.text.includes(newEmail))
    assert.equal((await logIn(new Browser(app), user)).statusCode, 401)
    assert.equal((await logIn(new Browser(app), { email: newEmail })).statusCode, 200)
  })

  test('logs out every other device, remembered ones too, and renews this session', async () => {
    const phone = new Browser(app)
    await logIn(phone, user, { rememberMe: true })
    const [thief, restarted] = [browser.copy(), phone.copy()]
    restarted.restart()
    const token = await emailChangeTokenFixture(db, user, newEmail)
    await browser.sendJson('POST', `/users/settings/email/${token}`)

    assert.equal(await browser.whoIsLoggedIn(), newEmail)
    for (const other of [thief, phone, restarted]) {
      assert.equal(await other.whoIsLoggedIn(), null)
    }
  })

  test('does not make sudo mode longer', async () => {
    const authenticatedAt = new Date(Date.now() - 9 * MINUTE)
    await db.userToken.updateMany({ where: { userId: user.id }, data: { authenticatedAt } })
    const token = await emailChangeTokenFixture(db, user, newEmail)
    await browser.sendJson('POST', `/users/settings/email/${token}`)
    const row = await db.userToken.findFirstOrThrow({ where: { userId: user.id } })

    assert.deepEqual(row.authenticatedAt, authenticatedAt)
  })

  test('is worth nothing in the session of another user, who does not use it up', async () => {
    const { user: attacker, browser: stranger } = await authenticatedFixture(app)
    const url = `/users/settings/email/${await emailChangeTokenFixture(db, user, newEmail)}`

    assert.equal((await stranger.sendJson('POST', url)).statusCode, 410)
    assert.equal(await emailOf(attacker), attacker.email)
    assert.equal((await browser.sendJson('POST', url)).statusCode, 200)
  })

  test('gives the address that this very link went to, when two were asked for', async () => {
    const victim = uniqueEmail()
    const mine = await emailChangeTokenFixture(db, user, newEmail)
    await emailChangeTokenFixture(db, user, victim)
    await browser.sendJson('POST', `/users/settings/email/${mine}`)

    assert.notEqual(await emailOf(user), victim)
  })

  test('gives no address that somebody registered with meanwhile', async () => {
    const token = await emailChangeTokenFixture(db, user, newEmail)
    const registration = validRegistration({ email: newEmail })
    await new Browser(app).sendJson('POST', '/users/register', registration)
    const response = await browser.sendJson('POST', `/users/settings/email/${token}`)

    assert.equal(response.statusCode, 410)
    assert.equal(await emailOf(user), user.email)
    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })

  test('is for sudo mode alone', async () => {
    const url = `/users/settings/email/${await emailChangeTokenFixture(db, user, newEmail)}`
    const authenticatedAt = new Date(Date.now() - 11 * MINUTE)
    await db.userToken.updateMany({ where: { userId: user.id }, data: { authenticatedAt } })

    assert.equal((await browser.getJson(url)).statusCode, 401)
    assert.equal((await browser.sendJson('POST', url)).statusCode, 401)
    assert.equal(await emailOf(user), user.email)
  })
})
