import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../src/accounts/messages.js'
import { logInUrl, SIGNED_IN_PATH } from '../../src/plugins/return-to.js'
import { requireAuthenticatedUser } from '../../src/plugins/user-auth.js'
import { userFixture, validPassword } from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp({ routes })
  browser = new Browser(app)
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  app.route({
    method: ['GET', 'POST'],
    url: '/members',
    onRequest: requireAuthenticatedUser,
    handler: async () => 'reached',
  })
}

/** Where the form on this page leads. */
async function logIn(fields: Record<string, string> = {}): Promise<unknown> {
  const { email } = await userFixture(app.userAuth.db)
  const login = { email, password: validPassword, ...fields }
  const response = await browser.submit('/users/log-in', login)

  return response.headers.location
}

describe('a visitor who asks for a page that needs a log-in', () => {
  test('is led to the log-in page, and told why', async () => {
    const response = await browser.visit('/members')

    assert.equal(response.statusCode, 302)
    assert.equal(response.headers.location, '/users/log-in')
    assert.ok((await browser.follow(response)).body.includes(messages.logInRequired))
  })

  test('comes back to it afterwards, with its query', async () => {
    await browser.follow(await browser.visit('/members?a=1&b=2'))

    assert.equal(await logIn(), '/members?a=1&b=2')
  })

  test('comes back after a wrong password too', async () => {
    await browser.follow(await browser.visit('/members'))
    await logIn({ password: 'some other phrase entirely' })

    assert.equal(await logIn(), '/members')
  })

  test('comes back to it once', async () => {
    await browser.follow(await browser.visit('/members'))
    await logIn()
    await browser.visit('/users/settings')
    await browser.submit('/users/log-out')
    await browser.visit('/users/log-in')

    assert.equal(await logIn(), SIGNED_IN_PATH)
  })

  test('does not come back to a form that was sent: it would be sent again', async () => {
    await browser.request({ method: 'POST', url: '/members', headers: { accept: 'text/html' } })
    await browser.visit('/users/log-in')

    assert.equal(await logIn(), SIGNED_IN_PATH)
  })

  test('is not led to another host by the request', async () => {
    const headers = {
      accept: 'text/html',
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      referer: 'https://evil.example/',
    }

    for (const url of ['/members', '//evil.example/members', '/members?next=//evil.example']) {
      const response = await browser.request({ method: 'GET', url, headers })
      assert.ok(!String(response.headers.location ?? '').includes('evil'))
    }
  })
})

describe('a link to the log-in page', () => {
  test('may say where to go afterwards', async () => {
    await browser.visit(logInUrl('/members?a=1'))

    assert.equal(await logIn({ next: '/members?a=1' }), '/members?a=1')
  })

  test('carries it through the form', async () => {
    const { body } = await browser.visit(logInUrl('/members?a=1'))

    assert.match(body, /name="next" value="\/members\?a=1"/)
  })

  test('cannot lead to another host', async () => {
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/.//evil.example',
    ]) {
      browser.cookies.clear()
      await browser.visit(logInUrl(next))

      assert.equal(await logIn({ next }), SIGNED_IN_PATH)
    }
  })
})
