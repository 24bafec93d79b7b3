import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../src/accounts/messages.js'
import { page } from '../../src/plugins/pages.js'
import { authenticatedFixture } from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp()
})

afterEach(() => app.close())

describe('every page', () => {
  test('says who is logged in, and offers to log out', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const { body } = await browser.visit('/users/settings')

    assert.ok(body.includes(`<span class="email">${user.email}</span>`))
    assert.match(body, /<form method="post" action="\/users\/log-out">/)
  })

  test('offers a visitor to log in', async () => {
    const { body } = await new Browser(app).visit('/users/confirm')

    assert.match(body, /<a href="\/users\/log-in">Log in<\/a>/)
    assert.ok(!body.includes('action="/users/log-out"'))
  })

  test('is kept in no cache', async () => {
    const { browser } = await authenticatedFixture(app)
    const { headers } = await browser.visit('/users/settings')

    assert.equal(headers['cache-control'], 'no-store')
  })

  test('without a form sets no cookie', async () => {
    for (const path of ['/users/confirm/wrong', '/dev/mailbox', '/dev/mailbox/wrong']) {
      assert.deepEqual((await new Browser(app).visit(path)).cookies, [], path)
    }
  })

  test('gets its style without a look at the session', async () => {
    const operations: string[] = []
    const observed = await buildTestApp({ onOperation: (operation) => operations.push(operation) })
    const { browser } = await authenticatedFixture(observed)
    operations.length = 0
    const response = await browser.visit('/users/assets/style.css')
    await observed.close()

    assert.match(String(response.headers['content-type']), /^text\/css/)
    assert.deepEqual(operations, [])
  })
})

describe('the account page', () => {
  test('logs out everywhere', async () => {
    const { browser } = await authenticatedFixture(app)
    const thief = browser.copy()
    await browser.visit('/users/settings')
    const response = await browser.submit('/users/settings/sessions/delete-all')

    assert.equal(response.statusCode, 303)
    assert.equal(response.headers.location, '/users/log-in')
    assert.ok((await browser.follow(response)).body.includes(messages.loggedOutEverywhere))
    assert.equal(await thief.whoIsLoggedIn(), null)
  })
})

describe('an error', () => {
  test('in a page shows nothing of the page', async () => {
    const broken = await buildTestApp({
      routes: (app) => {
        app.get('/broken', async (_request, reply) =>
          page(reply, 'users/confirm.ejs', { title: 'A page without what it needs' }),
        )
      },
    })
    const { statusCode, headers, body } = await new Browser(broken).visit('/broken')
    await broken.close()

    assert.equal(statusCode, 500)
    assert.match(String(headers['content-type']), /^text\/plain/)
    assert.equal(body, messages.unexpected)
  })

  test('is a page for whoever asks for one, and JSON for a script', async () => {
    const headers = { accept: 'text/html' }
    const request = { method: 'POST', url: '/users/log-in', payload: {} } as const
    const page = await app.inject({ ...request, headers })
    const json = await app.inject(request)

    assert.equal(page.statusCode, 403)
    assert.match(page.body, /<h1>That did not go through<\/h1>/)
    assert.deepEqual(json.json(), { message: messages.formExpired })
  })
})
