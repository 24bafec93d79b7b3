import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../../src/accounts/messages.js'
import { NO_PASSWORD } from '../../../src/accounts/password.js'
import type { PrismaClient } from '../../../src/generated/prisma/client.js'
import {
  authenticatedFixture,
  logIn,
  unconfirmedUserFixture,
  uniqueEmail,
  userFixture,
  validPassword,
} from '../../support/accounts-fixtures.js'
import { Browser, type Response } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'

let app: FastifyInstance
let db: PrismaClient
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
  browser = new Browser(app)
})

afterEach(() => app.close())

describe('POST /users/log-in', () => {
  test('logs in, and says who is logged in', async () => {
    const { id, email } = await userFixture(db)
    const response = await logIn(browser, { email })

    assert.equal(response.statusCode, 200)
    assert.equal(String(response.json().user.id), String(id))
    assert.equal(await browser.whoIsLoggedIn(), email)
  })

  test('takes any spelling of the email', async () => {
    const { email } = await userFixture(db)
    await logIn(browser, { email: `  ${email.toUpperCase()} ` })

    assert.equal(await browser.whoIsLoggedIn(), email)
  })

  test('shows no hash and no token', async () => {
    const response = await logIn(browser, await userFixture(db))

    assert.deepEqual(Object.keys(response.json()), ['user'])
    assert.ok(!/argon2|password|token/i.test(response.body))
  })

  test('logs nobody in by a wrong password', async () => {
    const { id, email } = await userFixture(db)
    const response = await logIn(browser, { email }, { password: 'some other phrase entirely' })

    assert.equal(response.statusCode, 401)
    assert.equal(await browser.whoIsLoggedIn(), null)
    assert.equal(await db.userToken.count({ where: { userId: id } }), 0)
  })

  test('gives one answer, whatever was wrong', async () => {
    const answers = await Promise.all([
      answerTo((await userFixture(db)).email, 'some other phrase entirely'),
      answerTo(uniqueEmail()),
      answerTo('not an email'),
      answerTo((await unconfirmedUserFixture(db)).email),
      answerTo((await userFixture(db, { deactivatedAt: new Date() })).email),
      answerTo((await userFixture(db, { hashedPassword: NO_PASSWORD })).email),
      answerTo((await userFixture(db, { hashedPassword: 'garbage' })).email),
    ])

    assert.match(answers[0] ?? '', /401.*Invalid email or password/)
    assert.equal(new Set(answers).size, 1, answers.join('\n'))
  })

  test('takes the same time for it, whatever was wrong', async () => {
    const { email } = await userFixture(db)
    const token = (await browser.session()).csrfToken

    for (const address of [email, uniqueEmail()]) {
      const startedAt = performance.now()
      await browser.request({
        method: 'POST',
        url: '/users/log-in',
        headers: { 'x-csrf-token': token },
        payload: { email: address, password: 'some other phrase entirely' },
      })

      assert.ok(performance.now() - startedAt > 195)
    }
  })

  test('says what is wrong in the words of messages.ts', async () => {
    const { invalidCredentials } = messages
    messages.invalidCredentials = 'E-Mail oder Passwort ist falsch.'
    const response = await logIn(browser, { email: uniqueEmail() })
    messages.invalidCredentials = invalidCredentials

    assert.equal(response.json().message, 'E-Mail oder Passwort ist falsch.')
  })

  test('takes nothing but text for an email and a password', async () => {
    const { email } = await userFixture(db)
    const oddities = [null, undefined, true, 1, [], [email], {}, { contains: '' }, { not: '' }]

    for (const oddity of oddities) {
      for (const fields of [{ email: oddity }, { password: oddity }]) {
        const response = await logIn(browser, { email }, fields)

        assert.equal(response.statusCode, 422, JSON.stringify(fields))
      }
    }

    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('does not look at an email in the address', async () => {
    const { email } = await userFixture(db)
    const query = new URLSearchParams({ email, password: validPassword })
    const response = await browser.sendJson('POST', `/users/log-in?${query}`)

    assert.equal(response.statusCode, 422)
  })

  test('is for visitors', async () => {
    const { user, browser } = await authenticatedFixture(app)

    assert.equal((await logIn(browser, user)).statusCode, 403)
    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })
})

describe('log-out', () => {
  for (const method of ['POST', 'DELETE'] as const) {
    test(`${method} /users/log-out logs out, and clears the browser`, async () => {
      const { user, browser } = await authenticatedFixture(app)
      const response = await browser.sendJson(method, '/users/log-out')

      assert.equal(response.statusCode, 204)
      assert.equal(response.headers['clear-site-data'], '"cache", "storage"')
      assert.equal(await browser.whoIsLoggedIn(), null)
      assert.equal(await db.userToken.count({ where: { userId: user.id } }), 0)
    })
  }

  test('removes cookies by the attributes they were set with', async () => {
    const user = await userFixture(db)
    const set = (await logIn(browser, user, { rememberMe: true })).cookies
    const removed = (await browser.sendJson('POST', '/users/log-out')).cookies

    assertRemoved('session', set, removed)
    assertRemoved('user_remember_me', set, removed)
  })

  test('leaves the other devices logged in', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const phone = new Browser(app)
    await logIn(phone, user)
    await browser.sendJson('POST', '/users/log-out')

    assert.equal(await phone.whoIsLoggedIn(), user.email)
  })

  test('does nothing for a visitor', async () => {
    assert.equal((await browser.sendJson('POST', '/users/log-out')).statusCode, 204)
  })

  test('cannot be done by a link or a picture', async () => {
    const { user, browser } = await authenticatedFixture(app)

    assert.equal((await browser.getJson('/users/log-out')).statusCode, 404)
    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })
})

describe('GET /users/session', () => {
  test('knows nobody in a browser of its own', async () => {
    const { user, loginState, csrfToken } = await browser.session()

    assert.equal(user, null)
    assert.equal(loginState, 'ANONYMOUS')
    assert.ok(csrfToken.length > 20)
  })

  test('says who is logged in, and how', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const session = await browser.session()

    assert.equal(String(session.user?.id), String(user.id))
    assert.equal(session.loginState, 'FRESH')
    assert.ok(!('hashedPassword' in (session.user ?? {})))
  })

  test('says that a browser was remembered', async () => {
    const { browser } = await authenticatedFixture(app, { fresh: false })

    assert.equal((await browser.session()).loginState, 'REMEMBERED')
  })
})

/** All that a stranger sees of the answer. */
async function answerTo(email: string, password = validPassword): Promise<string> {
  const { statusCode, headers, body, cookies } = await logIn(
    new Browser(app),
    { email },
    { password },
  )

  return JSON.stringify([statusCode, { ...headers, date: undefined }, body, cookies])
}

function assertRemoved(name: string, set: Response['cookies'], removed: Response['cookies']) {
  const before = set.find((cookie) => cookie.name === name)
  const after = removed.find((cookie) => cookie.name === name)

  assert.ok(before)
  assert.deepEqual(attributesOf(after), attributesOf(before))
  assert.ok(Number(after?.expires) < Date.now())
}

function attributesOf(cookie: object | undefined) {
  const { path, httpOnly, sameSite, secure, domain }: Record<string, unknown> = { ...cookie }

  return { path, httpOnly, sameSite, secure, domain }
}
