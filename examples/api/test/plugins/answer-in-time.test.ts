import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { SECOND } from '../../src/accounts/duration.js'
import { messages } from '../../src/accounts/messages.js'
import { logIn, userFixture } from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

const WITHIN = SECOND

let app: FastifyInstance
let browser: Browser
/** The operation on the database that takes as long as the test wants. */
let held: string | null
let release: () => void
let released: Promise<void>

beforeEach(async () => {
  held = null
  released = new Promise((resolve) => {
    release = resolve
  })
  app = await buildTestApp({
    answerWithin: WITHIN,
    onOperation: (operation) => (operation === held ? released : undefined),
    routes: (own) => {
      own.get('/slow', async () => {
        await setTimeout(1.5 * WITHIN)

        return 'an answer'
      })
    },
  })
  browser = new Browser(app)
})

afterEach(() => app.close())

const OF_A_LOG_IN = ['UserRateLimit.updateMany', 'User.findUnique', 'UserToken.create']
// Which is after the handler, on the way out.
OF_A_LOG_IN.push('UserSession.upsert')

describe('when the database takes too long', () => {
  for (const operation of OF_A_LOG_IN) {
    test(`over ${operation}, a log-in is given up, and lets nobody in later`, async () => {
      const user = await userFixture(app.userAuth.db)
      held = operation
      const response = await logIn(browser, user)

      assert.equal(response.statusCode, 503)
      assert.deepEqual(response.json(), { message: messages.unavailable })
      assert.deepEqual(response.cookies, [])
      assert.equal(response.headers['cache-control'], 'no-store')

      held = null
      release()
      await setTimeout(100)
      assert.equal(await browser.whoIsLoggedIn(), null)
      // Where nobody is in a hurry: a slow machine hashes for longer than that.
      const patient = await buildTestApp()
      const { statusCode } = await logIn(new Browser(patient), user)
      await patient.close()
      assert.equal(statusCode, 200)
    })
  }

  test('over who is asking, that is given up too, and the session is left as it was', async () => {
    const user = await userFixture(app.userAuth.db)
    await logIn(browser, user)
    held = '$queryRaw'

    assert.equal((await browser.getJson('/users/settings')).statusCode, 503)
    held = null
    release()
    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })
})

describe('a route of the app', () => {
  test('takes as long as it likes', async () => {
    const response = await browser.getJson('/slow')

    assert.equal(response.statusCode, 200)
    assert.equal(response.body, 'an answer')
  })
})
