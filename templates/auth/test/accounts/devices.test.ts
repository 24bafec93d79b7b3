import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { describeUserAgent, listUserSessions } from '../../src/accounts/devices.js'
import { SESSION_VALID_FOR } from '../../src/accounts/user-token.js'
import { ageTokens, sessionFixture, userFixture } from '../support/accounts-fixtures.js'
import { buildTestApp } from '../support/build-app.js'

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp()
})

afterEach(() => app.close())

describe('describeUserAgent', () => {
  const KNOWN = {
    'Firefox on Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0',
    'Chrome on Windows':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Edge on Windows':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Chrome on Android':
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'Safari on iPhone':
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'Safari on macOS':
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  }

  test('says what people call their browser and system', () => {
    for (const [name, userAgent] of Object.entries(KNOWN)) {
      const { browser, system } = describeUserAgent(userAgent)

      assert.equal(`${browser} on ${system}`, name)
    }
  })

  test('keeps nothing that a client made up', () => {
    for (const userAgent of [undefined, '', '<script>', 'x'.repeat(10_000), '\r\nadmin']) {
      assert.deepEqual(describeUserAgent(userAgent), { browser: null, system: null })
    }
  })
})

describe('listUserSessions', () => {
  test('lists the sessions of one user that have not expired, and no token of them', async () => {
    const { db } = app.userAuth
    const user = await userFixture(db)
    await sessionFixture(db, user)
    await ageTokens(db, user, 'session', SESSION_VALID_FOR)
    const { userToken } = await sessionFixture(db, user)
    await sessionFixture(db, await userFixture(db))
    const sessions = await listUserSessions(db, user)

    assert.deepEqual(
      sessions.map(({ id }) => id),
      [userToken.id],
    )
    assert.ok(!('token' in (sessions[0] ?? {})))
  })
})
