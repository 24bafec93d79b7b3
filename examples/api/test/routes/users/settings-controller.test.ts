import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { authenticatedFixture, logIn } from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp()
})

afterEach(() => app.close())

describe('GET /users/settings', () => {
  test('shows a user the account, without the password hash', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const response = await browser.getJson('/users/settings')

    assert.equal(response.statusCode, 200)
    assert.equal(response.json().user.email, user.email)
    assert.ok(!/argon2|hashedPassword/.test(response.body))
  })

  test('is not for visitors', async () => {
    assert.equal((await new Browser(app).getJson('/users/settings')).statusCode, 401)
  })
})

describe('log out everywhere', () => {
  const ROUTES = [
    ['DELETE', '/users/settings/sessions'],
    ['POST', '/users/settings/sessions/delete-all'],
  ] as const

  for (const [method, url] of ROUTES) {
    test(`${method} ${url} ends every session of the user`, async () => {
      const { user, browser } = await authenticatedFixture(app)
      const phone = new Browser(app)
      await logIn(phone, user, { rememberMe: true })
      const response = await browser.sendJson(method, url)

      assert.equal(response.statusCode, 204)
      assert.equal(await browser.whoIsLoggedIn(), null)
      assert.equal(await phone.whoIsLoggedIn(), null)
    })
  }

  test('ends no session of anybody else', async () => {
    const { browser } = await authenticatedFixture(app)
    const stranger = await authenticatedFixture(app)
    await browser.sendJson('DELETE', '/users/settings/sessions')

    assert.equal(await stranger.browser.whoIsLoggedIn(), stranger.user.email)
  })

  test('does not end the sessions of whoever logs in afterwards', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await browser.sendJson('DELETE', '/users/settings/sessions')
    await logIn(browser, user)

    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })

  test('is not for visitors', async () => {
    const response = await new Browser(app).sendJson('DELETE', '/users/settings/sessions')

    assert.equal(response.statusCode, 401)
  })
})
