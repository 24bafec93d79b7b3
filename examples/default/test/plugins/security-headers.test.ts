import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { authenticatedFixture, logIn, userFixture } from '../support/accounts-fixtures.js'
import { Browser, type Response } from '../support/browser.js'
import { buildTestApp, PRODUCTION } from '../support/build-app.js'

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp()
})

afterEach(() => app.close())

function assertStrict({ headers }: Response): void {
  assert.equal(headers['cache-control'], 'no-store')
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['x-frame-options'], 'DENY')
  assert.equal(headers['referrer-policy'], 'no-referrer')

  for (const directive of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    assert.ok(String(headers['content-security-policy']).includes(directive), directive)
  }
}

describe('the answers of this app are kept in no cache and shown in no frame', () => {
  test('when they are for a visitor', async () => {
    assertStrict(await new Browser(app).getJson('/users/session'))
  })

  test('when they are for a user', async () => {
    const { browser } = await authenticatedFixture(app)

    assertStrict(await browser.getJson('/users/settings'))
  })

  test('when a log-in succeeds and when it fails', async () => {
    const user = await userFixture(app.userAuth.db)

    assertStrict(await logIn(new Browser(app), user))
    assertStrict(await logIn(new Browser(app), user, { password: 'some other phrase entirely' }))
  })

  test('when they say no', async () => {
    const browser = new Browser(app)

    assertStrict(await browser.getJson('/users/settings'))
    assertStrict(await browser.request({ method: 'POST', url: '/users/log-in', payload: {} }))
    assertStrict(await browser.sendJson('POST', '/users/log-in', {}))
    assertStrict(await browser.getJson(`/users/confirm/${'A'.repeat(43)}`))
    assertStrict(await browser.visit('/users/settings'))
  })
})

describe('strict-transport-security', () => {
  test('is sent in production, for a year', async () => {
    const production = await buildTestApp({ env: PRODUCTION })
    const { headers } = await new Browser(production).getJson('/users/session')
    await production.close()

    assert.match(String(headers['strict-transport-security']), /max-age=31536000/)
  })

  test('is sent when the database takes too long as well', async () => {
    const onOperation = (operation: string) =>
      operation === 'UserToken.findUnique' ? setTimeout(300) : undefined
    const production = await buildTestApp({ env: PRODUCTION, answerWithin: 100, onOperation })
    const response = await new Browser(production).getJson(`/users/confirm/${'A'.repeat(43)}`)
    await production.close()

    assert.equal(response.statusCode, 503)
    assert.match(String(response.headers['strict-transport-security']), /max-age=31536000/)
  })

  test('is not sent in development, where there is no https', async () => {
    const { headers } = await new Browser(app).getJson('/users/session')

    assert.equal(headers['strict-transport-security'], undefined)
  })
})
