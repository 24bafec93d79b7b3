import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { AFTER_PASSWORD, BEFORE_PASSWORD } from '../../../src/routes/users/log-in-guards.js'
import { logIn, uniqueEmail, userFixture } from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'

class Closed extends Error {
  readonly statusCode = 403
}

async function closed(): Promise<void> {
  throw new Closed('Come back tomorrow')
}

let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp()
  browser = new Browser(app)
})

afterEach(async () => {
  BEFORE_PASSWORD.splice(BEFORE_PASSWORD.indexOf(closed) >>> 0, 1)
  AFTER_PASSWORD.splice(AFTER_PASSWORD.indexOf(closed) >>> 0, 1)
  await app.close()
})

describe('a guard before the password', () => {
  test('ends the log-in: no session, no cookie', async () => {
    BEFORE_PASSWORD.push(closed)
    const { id, email } = await userFixture(app.userAuth.db)
    const response = await logIn(browser, { email })

    assert.equal(response.statusCode, 403)
    assert.deepEqual(response.cookies, [])
    assert.equal(await app.userAuth.db.userToken.count({ where: { userId: id } }), 0)
  })

  test('runs for an address without an account too', async () => {
    BEFORE_PASSWORD.push(closed)

    assert.equal((await logIn(browser, { email: uniqueEmail() })).statusCode, 403)
  })
})

describe('a guard after the password', () => {
  test('ends the log-in: no session, no cookie', async () => {
    AFTER_PASSWORD.push(closed)
    const { id, email } = await userFixture(app.userAuth.db)
    const response = await logIn(browser, { email })

    assert.equal(response.statusCode, 403)
    assert.deepEqual(response.cookies, [])
    assert.equal(await app.userAuth.db.userToken.count({ where: { userId: id } }), 0)
  })

  test('tells nobody about an account whose password is not known', async () => {
    AFTER_PASSWORD.push(closed)
    const { email } = await userFixture(app.userAuth.db)
    const response = await logIn(browser, { email }, { password: 'some other phrase entirely' })

    assert.equal(response.statusCode, 401)
  })
})
