import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

//% if (features.ownSession) {
import { renewSession } from '../../src/plugins/user-auth.js'
//% }
import { authenticatedFixture, logIn } from '../support/accounts-fixtures.js'
import type { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

declare module 'fastify' {
  interface Session {
    testNote?: string
  }
}

let app: FastifyInstance
let events: EventEmitter

beforeEach(async () => {
  events = new EventEmitter()
  app = await buildTestApp({ routes })
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  app.post('/slow', async ({ session }) => {
    setImmediate(() => events.emit('under way'))
    await once(events, 'go on')
    session.testNote = 'too late'

    return {}
  })
  //% if (features.ownSession) {

  app.post('/renew', async (request) => {
    await renewSession(request)

    return {}
  })
  //% }
}

/** Sends a request that is still under way while `work` is done. */
async function during(browser: Browser, work: () => Promise<unknown>): Promise<number> {
  const answer = browser.request({ method: 'POST', url: '/slow' })
  await once(events, 'under way')
  await work()
  events.emit('go on')

  return (await answer).statusCode
}

describe('a request that was under way', () => {
  test('does not bring the session back that a log-out ended', async () => {
    const { browser } = await authenticatedFixture(app)
    const slow = browser.copy()
    await during(slow, () => browser.copy().sendJson('POST', '/users/log-out'))

    assert.equal(await browser.whoIsLoggedIn(), null)
    assert.equal(await slow.whoIsLoggedIn(), null)
  })

  //% if (features.ownSession) {
  test('does not bring the session back under an id from before', async () => {
    const { browser } = await authenticatedFixture(app)
    const slow = browser.copy()
    await during(slow, () => browser.request({ method: 'POST', url: '/renew' }))

    assert.equal(await slow.whoIsLoggedIn(), null)
  })

  //% }
  test('logs no remembered browser in that was logged out meanwhile', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await browser.sendJson('POST', '/users/log-out')
    await logIn(browser, user, { rememberMe: true })
    const slow = browser.copy()
    slow.cookies.delete('session')
    const status = await during(slow, () => browser.sendJson('POST', '/users/log-out'))

    assert.equal(status, 200)
    assert.equal(await slow.whoIsLoggedIn(), null)
  })
})
