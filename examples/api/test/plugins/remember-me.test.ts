import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { DAY, SECOND } from '../../src/accounts/duration.js'
import * as accounts from '../../src/accounts.js'
import type { PrismaClient } from '../../src/generated/prisma/client.js'
import { logInUser } from '../../src/plugins/user-auth.js'
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

const COOKIE = 'user_remember_me'

let app: FastifyInstance
let db: PrismaClient

beforeEach(async () => {
  app = await buildTestApp({ routes })
  db = app.userAuth.db
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  app.post('/note', async ({ session }) => {
    session.testNote = 'planted'

    return {}
  })

  app.post<{ Body: { email: string; rememberMeFor: number } }>('/enter', async (request, reply) => {
    const { email, rememberMeFor } = request.body
    const user = await accounts.getUserByEmail(app.userAuth.db, email)
    if (user) await logInUser(request, reply, user, { rememberMe: true, rememberMeFor })

    return {}
  })
}

/** A browser that is remembered, closed, and about to be opened again. */
async function rememberedBrowser() {
  const user = await userFixture(db)
  const browser = new Browser(app)
  await logIn(browser, user, { rememberMe: true })
  browser.restart()

  return { user, browser }
}

describe('the remember-me cookie', () => {
  test('is set for whoever asks for it, and for nobody else', async () => {
    const user = await userFixture(db)

    for (const rememberMe of [true, 'true', 'on']) {
      const browser = new Browser(app)
      await logIn(browser, user, { rememberMe })
      assert.ok(browser.cookies.has(COOKIE), String(rememberMe))
    }

    for (const rememberMe of [false, 'false', '', undefined]) {
      const browser = new Browser(app)
      await logIn(browser, user, { rememberMe })
      assert.ok(!browser.cookies.has(COOKIE), String(rememberMe))
    }
  })

  test('lasts for 60 days, and no script can read it', async () => {
    const response = await logIn(new Browser(app), await userFixture(db), { rememberMe: true })
    const cookie = response.cookies.find(({ name }) => name === COOKIE)

    assert.equal(cookie?.maxAge, (60 * DAY) / SECOND)
    assert.equal(cookie?.httpOnly, true)
    assert.equal(cookie?.sameSite, 'Lax')
    assert.equal(cookie?.path, '/')
  })

  test('can last for less, and never for more than the session', async () => {
    const { email } = await userFixture(db)

    for (const [asked, given] of [
      [7 * DAY, 7 * DAY],
      [365 * DAY, 60 * DAY],
    ] as const) {
      const payload = { email, rememberMeFor: asked }
      const response = await new Browser(app).request({ method: 'POST', url: '/enter', payload })

      assert.equal(response.cookies.find(({ name }) => name === COOKIE)?.maxAge, given / SECOND)
    }
  })

  test('logs the browser in when it is opened again', async () => {
    const { user, browser } = await rememberedBrowser()

    assert.equal(await browser.whoIsLoggedIn(), user.email)
    assert.ok(browser.cookies.has('session'))
  })

  test('does not make the session as good as one with a password, then or later', async () => {
    const { browser } = await rememberedBrowser()

    assert.equal((await browser.session()).loginState, 'REMEMBERED')
    assert.equal((await browser.session()).loginState, 'REMEMBERED')
  })

  test('does not log a session in that somebody else planted', async () => {
    const { user, browser } = await rememberedBrowser()
    const attacker = new Browser(app)
    await attacker.request({ method: 'POST', url: '/note' })
    const planted = attacker.cookies.get('session')
    assert.ok(planted)
    browser.cookies.set('session', planted)

    assert.equal(await browser.whoIsLoggedIn(), user.email)
    assert.equal(await attacker.whoIsLoggedIn(), null)
    assert.notDeepEqual(browser.cookies.get('session'), planted)
  })

  test('works for many requests at the same moment', { timeout: 60_000 }, async () => {
    const { user, browser } = await rememberedBrowser()
    const tabs = Array.from({ length: 8 }, () => browser.copy())
    const emails = await Promise.all(tabs.map((tab) => tab.whoIsLoggedIn()))

    assert.deepEqual(emails, Array(8).fill(user.email))
  })

  test('is good for nothing once it was changed', async () => {
    const { browser } = await rememberedBrowser()
    const { value = '' } = browser.cookies.get(COOKIE) ?? {}
    const [token = ''] = value.split('.')

    for (const forged of [
      token,
      `${token}.`,
      `x${value}`,
      `${value}x`,
      value.toLowerCase(),
      '',
      '.',
    ]) {
      browser.cookies.clear()
      browser.cookies.set(COOKIE, { value: forged, outlivesBrowser: true })
      assert.equal(await browser.whoIsLoggedIn(), null)
    }
  })

  test('is not the token in the database, nor can it be made from that', async () => {
    const { user, browser } = await rememberedBrowser()
    const [token = ''] = (browser.cookies.get(COOKIE)?.value ?? '').split('.')
    const row = await db.userToken.findFirstOrThrow({ where: { userId: user.id } })

    assert.notDeepEqual(Buffer.from(row.token), Buffer.from(token, 'base64url'))
  })

  test('does not change who is logged in when it is of somebody else', async () => {
    const { browser } = await rememberedBrowser()
    const other = await authenticatedFixture(app)
    const cookie = browser.cookies.get(COOKIE)
    if (cookie) other.browser.cookies.set(COOKIE, cookie)

    assert.equal(await other.browser.whoIsLoggedIn(), other.user.email)
  })
})

describe('a remembered browser is logged out for good', () => {
  test('60 days after the log-in, whatever the cookie says', async () => {
    const { user, browser } = await rememberedBrowser()

    await ageTokens(db, user, 'session', 60 * DAY)
    assert.equal(await browser.whoIsLoggedIn(), null)
    assert.ok(!browser.cookies.has(COOKIE))
  })

  test('by logging out', async () => {
    const { browser } = await rememberedBrowser()
    const thief = browser.copy()
    await browser.sendJson('POST', '/users/log-out')

    assert.ok(!browser.cookies.has(COOKIE))
    assert.equal(await thief.whoIsLoggedIn(), null)
  })

  test('by logging out everywhere', async () => {
    const { user, browser } = await rememberedBrowser()
    const phone = new Browser(app)
    await logIn(phone, user)
    await phone.sendJson('DELETE', '/users/settings/sessions')

    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('by another password', async () => {
    const { user, browser } = await rememberedBrowser()
    await accounts.updateUserPassword(db, user, 'seven green umbrellas dance')

    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('by being deactivated', async () => {
    const { user, browser } = await rememberedBrowser()
    await db.user.update({ where: { id: user.id }, data: { deactivatedAt: new Date() } })

    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('by a log-in that does not ask to be remembered', async () => {
    const { user, browser } = await rememberedBrowser()
    await browser.session()
    await browser.sendJson('POST', '/users/log-out')
    await logIn(browser, user)
    browser.restart()

    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('and the other devices are not', async () => {
    const { user, browser } = await rememberedBrowser()
    const phone = new Browser(app)
    await logIn(phone, user, { rememberMe: true })
    await browser.sendJson('POST', '/users/log-out')
    phone.restart()

    assert.equal(await phone.whoIsLoggedIn(), user.email)
  })
})
