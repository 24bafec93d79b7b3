import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import type { SessionProtection } from '../../src/plugins/session-protection.js'
import { requireSudoMode, SESSION_KEYS_TO_KEEP } from '../../src/plugins/user-auth.js'
import { authenticatedFixture, logIn } from '../support/accounts-fixtures.js'
import type { Browser, Response } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

declare module 'fastify' {
  interface Session {
    testCart?: string
    testDraft?: string
  }
}

const ELSEWHERE = {
  headers: { 'user-agent': 'Another browser', accept: 'application/json' },
}

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp({ routes })
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  app.get('/sudo', { onRequest: requireSudoMode }, async () => ({}))
  app.post('/put', async ({ session }) => {
    session.testCart = 'three books'
    session.testDraft = 'a letter'

    return {}
  })
  app.get('/look', async ({ session, currentScope }) => ({
    cart: session.testCart,
    draft: session.testDraft,
    loginState: currentScope.loginState,
  }))
}

function protect(protection: SessionProtection): void {
  app.userAuth.sessionProtection = protection
}

async function get(browser: Browser, url: string, request: object = {}): Promise<Response> {
  return browser.request({ method: 'GET', url, ...request })
}

async function loginStateOf(browser: Browser, request: object = {}): Promise<string> {
  return (await get(browser, '/look', request)).json().loginState
}

describe('a session that is used by another browser', () => {
  test('stays logged in, and is not fresh any more, back where it was either', async () => {
    const { browser } = await authenticatedFixture(app)
    assert.equal((await get(browser, '/sudo')).statusCode, 200)

    assert.equal(await loginStateOf(browser, ELSEWHERE), 'REMEMBERED')
    assert.equal((await get(browser, '/sudo', ELSEWHERE)).statusCode, 401)
    assert.equal(await loginStateOf(browser), 'REMEMBERED')
  })

  test('is fresh again after a log-in there', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await get(browser, '/look', ELSEWHERE)
    await browser.sendJson('POST', '/users/log-out')
    await logIn(browser, user)

    assert.equal(await loginStateOf(browser), 'FRESH')
  })

  test('is as good as before where protection is off', async () => {
    protect('off')
    const { browser } = await authenticatedFixture(app)

    assert.equal(await loginStateOf(browser, ELSEWHERE), 'FRESH')
  })
})

describe('a session that is used from another network', () => {
  test('is not fresh any more', async () => {
    for (const remoteAddress of ['203.0.113.7', '2001:db8::1']) {
      const { browser } = await authenticatedFixture(app)

      assert.equal(await loginStateOf(browser, { remoteAddress }), 'REMEMBERED', remoteAddress)
    }
  })

  test('is the same while only the last part of the address changes', async () => {
    const { browser } = await authenticatedFixture(app)

    assert.equal(await loginStateOf(browser, { remoteAddress: '127.0.0.9' }), 'FRESH')
  })

  test('is not one because a header says so', async () => {
    const { browser } = await authenticatedFixture(app)
    const headers = { 'x-forwarded-for': '203.0.113.7' }

    assert.equal(await loginStateOf(browser, { headers }), 'FRESH')
  })
})

describe('where protection is strong', () => {
  beforeEach(() => protect('strong'))

  test('another browser ends the session, on the server and in the remembered one', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await browser.sendJson('POST', '/users/log-out')
    await logIn(browser, user, { rememberMe: true })
    const owner = browser.copy()

    assert.equal(await loginStateOf(browser, ELSEWHERE), 'ANONYMOUS')
    assert.equal(await app.userAuth.db.userToken.count({ where: { userId: user.id } }), 0)
    assert.ok(!browser.cookies.has('user_remember_me'))
    assert.equal(await owner.whoIsLoggedIn(), null)
    owner.restart()
    assert.equal(await owner.whoIsLoggedIn(), null)
  })

  test('what the app wants to keep is kept, and nothing else', async () => {
    SESSION_KEYS_TO_KEEP.push('testCart')
    const { browser } = await authenticatedFixture(app)
    await browser.request({ method: 'POST', url: '/put' })
    await get(browser, '/look', ELSEWHERE)
    const { cart, draft } = (await get(browser, '/look', ELSEWHERE)).json()
    SESSION_KEYS_TO_KEEP.pop()

    assert.equal(cart, 'three books')
    assert.equal(draft, undefined)
  })

  test('a remembered browser stays logged in, request after request', async () => {
    const { browser } = await authenticatedFixture(app, { fresh: false })

    for (let request = 0; request < 3; request += 1) {
      assert.equal(await loginStateOf(browser), 'REMEMBERED')
    }
  })
})
