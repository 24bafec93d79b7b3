import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import type { Device } from '../../../src/accounts/devices.js'
import { HOUR } from '../../../src/accounts/duration.js'
import type { User } from '../../../src/generated/prisma/client.js'
import { authenticatedFixture, logIn } from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'

type Listed = Device & { current: boolean }

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0'

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp()
})

afterEach(() => app.close())

async function sessionsIn(browser: Browser): Promise<Listed[]> {
  const response = await browser.getJson('/users/settings/sessions')
  assert.equal(response.statusCode, 200)

  return response.json().sessions
}

async function otherSessionOf(browser: Browser): Promise<Listed> {
  const other = (await sessionsIn(browser)).find(({ current }) => !current)
  assert.ok(other)

  return other
}

async function onTwoDevices(): Promise<{ user: User; browser: Browser; phone: Browser }> {
  const { user, browser } = await authenticatedFixture(app)
  const phone = new Browser(app)
  await logIn(phone, user, { rememberMe: true })

  return { user, browser, phone }
}

describe('GET /users/settings/sessions', () => {
  test('lists where somebody is logged in, and says which is this one', async () => {
    const { browser } = await onTwoDevices()
    const sessions = await sessionsIn(browser)

    assert.equal(sessions.length, 2)
    assert.equal(sessions.filter(({ current }) => current).length, 1)
    for (const session of sessions) {
      assert.equal(session.ip, '127.0.0.1')
      assert.ok(Date.now() - new Date(session.lastSeenAt ?? 0).getTime() < HOUR)
    }
  })

  test('says which browser it was, and from where, as of the last hour', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const { db } = app.userAuth
    const longAgo = new Date(Date.now() - 2 * HOUR)
    await db.userToken.updateMany({ where: { userId: user.id }, data: { lastSeenAt: longAgo } })
    //% if (features.ownSession) {
    await db.userSession.updateMany({
      where: { userToken: { userId: user.id } },
      data: { lastSeenAt: longAgo },
    })
    //% }
    await browser.request({
      method: 'GET',
      url: '/users/session',
      headers: { 'user-agent': FIREFOX },
      remoteAddress: '203.0.113.7',
    })
    const [session] = await sessionsIn(browser)

    assert.equal(`${session?.browser} on ${session?.system}`, 'Firefox on Linux')
    assert.equal(session?.ip, '203.0.113.7')
  })

  test('shows no token, and nothing that logs in', async () => {
    const { browser } = await onTwoDevices()
    const { id } = await otherSessionOf(browser)
    const response = await browser.getJson('/users/settings/sessions')
    assert.ok(!/token|hash|[\w-]{43}/i.test(response.body))

    for (const name of browser.cookies.keys()) {
      const thief = new Browser(app)
      thief.cookies.set(name, { value: String(id), outlivesBrowser: true })
      assert.equal(await thief.whoIsLoggedIn(), null)
    }
  })

  test('is not for visitors', async () => {
    const response = await new Browser(app).getJson('/users/settings/sessions')

    assert.equal(response.statusCode, 401)
  })
})

describe('ending one session', () => {
  const WAYS = [
    ['DELETE', (id: unknown) => `/users/settings/sessions/${id}`],
    ['POST', (id: unknown) => `/users/settings/sessions/${id}/delete`],
  ] as const

  for (const [method, urlOf] of WAYS) {
    test(`${method} logs that device out, and no other`, async () => {
      const { user, browser, phone } = await onTwoDevices()
      const { id } = await otherSessionOf(browser)
      const response = await browser.sendJson(method, urlOf(id))

      assert.equal(response.statusCode, 204)
      assert.equal(await phone.whoIsLoggedIn(), null)
      phone.restart()
      assert.equal(await phone.whoIsLoggedIn(), null)
      assert.equal(await browser.whoIsLoggedIn(), user.email)
    })

    test(`${method} of this one is a log-out`, async () => {
      const { browser } = await authenticatedFixture(app)
      const [here] = await sessionsIn(browser)
      const thief = browser.copy()
      const response = await browser.sendJson(method, urlOf(here?.id))

      assert.equal(response.statusCode, 204)
      assert.ok(response.headers['clear-site-data'])
      assert.equal(await thief.whoIsLoggedIn(), null)
    })
  }

  test('does not find the session of somebody else', async () => {
    const { browser } = await authenticatedFixture(app)
    const stranger = await authenticatedFixture(app)
    const [theirs] = await sessionsIn(stranger.browser)

    for (const [method, urlOf] of WAYS) {
      assert.equal((await browser.sendJson(method, urlOf(theirs?.id))).statusCode, 404)
    }
    assert.equal(await stranger.browser.whoIsLoggedIn(), stranger.user.email)
  })

  test('answers the same for every id that is none', async () => {
    const { browser } = await authenticatedFixture(app)

    for (const id of ['0', '-1', '999999', 'null', 'x'.repeat(90), '%00', '1e3', "'--"]) {
      const url = `/users/settings/sessions/${encodeURIComponent(id)}`
      assert.equal((await browser.sendJson('DELETE', url)).statusCode, 404, id)
    }
  })
})
