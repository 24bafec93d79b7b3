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
} from '../support/accounts-fixtures.js'
import { Browser, type Response } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'
import { magicLinkTokenFixture } from '../support/link-fixtures.js'

let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp()
  browser = new Browser(app)
})

afterEach(() => app.close())

async function askForLink(email: string, fields: Record<string, string> = {}): Promise<Response> {
  const { csrfToken } = await browser.session()

  return browser.request({
    method: 'POST',
    url: '/users/log-in/link',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: csrfToken, email, password: '', ...fields }).toString(),
  })
}

/** Asks for a link on the page that is open, and opens it. */
async function openLink(email: string, fields: Record<string, string> = {}): Promise<string> {
  const asked = await askForLink(email, fields)
  assert.equal(asked.statusCode, 303)
  assert.ok((await browser.follow(asked)).body.includes(messages.linkSent))
  const url = `/users/log-in/link/${extractUserToken(mailsTo(app, email)[0])}`
  await browser.visit(url)

  return url
}

describe('logging in with a link', () => {
  test('is offered beside the password', async () => {
    const { body } = await browser.visit('/users/log-in')

    assert.match(body, /formaction="\/users\/log-in\/link" formnovalidate/)
  })

  test('wants an address first, and forgets nothing of the form', async () => {
    const response = await askForLink('', { next: '/somewhere', rememberMe: 'true' })

    assert.equal(response.statusCode, 422)
    assert.ok(response.body.includes(messages.emailInvalid))
    assert.match(response.body, /name="next" value="\/somewhere"/)
    assert.match(response.body, /\schecked\s/)
  })

  test('takes one click, after the mail', async () => {
    const user = await userFixture(app.userAuth.db)
    const url = await openLink(user.email)
    assert.equal(await browser.whoIsLoggedIn(), null)

    await browser.visit(url)
    const response = await browser.submit(url)
    assert.equal(response.headers.location, SIGNED_IN_PATH)
    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })

  test('leads to where somebody wanted to go, and to no other host', async () => {
    const user = await userFixture(app.userAuth.db)
    const url = await openLink(user.email, { next: '/users/settings?a=1' })
    await browser.visit(url)
    assert.equal((await browser.submit(url)).headers.location, '/users/settings?a=1')

    await browser.visit('/users/settings')
    await browser.submit('/users/log-out')
    const other = await openLink(user.email, { next: '//evil.example' })
    await browser.visit(other)
    assert.equal((await browser.submit(other)).headers.location, SIGNED_IN_PATH)
  })

  test('remembers the browser when the box is ticked', async () => {
    const user = await userFixture(app.userAuth.db)
    const url = await openLink(user.email)
    await browser.visit(url)
    await browser.submit(url, { rememberMe: 'true' })
    browser.restart()

    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })

  test('finds a way on when the link no longer works', async () => {
    const { statusCode, body } = await browser.visit('/users/log-in/link/used')

    assert.equal(statusCode, 410)
    assert.match(body, /<a class="button" href="\/users\/log-in">/)
  })

  test('leads somebody else who is logged in to their own account', async () => {
    const { browser } = await authenticatedFixture(app)
    const user = await userFixture(app.userAuth.db)
    const token = await magicLinkTokenFixture(app.userAuth.db, user)
    const response = await browser.visit(`/users/log-in/link/${token}`)

    assert.equal(response.statusCode, 302)
    assert.equal(response.headers.location, SIGNED_IN_PATH)
  })
})
