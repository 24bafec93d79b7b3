import assert from 'node:assert/strict'

import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../src/accounts/messages.js'
import { protectFromForgery } from '../../src/plugins/csrf.js'
import {
  authenticatedFixture,
  logIn,
  userFixture,
  validPassword,
  validRegistration,
} from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp, PRODUCTION } from '../support/build-app.js'

type Method = NonNullable<InjectOptions['method']>

let app: FastifyInstance
let changing: { method: Method; url: string }[]

beforeEach(async () => {
  changing = []
  app = await buildTestApp({ routes, onRoute: ({ method, url }) => noteRoute(method, url) })
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  app.post('/mine', { preValidation: protectFromForgery }, async () => ({ reached: true }))
}

function noteRoute(methods: string | string[], url: string): void {
  for (const method of [methods].flat()) {
    if (['GET', 'HEAD', 'OPTIONS'].includes(method)) continue
    changing.push({ method: method as Method, url: url.replace(/:\w+/g, 'x') })
  }
}

async function post(browser: Browser, headers: Record<string, string>, url = '/mine') {
  const response = await browser.request({
    method: 'POST',
    url,
    headers: { accept: 'application/json', ...headers },
    payload: {},
  })

  return response.statusCode
}

describe('every route that changes something', () => {
  test('refuses a request without a token, an empty and a wrong one', async () => {
    const { browser } = await authenticatedFixture(app)
    assert.ok(changing.some(({ url }) => url === '/users/log-in'))

    for (const route of changing) {
      for (const token of [undefined, '', 'wrong', 'a.b.c', '-'.repeat(300)]) {
        const headers = { accept: 'application/json', ...(token && { 'x-csrf-token': token }) }
        const request = { ...route, headers, payload: { ...validRegistration(), _csrf: token } }
        const answers = [await new Browser(app).request(request), await browser.request(request)]

        // A route that is not for this visitor at all says that first.
        const texts = answers.map(({ statusCode, body }) => `${statusCode} ${body}`)
        assert.ok(
          texts.some((text) => text.includes(messages.formExpired)),
          texts.join(),
        )
        assert.ok(answers.every(({ statusCode }) => statusCode === 403 || statusCode === 401))
      }
    }

    assert.equal(await browser.whoIsLoggedIn(), (await browser.session()).user?.email)
  })
})

describe('a token', () => {
  test('opens the door for its own browser', async () => {
    const browser = new Browser(app)
    const { csrfToken } = await browser.session()

    assert.equal(await post(browser, { 'x-csrf-token': csrfToken }), 200)
  })

  test('is worthless in another browser', async () => {
    const { csrfToken } = await new Browser(app).session()
    const other = new Browser(app)
    await other.session()

    assert.equal(await post(other, { 'x-csrf-token': csrfToken }), 403)
  })

  test('is worthless for another user', async () => {
    const one = await authenticatedFixture(app)
    const other = await authenticatedFixture(app)
    const { csrfToken } = await one.browser.session()

    assert.equal(await post(other.browser, { 'x-csrf-token': csrfToken }), 403)
  })

  test('is worthless for another user even with the cookie it was made from', async () => {
    const attacker = await authenticatedFixture(app)
    const victim = await authenticatedFixture(app)
    const { csrfToken } = await attacker.browser.session()
    const planted = attacker.browser.cookies.get('user_csrf')
    if (planted) victim.browser.cookies.set('user_csrf', planted)

    assert.equal(await post(victim.browser, { 'x-csrf-token': csrfToken }), 403)
  })

  test('from before the log-in is worthless after it', async () => {
    const browser = new Browser(app)
    const { csrfToken } = await browser.session()
    const secret = browser.cookies.get('user_csrf')
    await logIn(browser, await userFixture(app.userAuth.db))
    assert.ok(!browser.cookies.has('user_csrf'))
    assert.equal(await post(browser, { 'x-csrf-token': csrfToken }), 403)

    if (secret) browser.cookies.set('user_csrf', secret)
    assert.equal(await post(browser, { 'x-csrf-token': csrfToken }), 403)
  })

  test('from before the log-out is worthless after it', async () => {
    const { browser } = await authenticatedFixture(app)
    const { csrfToken } = await browser.session()
    const secret = browser.cookies.get('user_csrf')
    await browser.sendJson('POST', '/users/log-out')
    if (secret) browser.cookies.set('user_csrf', secret)

    assert.equal(await post(browser, { 'x-csrf-token': csrfToken }), 403)
  })

  test('does not count in the address', async () => {
    const browser = new Browser(app)
    const { csrfToken } = await browser.session()

    assert.equal(await post(browser, {}, `/mine?_csrf=${encodeURIComponent(csrfToken)}`), 403)
  })
})

describe('a request that another site can make a browser send', () => {
  const SIMPLE = [
    ['text/plain', JSON.stringify({ email: 'a@example.com', password: validPassword })],
    ['multipart/form-data; boundary=x', '--x\r\n\r\n\r\n--x--'],
    ['application/x-www-form-urlencoded', '{"email":"a@example.com"}'],
    ['application/x-www-form-urlencoded; charset=utf-8', 'email=a%40example.com&password=x'],
    ['text/plain; application/json', '{}'],
    ['', '{}'],
  ] as const

  for (const [contentType, payload] of SIMPLE) {
    test(`is refused as ${contentType || 'nothing at all'}`, async () => {
      const browser = new Browser(app)
      await browser.session()
      const headers = { accept: 'application/json', 'content-type': contentType }
      const request = { method: 'POST', url: '/users/log-in', headers, payload } as const

      assert.ok([400, 403, 415].includes((await browser.request(request)).statusCode))
    })
  }

  test('is refused when a GET claims to be a POST', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const headers = { 'x-http-method-override': 'POST', 'x-method-override': 'DELETE' }
    await browser.request({ method: 'GET', url: '/users/log-out?_method=DELETE', headers })

    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })

  test('is refused even with a token, when the browser says where it comes from', async () => {
    const browser = new Browser(app)
    const { csrfToken } = await browser.session()
    const token = { 'x-csrf-token': csrfToken }

    assert.equal(await post(browser, { ...token, 'sec-fetch-site': 'cross-site' }), 403)
    assert.equal(await post(browser, { ...token, 'sec-fetch-site': 'same-site' }), 403)
    assert.equal(await post(browser, { ...token, origin: 'https://evil.example' }), 403)
    assert.equal(await post(browser, { ...token, 'sec-fetch-site': 'same-origin' }), 200)
    assert.equal(await post(browser, { ...token, host: 'a.b', origin: 'http://a.b' }), 200)
    assert.equal(await post(browser, { ...token, host: 'a.b', origin: 'http://app.test' }), 200)
    assert.equal(await post(browser, { ...token, host: 'a.b', origin: 'nonsense' }), 403)
  })

  test('is refused behind a proxy too, whatever host it claims to have come to', async () => {
    const production = await buildTestApp({ routes, env: PRODUCTION })
    const browser = new Browser(production)
    const { csrfToken } = await browser.session()
    const origin = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }

    assert.equal(await post(browser, { 'x-csrf-token': csrfToken }), 200)
    assert.equal(await post(browser, { 'x-csrf-token': csrfToken, ...origin }), 403)
    await production.close()
  })
})
