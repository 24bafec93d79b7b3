import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { MINUTE } from '../../../src/accounts/duration.js'
import { messages } from '../../../src/accounts/messages.js'
import { authenticatedFixture, logIn, mailsTo } from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp()
})

afterEach(() => app.close())

async function exists(email: string): Promise<boolean> {
  return (await app.userAuth.db.user.count({ where: { email } })) === 1
}

const WAYS = [
  ['DELETE', '/users/settings'],
  ['POST', '/users/settings/delete'],
] as const

for (const [method, url] of WAYS) {
  describe(`${method} ${url}`, () => {
    test('deletes the account, and every session and link of it', async () => {
      const { user, browser } = await authenticatedFixture(app)
      const phone = new Browser(app)
      await logIn(phone, user, { rememberMe: true })
      const response = await browser.sendJson(method, url)

      assert.equal(response.statusCode, 204)
      assert.ok(!(await exists(user.email)))
      assert.equal(await app.userAuth.db.userToken.count({ where: { userId: user.id } }), 0)
      for (const everywhere of [browser, phone]) {
        assert.equal(await everywhere.whoIsLoggedIn(), null)
        everywhere.restart()
        assert.equal(await everywhere.whoIsLoggedIn(), null)
      }
      assert.equal((await logIn(new Browser(app), user)).statusCode, 401)
    })

    test('is for those who gave the password a moment ago', async () => {
      const { user, browser } = await authenticatedFixture(app)
      await app.userAuth.db.userToken.updateMany({
        where: { userId: user.id },
        data: { authenticatedAt: new Date(Date.now() - 11 * MINUTE) },
      })
      const remembered = await authenticatedFixture(app, { fresh: false })

      for (const { browser: stale } of [{ browser }, remembered]) {
        assert.equal((await stale.sendJson(method, url)).statusCode, 401)
      }
      assert.ok(await exists(user.email))
      assert.ok(await exists(remembered.user.email))
    })

    test('is not for visitors, nor for forms of another site', async () => {
      const { user, browser } = await authenticatedFixture(app)
      const headers = { accept: 'application/json' }

      assert.equal((await new Browser(app).sendJson(method, url)).statusCode, 401)
      assert.equal((await browser.request({ method, url, headers })).statusCode, 403)
      assert.ok(await exists(user.email))
    })
  })
}

describe('a deleted account', () => {
  test('is nobody else’s', async () => {
    const stranger = await authenticatedFixture(app)
    const { browser } = await authenticatedFixture(app)
    await browser.sendJson('DELETE', '/users/settings')

    assert.equal(await stranger.browser.whoIsLoggedIn(), stranger.user.email)
  })

  test('is told of at its address, once, however often it was asked for at once', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const { csrfToken } = await browser.session()
    const headers = { accept: 'application/json', 'x-csrf-token': csrfToken }
    const tabs = Array.from({ length: 8 }, () => browser.copy())
    const answers = await Promise.all(
      tabs.map((tab) => tab.request({ method: 'DELETE', url: '/users/settings', headers })),
    )
    const statuses = answers.map(({ statusCode }) => statusCode)

    assert.equal(statuses.filter((status) => status === 204).length, 1)
    assert.ok(statuses.every((status) => [204, 401, 403].includes(status)))
    assert.equal(mailsTo(app, user.email).length, 1)
  })
})

describe('an account that something still refers to', () => {
  test('stays as it is, and that is said', async () => {
    const inUse = Object.assign(new Error('Foreign key constraint violated'), { code: 'P2003' })
    const broken = await buildTestApp({
      onOperation: (operation) => {
        if (operation === 'User.deleteMany') throw inUse
      },
    })
    const { user, browser } = await authenticatedFixture(broken)
    const response = await browser.sendJson('DELETE', '/users/settings')

    assert.equal(response.statusCode, 409)
    assert.deepEqual(response.json(), { message: messages.accountInUse })
    assert.equal(await browser.whoIsLoggedIn(), user.email)
    await broken.close()
  })
})
