import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../src/accounts/messages.js'
import { SIGNED_IN_PATH } from '../../src/plugins/return-to.js'
import {
  authenticatedFixture,
  uniqueEmail,
  userFixture,
  validPassword,
} from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp()
  browser = new Browser(app)
})

afterEach(() => app.close())

async function logIn(fields: Record<string, string>) {
  await browser.visit('/users/log-in')

  return browser.submit('/users/log-in', { password: validPassword, ...fields })
}

describe('the log-in page', () => {
  test('has a form that password managers understand', async () => {
    const { statusCode, headers, body } = await browser.visit('/users/log-in')

    assert.equal(statusCode, 200)
    assert.match(String(headers['content-type']), /^text\/html/)
    assert.match(body, /<form method="post" action="\/users\/log-in">/)
    assert.match(body, /name="email"\s+type="email"[^>]*autocomplete="username"/)
    assert.match(body, /name="password"\s+type="password"[^>]*autocomplete="current-password"/)
    assert.match(body, /name="rememberMe"\s+type="checkbox"/)
    assert.match(body, /href="\/users\/register"/)
  })

  test('loads nothing from anywhere else, and runs no script', async () => {
    const { body } = await browser.visit('/users/log-in')

    assert.ok(!/<script|javascript:|(?:src|href|action)="(?:https?:)?\/\//.test(body))
  })

  test('leads back to the account for whoever is logged in', async () => {
    const { browser } = await authenticatedFixture(app)
    const response = await browser.visit('/users/log-in')

    assert.equal(response.statusCode, 302)
    assert.equal(response.headers.location, SIGNED_IN_PATH)
  })
})

describe('logging in with the form', () => {
  test('leads to the account, and says welcome once', async () => {
    const { email } = await userFixture(app.userAuth.db)
    const response = await logIn({ email })

    assert.equal(response.statusCode, 303)
    assert.equal(response.headers.location, SIGNED_IN_PATH)
    assert.ok((await browser.follow(response)).body.includes(messages.loggedIn))
    assert.ok(!(await browser.follow(response)).body.includes(messages.loggedIn))
  })

  test('remembers the browser when the box is ticked', async () => {
    const { email } = await userFixture(app.userAuth.db)
    await logIn({ email, rememberMe: 'true' })
    browser.restart()

    assert.equal(await browser.whoIsLoggedIn(), email)
  })

  test('shows the form again when something was wrong, with the email and not the password', async () => {
    const { email } = await userFixture(app.userAuth.db)
    const { statusCode, body } = await logIn({ email, password: 'some other phrase entirely' })

    assert.equal(statusCode, 401)
    assert.ok(body.includes(messages.invalidCredentials))
    assert.ok(body.includes(`value="${email}"`))
    assert.ok(!body.includes('some other phrase entirely'))
  })

  test('shows the same page for an unknown email', async () => {
    const { email } = await userFixture(app.userAuth.db)
    const unknown = uniqueEmail()
    const pages = [
      (await logIn({ email, password: 'some other phrase entirely' })).body.split(email).join(''),
      (await logIn({ email: unknown })).body.split(unknown).join(''),
    ].map((body) => body.replace(/name="_csrf" value="[^"]*"/g, ''))

    assert.equal(pages[0], pages[1])
  })

  test('shows what was typed as text, never as a part of the page', async () => {
    const { body } = await logIn({ email: '"><script>alert(1)</script>', next: '"><img src=x>' })

    assert.ok(!body.includes('<script'))
    assert.ok(!body.includes('<img'))
  })

  test('refuses a form without its token, and says what to do', async () => {
    const { email } = await userFixture(app.userAuth.db)
    const { statusCode, body } = await logIn({ email, _csrf: 'wrong' })

    assert.equal(statusCode, 403)
    assert.ok(body.includes(messages.formExpired))
    assert.equal(await browser.whoIsLoggedIn(), null)
  })
})

describe('logging out with the button on every page', () => {
  test('leads to the start page', async () => {
    const { browser } = await authenticatedFixture(app)
    await browser.visit('/users/settings')
    const response = await browser.submit('/users/log-out')

    assert.equal(response.statusCode, 303)
    assert.equal(response.headers.location, '/')
    assert.equal(await browser.whoIsLoggedIn(), null)
    assert.ok((await browser.visit('/users/log-in')).body.includes(messages.loggedOut))
  })
})
