import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, describe, test } from 'vitest'

import type { User } from '../../src/generated/prisma/client.js'
import { readFlash } from '../../src/plugins/flash.js'
import {
  authenticatedFixture,
  logIn,
  userFixture,
  validRegistration,
} from '../support/accounts-fixtures.js'
import { Browser, type Response } from '../support/browser.js'
import { buildTestApp, PRODUCTION, type TestAppOptions } from '../support/build-app.js'

const OLD = 'w8XkQz3vN7rJt5yLb2MdHf6cPs9GaE4u'
const NEW = 'pT4hVq8sZc2nKw6mRj9xFb3yLd7gUe5a'

const apps: FastifyInstance[] = []

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

async function build(options: TestAppOptions = {}): Promise<FastifyInstance> {
  const app = await buildTestApp(options)
  apps.push(app)

  return app
}

/** Every cookie that a visitor and a user get, by registering and by logging in. */
async function allCookies(env: Record<string, string>): Promise<Response['cookies']> {
  const app = await build({ env })
  const browser = new Browser(app)
  const registered = await browser.sendJson('POST', '/users/register', validRegistration())
  const visited = await new Browser(app).getJson('/users/session')
  const loggedIn = await logIn(browser, await userFixture(app.userAuth.db), { rememberMe: true })

  return [registered, visited, loggedIn].flatMap(({ cookies }) => cookies)
}

describe('in production, every cookie', () => {
  test('is one that only this host can set, over https, and that no script can read', async () => {
    const cookies = await allCookies(PRODUCTION)
    const names = new Set(cookies.map(({ name }) => name))

    assert.ok(names.delete('__Host-session'))
    assert.ok(names.has('__Host-user_csrf'))
    assert.ok(names.has('__Host-user_flash'))
    assert.ok(names.has('__Host-user_remember_me'))

    for (const { name, value, path, secure, httpOnly, sameSite, domain } of ours(cookies)) {
      assert.match(name, /^__Host-/)
      assert.deepEqual(
        { name, path, secure, httpOnly, sameSite, domain },
        { name, path: '/', secure: true, httpOnly: true, sameSite: 'Lax', domain: undefined },
      )
      assert.ok(name.length + value.length < 4096)
    }
  })

  test('belongs to the sub-domains too when COOKIE_DOMAIN is set', async () => {
    const cookies = await allCookies({ ...PRODUCTION, COOKIE_DOMAIN: 'app.test' })

    for (const { name, domain, secure } of ours(cookies)) {
      assert.match(name, /^__Secure-/)
      assert.equal(domain, 'app.test')
      assert.equal(secure, true)
    }
  })
})

describe('a log-in over http in production', () => {
  test('fails loudly, since the browser would drop the cookie without a word', async () => {
    const app = await build({ env: PRODUCTION })
    const browser = new Browser(app)
    const { csrfToken } = await browser.session()
    const { email } = await userFixture(app.userAuth.db)
    const response = await browser.request({
      method: 'POST',
      url: '/users/log-in',
      headers: { 'x-csrf-token': csrfToken, 'x-forwarded-proto': 'http' },
      payload: validRegistration({ email }),
    })

    assert.equal(response.statusCode, 400)
    assert.match(response.body, /https/)
    assert.equal(await browser.whoIsLoggedIn(), null)
  })
})

describe('the value of one cookie', () => {
  test('is worth nothing in another', async () => {
    const app = await build()
    const { user, browser } = await authenticatedFixture(app)
    await browser.sendJson('POST', '/users/log-out')
    await logIn(browser, user, { rememberMe: true })
    const names = [...browser.cookies.keys()]

    for (const from of names) {
      for (const to of names.filter((name) => name !== from)) {
        const attacker = new Browser(app)
        attacker.cookies.set(to, browser.cookies.get(from) ?? { value: '', outlivesBrowser: true })

        assert.equal(await attacker.whoIsLoggedIn(), null, `${from} as ${to}`)
      }
    }
  })
})

describe('the signature of one cookie', () => {
  test('is no signature of another', async () => {
    const { cookies } = (await build()).userAuth
    const signed = Object.values(cookies).flatMap((one) => ('signer' in one ? [one] : []))
    assert.ok(signed.length > 1)

    for (const one of signed) {
      for (const other of signed) {
        const { valid } = other.signer.unsign(one.signer.sign('value'))

        assert.equal(valid, one === other, `${one.name} as ${other.name}`)
      }
    }
  })
})

describe('a cookie that no app has made', () => {
  const ODDITIES = ['=', ';;;', 'session', 'session=;session=', `session=${'x'.repeat(5000)}`]
  const CONTENTS = ['%', '%E0%A4%A', '"', '{}', '[object Object]', 'null', '.', 'a.b.c', '../..']

  for (const content of CONTENTS) {
    ODDITIES.push(`session=${content}`, `user_remember_me=${content}`)
    ODDITIES.push(`user_flash=${content}`, `user_csrf=${content}`)
  }

  test('makes a visitor, and no error', async () => {
    const app = await build({
      routes: (app) => {
        app.get('/flash', async (request) => ({ user: readFlash(request, 'info') ?? null }))
      },
    })

    for (const cookie of ODDITIES) {
      for (const url of ['/users/session', '/flash']) {
        const response = await app.inject({ url, headers: { cookie } })

        assert.equal(response.statusCode, 200, cookie)
        assert.equal(response.json().user, null, cookie)
      }
    }
  })

  test('does not mix two users up when there are two of one name', async () => {
    const app = await build()
    const one = await authenticatedFixture(app)
    const other = await authenticatedFixture(app)
    const values = [one, other].map(({ browser }) => browser.cookies.get('session')?.value ?? '')
    const cookie = values.map((value) => `session=${encodeURIComponent(value)}`).join('; ')
    const answers = [1, 2, 3].map(() => app.inject({ url: '/users/session', headers: { cookie } }))
    const emails = (await Promise.all(answers)).map((answer) => answer.json().user?.email)

    assert.equal(new Set(emails).size, 1)
  })
})

describe('another SESSION_SECRET', () => {
  async function openElsewhere(secrets: string): Promise<string | null> {
    const { user, browser } = await authenticatedFixture(
      await build({ env: { SESSION_SECRET: OLD } }),
    )
    await logOutAndRemember(browser, user)
    const elsewhere = new Browser(await build({ env: { SESSION_SECRET: secrets } }))
    for (const [name, cookie] of browser.cookies) elsewhere.cookies.set(name, cookie)

    return (await elsewhere.whoIsLoggedIn()) === user.email ? 'the user' : null
  }

  async function logOutAndRemember(browser: Browser, user: User): Promise<void> {
    await browser.sendJson('POST', '/users/log-out')
    await logIn(browser, user, { rememberMe: true })
    browser.restart()
  }

  test('logs nobody out while the old one is still in the list', async () => {
    assert.equal(await openElsewhere(`${NEW},${OLD}`), 'the user')
  })

  test('makes the old cookies worthless once the old one is gone', async () => {
    assert.equal(await openElsewhere(NEW), null)
  })
})

function ours(cookies: Response['cookies']): Response['cookies'] {
  return cookies.filter(({ name }) => name !== 'session')
}
