import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../src/accounts/messages.js'
import { SIGNED_IN_PATH } from '../../src/plugins/return-to.js'
import {
  authenticatedFixture,
  extractUserToken,
  mailsTo,
  userFixture,
  validRegistration,
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

async function register(overrides: { email?: string; password?: string } = {}) {
  const registration = validRegistration(overrides)
  await browser.visit('/users/register')
  const response = await browser.submit('/users/register', registration)

  return { ...registration, response }
}

/** The path in the link of the newest mail. */
function linkTo(email: string): string {
  return `/users/confirm/${extractUserToken(mailsTo(app, email)[0])}`
}

describe('the registration page', () => {
  test('has a form that password managers understand', async () => {
    const { statusCode, body } = await browser.visit('/users/register')

    assert.equal(statusCode, 200)
    assert.match(body, /name="email"\s+type="email"[^>]*autocomplete="username"/)
    assert.match(body, /name="password"\s+type="password"[^>]*autocomplete="new-password"/)
    assert.match(body, /minlength="15"/)
  })

  test('leads back to the account for whoever is logged in', async () => {
    const { browser } = await authenticatedFixture(app)

    assert.equal((await browser.visit('/users/register')).headers.location, SIGNED_IN_PATH)
  })

  test('sends to the mailbox, for a free and a taken email alike', async () => {
    const { email } = await userFixture(app.userAuth.db)

    for (const overrides of [{}, { email }]) {
      const { response } = await register(overrides)

      assert.equal(response.statusCode, 303)
      assert.equal(response.headers.location, '/users/log-in')
      assert.ok((await browser.follow(response)).body.includes(messages.linkSent))
    }
  })

  test('shows what is wrong beside each field, with the email and not the password', async () => {
    const { response } = await register({ email: 'a"><script>', password: 'too short' })

    assert.equal(response.statusCode, 422)
    assert.ok(response.body.includes(messages.emailInvalid))
    assert.ok(response.body.includes(messages.passwordTooShort(15)))
    assert.match(response.body, /aria-invalid="true"/)
    assert.match(response.body, /value="a&#34;&gt;&lt;script&gt;"/)
    assert.ok(!response.body.includes('<script>'))
    assert.ok(!response.body.includes('too short'))
  })
})

describe('the page behind the link in the mail', () => {
  test('confirms and logs in with one click, in the browser that registered', async () => {
    const { email } = await register()
    const { body } = await browser.visit(linkTo(email))
    assert.ok(!body.includes('name="password"'))

    const response = await browser.submit(linkTo(email))
    assert.equal(response.statusCode, 303)
    assert.ok((await browser.follow(response)).body.includes(messages.confirmed))
    assert.equal(await browser.whoIsLoggedIn(), email)
  })

  test('asks for a password in another browser', async () => {
    const { email } = await register()
    const phone = new Browser(app)
    const { body } = await phone.visit(linkTo(email))
    assert.match(body, /name="password"/)

    const weak = await phone.submit(linkTo(email), { password: 'too short' })
    assert.equal(weak.statusCode, 422)
    await phone.submit(linkTo(email), { password: 'seven green umbrellas dance' })
    assert.equal(await phone.whoIsLoggedIn(), email)
  })

  test('says what to do when the link was used, has expired or is wrong', async () => {
    const { email } = await register()
    const link = linkTo(email)
    await browser.visit(link)
    await browser.submit(link)

    for (const path of [link, '/users/confirm/wrong']) {
      const { statusCode, body } = await browser.visit(path)

      assert.equal(statusCode, 410)
      assert.match(body, /href="\/users\/confirm"/)
    }
  })

  test('is told to no other site', async () => {
    const { email } = await register()
    const { headers, body } = await browser.visit(linkTo(email))

    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.ok(!/(?:src|href|action)="(?:https?:)?\/\//.test(body))
  })
})

describe('the page that sends another link', () => {
  test('sends one', async () => {
    const { email } = await register()
    const earlier = linkTo(email)
    await browser.visit('/users/confirm')
    const response = await browser.submit('/users/confirm', { email })

    assert.equal(response.statusCode, 303)
    assert.ok((await browser.follow(response)).body.includes(messages.linkSent))
    assert.notEqual(linkTo(email), earlier)
  })
})
