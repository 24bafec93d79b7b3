import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { MINUTE } from '../../src/accounts/duration.js'
import { messages } from '../../src/accounts/messages.js'
import { NO_PASSWORD } from '../../src/accounts/password.js'
import type { User } from '../../src/generated/prisma/client.js'
import { SIGNED_IN_PATH } from '../../src/plugins/return-to.js'
import { requireFreshLogin, requireSudoMode } from '../../src/plugins/user-auth.js'
import { authenticatedFixture, logIn, validPassword } from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

const password = 'seven green umbrellas dance'

let app: FastifyInstance
let user: User
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp({ routes })
  const remembered = await authenticatedFixture(app, { fresh: false })
  user = remembered.user
  browser = remembered.browser
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  app.get('/fresh', { onRequest: requireFreshLogin }, async () => 'reached')
  app.get('/sudo', { onRequest: requireSudoMode }, async () => 'reached')
}

describe('confirming that it is you', () => {
  test('is asked for by a page that needs it, which one comes back to, once', async () => {
    for (const path of ['/fresh?a=1', '/sudo?a=1&b=2']) {
      const { browser } = await authenticatedFixture(app, { fresh: false })
      const sentAway = await browser.visit(path)
      assert.equal(sentAway.statusCode, 302)
      assert.equal(sentAway.headers.location, '/users/confirm-login')

      await browser.follow(sentAway)
      const confirmed = await browser.submit('/users/confirm-login', { password: validPassword })
      assert.equal(confirmed.headers.location, path)
      assert.equal((await browser.follow(confirmed)).body, 'reached')
    }
  })

  test('says at the field that the password is wrong, and comes back after that too', async () => {
    await browser.follow(await browser.visit('/sudo'))
    const wrong = await browser.submit('/users/confirm-login', { password: 'wrong' })
    assert.equal(wrong.statusCode, 401)
    assert.match(wrong.body, /id="password-error"/)

    const right = await browser.submit('/users/confirm-login', { password: validPassword })
    assert.equal(right.headers.location, '/sudo')
  })

  test('leads to no other host', async () => {
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      await browser.visit(`/users/confirm-login?${new URLSearchParams({ next })}`)
      const fields = { next, password: validPassword }
      const { headers } = await browser.submit('/users/confirm-login', fields)
      assert.equal(headers.location, SIGNED_IN_PATH)
    }
  })

  test('does not ask somebody for a password who has none', async () => {
    const data = { hashedPassword: NO_PASSWORD }
    await app.userAuth.db.user.update({ where: { id: user.id }, data })
    const { body } = await browser.visit('/users/confirm-login')

    assert.ok(!body.includes('type="password"'))
  })

  test('is for somebody who is logged in', async () => {
    const response = await new Browser(app).visit('/users/confirm-login')

    assert.equal(response.headers.location, '/users/log-in')
  })
})

describe('the password form of the account page', () => {
  test('is there in sudo mode, and a way to get there otherwise', async () => {
    assert.match((await browser.visit('/users/settings')).body, /confirm-login\?next=/)
    await browser.visit('/users/confirm-login?next=/users/settings')
    await browser.submit('/users/confirm-login', { password: validPassword })

    assert.match((await browser.visit('/users/settings')).body, /name="currentPassword"/)
  })

  test('changes the password, and says so', async () => {
    await browser.sendJson('POST', '/users/confirm-login', { password: validPassword })
    await browser.visit('/users/settings')
    const fields = { currentPassword: validPassword, password }
    const response = await browser.submit('/users/settings/password', fields)

    assert.equal(response.headers.location, SIGNED_IN_PATH)
    assert.ok((await browser.follow(response)).body.includes(messages.passwordChanged))
    assert.equal((await logIn(new Browser(app), user, { password })).statusCode, 200)
  })

  test('says at each field what is wrong with it', async () => {
    await browser.sendJson('POST', '/users/confirm-login', { password: validPassword })
    await browser.visit('/users/settings')
    const fields = { currentPassword: 'wrong', password }
    const wrong = await browser.submit('/users/settings/password', fields)
    assert.equal(wrong.statusCode, 422)
    assert.match(wrong.body, /id="currentPassword-error"/)

    const weak = { currentPassword: validPassword, password: 'short' }
    const { body } = await browser.submit('/users/settings/password', weak)
    assert.match(body, /id="password-error"/)
  })

  test('that is sent too late leads to the question who it is, and back to the form', async () => {
    await browser.sendJson('POST', '/users/confirm-login', { password: validPassword })
    await browser.visit('/users/settings')
    const authenticatedAt = new Date(Date.now() - 11 * MINUTE)
    const where = { userId: user.id }
    await app.userAuth.db.userToken.updateMany({ where, data: { authenticatedAt } })
    const late = await browser.submit('/users/settings/password', { password })
    assert.equal(late.headers.location, '/users/confirm-login')

    await browser.follow(late)
    const confirmed = await browser.submit('/users/confirm-login', { password: validPassword })
    assert.equal(confirmed.headers.location, SIGNED_IN_PATH)
  })
})
