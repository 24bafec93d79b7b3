import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { MINUTE, SECOND } from '../../src/accounts/duration.js'
import { messages } from '../../src/accounts/messages.js'
import { getUserByEmail } from '../../src/accounts.js'
import {
  logInUser,
  redirectIfUserIsAuthenticated,
  requireAuthenticatedUser,
  requireFreshLogin,
  requireSudoMode,
  requires,
} from '../../src/plugins/user-auth.js'
import { authenticatedFixture, userFixture } from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp, PRODUCTION } from '../support/build-app.js'

let app: FastifyInstance
let reached: string[]

beforeEach(async () => {
  reached = []
  app = await buildTestApp({ routes })
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  const handler = async ({ method, url }: { method: string; url: string }) => {
    reached.push(`${method} ${url}`)

    return { reached }
  }

  app.register(async (guarded) => {
    guarded.addHook('onRequest', requireAuthenticatedUser)
    guarded.get('/guarded', handler)
    guarded.post('/guarded', handler)
  })
  app.get('/public', handler)
  app.get('/visitors', { onRequest: redirectIfUserIsAuthenticated }, handler)
  app.get('/sudo', { onRequest: requireSudoMode }, handler)
  app.get('/fresh', { onRequest: requireFreshLogin }, handler)
  app.get('/scopes', { onRequest: requires(['notes:read', 'notes:write']) }, handler)
  app.get('/no-scopes', { onRequest: requires([]) }, handler)
  app.get('/hidden', { onRequest: requires('notes:read', { statusCode: 404 }) }, handler)
  const toLogIn = requires('notes:read', { redirect: '/users/log-in' })
  app.get('/redirects', { onRequest: toLogIn }, handler)
  app.post('/redirects', { onRequest: toLogIn }, handler)

  app.post<{ Body: { email: string } }>('/force', async (request, reply) => {
    const user = await getUserByEmail(app.userAuth.db, request.body.email)

    return { letIn: user !== null && (await logInUser(request, reply, user, { force: true })) }
  })
}

describe('requireAuthenticatedUser', () => {
  test('stops a visitor before the handler runs', async () => {
    const response = await new Browser(app).getJson('/guarded')

    assert.equal(response.statusCode, 401)
    assert.deepEqual(response.json(), { message: messages.logInRequired })
    assert.deepEqual(reached, [])
  })

  test('stops every method, HEAD as well', async () => {
    for (const method of ['HEAD', 'POST'] as const) {
      const headers = { accept: 'application/json' }
      const response = await new Browser(app).request({ method, url: '/guarded', headers })

      assert.equal(response.statusCode, 401)
    }

    assert.deepEqual(reached, [])
  })

  test('lets a user in', async () => {
    const { browser } = await authenticatedFixture(app)

    assert.equal((await browser.getJson('/guarded')).statusCode, 200)
  })

  test('lets a user in who was remembered', async () => {
    const { browser } = await authenticatedFixture(app, { fresh: false })

    assert.equal((await browser.getJson('/guarded')).statusCode, 200)
  })

  test('stops a user who was deactivated, and logged in by force', async () => {
    const browser = new Browser(app)
    const { email } = await userFixture(app.userAuth.db, { deactivatedAt: new Date() })
    await browser.request({ method: 'POST', url: '/force', payload: { email } })

    assert.equal(await browser.whoIsLoggedIn(), email)
    assert.equal((await browser.getJson('/guarded')).statusCode, 401)
  })

  test('covers the routes beside it, and nothing else', async () => {
    assert.equal((await new Browser(app).getJson('/public')).statusCode, 200)
  })
})

describe('redirectIfUserIsAuthenticated', () => {
  test('lets a visitor in', async () => {
    assert.equal((await new Browser(app).getJson('/visitors')).statusCode, 200)
  })

  test('stops a user', async () => {
    const { browser } = await authenticatedFixture(app)
    const response = await browser.getJson('/visitors')

    assert.equal(response.statusCode, 403)
    assert.deepEqual(response.json(), { message: messages.alreadyLoggedIn })
  })
})

describe('requireSudoMode', () => {
  async function statusAfter(age: number): Promise<number> {
    const { user, browser } = await authenticatedFixture(app)
    const authenticatedAt = new Date(Date.now() - age)
    await app.userAuth.db.userToken.updateMany({
      where: { userId: user.id },
      data: { authenticatedAt },
    })

    return (await browser.getJson('/sudo')).statusCode
  }

  test('lets in whoever gave the password a moment ago', async () => {
    assert.equal(await statusAfter(0), 200)
    assert.equal(await statusAfter(9 * MINUTE), 200)
  })

  test('stops everybody else after ten minutes', async () => {
    assert.equal(await statusAfter(10 * MINUTE), 401)
    assert.equal(await statusAfter(11 * MINUTE), 401)
  })

  test('is not fooled by a time in the future', async () => {
    assert.equal(await statusAfter(-MINUTE), 401)
    assert.equal(await statusAfter(-60 * MINUTE), 401)
  })

  test('takes the clock of another machine for right that is ahead by two seconds', async () => {
    assert.equal(await statusAfter(-2 * SECOND), 200)
  })

  test('stops a user who was remembered', async () => {
    const { browser } = await authenticatedFixture(app, { fresh: false })

    assert.equal((await browser.getJson('/sudo')).statusCode, 401)
  })

  test('stops a visitor like any other page', async () => {
    const response = await new Browser(app).getJson('/sudo')

    assert.equal(response.statusCode, 401)
    assert.deepEqual(response.json(), { message: messages.logInRequired })
  })
})

describe('requireFreshLogin', () => {
  test('lets in whoever gave the password in this session, and not who was remembered', async () => {
    const { browser } = await authenticatedFixture(app)
    const { browser: remembered } = await authenticatedFixture(app, { fresh: false })

    assert.equal((await browser.getJson('/fresh')).statusCode, 200)
    assert.equal((await remembered.getJson('/fresh')).statusCode, 401)
    assert.equal((await new Browser(app).getJson('/fresh')).statusCode, 401)
  })
})

describe('requires', () => {
  async function statusOf(url: string, scopes: readonly string[]): Promise<number> {
    const granting = await buildTestApp({
      routes(app) {
        app.addHook('onRequest', async ({ currentScope }) => {
          Object.assign(currentScope, { scopes })
        })
        routes(app)
      },
    })
    const { browser } = await authenticatedFixture(granting)
    const { statusCode } = await browser.getJson(url)
    await granting.close()

    return statusCode
  }

  test('lets in whoever has every scope', async () => {
    assert.equal(await statusOf('/scopes', []), 403)
    assert.equal(await statusOf('/scopes', ['notes:read']), 403)
    assert.equal(await statusOf('/scopes', ['notes:write', 'notes:read', 'more']), 200)
  })

  test('lets everybody in when there is nothing to have', async () => {
    assert.equal((await new Browser(app).getJson('/no-scopes')).statusCode, 200)
  })

  test('answers with another status when told to', async () => {
    assert.equal((await new Browser(app).getJson('/hidden')).statusCode, 404)
  })

  test('sends a visitor away to come back, and refuses a user, who would do so for ever', async () => {
    const { browser } = await authenticatedFixture(app)
    const response = await new Browser(app).getJson('/redirects?a=1&b=2')

    assert.equal(response.statusCode, 303)
    assert.equal(response.headers.location, '/users/log-in?next=%2Fredirects%3Fa%3D1%26b%3D2')
    assert.equal((await browser.getJson('/redirects')).statusCode, 403)
    assert.deepEqual(reached, [])
  })

  test('sends nobody back to what was not a page', async () => {
    const options = { method: 'POST', headers: { accept: 'application/json' } } as const
    const response = await new Browser(app).request({ url: '/redirects', ...options })

    assert.equal(response.statusCode, 303)
    assert.equal(response.headers.location, '/users/log-in')
  })
})

describe('loginDisabled', () => {
  test('lets everybody in, where a test of something else wants it', async () => {
    const open = await buildTestApp({ routes, loginDisabled: true })
    const answers = await Promise.all(
      ['/guarded', '/sudo', '/fresh'].map((url) => new Browser(open).getJson(url)),
    )
    await open.close()

    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 200, 200],
    )
  })

  test('stops the app from starting in production', async () => {
    await assert.rejects(buildTestApp({ loginDisabled: true, env: PRODUCTION }), /loginDisabled/)
  })
})
