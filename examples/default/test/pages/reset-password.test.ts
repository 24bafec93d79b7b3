import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../src/accounts/messages.js'
import {
  authenticatedFixture,
  extractUserToken,
  logIn,
  mailsTo,
  userFixture,
} from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'
import { resetPasswordTokenFixture } from '../support/link-fixtures.js'

const password = 'seven green umbrellas dance'

let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp()
  browser = new Browser(app)
})

afterEach(() => app.close())

describe('somebody who forgot the password', () => {
  test('is told when there is no address to send a mail to', async () => {
    await browser.visit('/users/reset-password')
    const response = await browser.submit('/users/reset-password', { email: 'ada' })

    assert.equal(response.statusCode, 422)
    assert.ok(response.body.includes(messages.emailInvalid))
    assert.match(response.body, /value="ada"/)
  })

  test('gets a mail, chooses a new one, and logs in with it', async () => {
    const user = await userFixture(app.userAuth.db)
    await browser.visit('/users/reset-password')
    const asked = await browser.submit('/users/reset-password', { email: user.email })
    assert.equal(asked.headers.location, '/users/log-in')
    assert.ok((await browser.follow(asked)).body.includes(messages.linkSent))

    const url = `/users/reset-password/${extractUserToken(mailsTo(app, user.email)[0])}`
    await browser.visit(url)
    const changed = await browser.submit(url, { password })
    assert.equal(changed.statusCode, 303)
    assert.ok((await browser.follow(changed)).body.includes(messages.passwordReset))
    assert.equal((await logIn(browser, user, { password })).statusCode, 200)
  })

  test('reads at the password what is wrong with it, and can try again', async () => {
    const user = await userFixture(app.userAuth.db)
    const url = `/users/reset-password/${await resetPasswordTokenFixture(app.userAuth.db, user)}`
    await browser.visit(url)
    const refused = await browser.submit(url, { password: 'short' })

    assert.equal(refused.statusCode, 422)
    assert.match(refused.body, /id="password-error"/)
    assert.equal((await browser.submit(url, { password })).statusCode, 303)
  })

  test('finds a way on when the link no longer works', async () => {
    const { statusCode, body } = await browser.visit('/users/reset-password/used')

    assert.equal(statusCode, 410)
    assert.match(body, /<a class="button" href="\/users\/reset-password">/)
  })

  test('may ask from a browser that is logged in', async () => {
    const { browser } = await authenticatedFixture(app)

    assert.equal((await browser.visit('/users/reset-password')).statusCode, 200)
  })
})
