import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../src/accounts/messages.js'
import { answerErrors } from '../../src/plugins/errors.js'
import {
  authenticatedFixture,
  logIn,
  uniqueEmail,
  validPassword,
} from '../support/accounts-fixtures.js'
import { Browser, type Response } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

const SECRET = 'postgresql://root:hunter2@db.internal/app'

// By the code that Prisma gives them, or in the words of the driver.
const AWAY = [
  ...['P1001', 'P2024', 'P2034', 'ECONNREFUSED'].map((code) =>
    Object.assign(new Error(`cannot connect to ${SECRET}`), { code }),
  ),
  ...[
    'Connection terminated unexpectedly',
    'Query read timeout',
    `Raw query failed. Message: \`Can't reach database server at ${SECRET}\``,
  ].map((message) => new Error(message)),
]

let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp({ routes })
  browser = new Browser(app)
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  answerErrors(app)

  app.get('/bug', async () => {
    throw new Error(`cannot connect to ${SECRET}`)
  })

  AWAY.forEach((error, index) => {
    app.get(`/away/${index}`, async () => {
      throw error
    })
  })
}

async function post(payload: string | object, contentType = 'application/json') {
  const { csrfToken } = await browser.session()

  return browser.request({
    method: 'POST',
    url: '/users/log-in',
    headers: {
      accept: 'application/json',
      'content-type': contentType,
      'x-csrf-token': csrfToken,
    },
    payload,
  })
}

function assertGeneric({ body }: Response): void {
  assert.ok(!/hunter2|prisma|sqlite|postgres|argon|node_modules|\.[jt]s\b|\bat /i.test(body), body)
}

describe('a bug', () => {
  test('is for the log, and not for whoever sent the request', async () => {
    const response = await browser.getJson('/bug')

    assert.equal(response.statusCode, 500)
    assert.deepEqual(response.json(), { message: messages.unexpected })
  })
})

describe('a database that is away', () => {
  test('is said so, and not more', async () => {
    for (const [index, { message }] of AWAY.entries()) {
      const response = await browser.getJson(`/away/${index}`)

      assert.equal(response.statusCode, 503, message)
      assert.deepEqual(response.json(), { message: messages.unavailable })
    }
  })

  test('lets nobody in, and is asked again for the next request', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const { db } = app.userAuth
    const { $queryRaw } = db
    db.$queryRaw = () => {
      throw AWAY[AWAY.length - 1]
    }
    const requests = ['application/json', 'text/html'].map((accept) =>
      browser.request({ method: 'GET', url: '/users/settings', headers: { accept } }),
    )
    const answers = await Promise.all(requests)
    db.$queryRaw = $queryRaw

    for (const answer of answers) {
      assert.equal(answer.statusCode, 503)
      assert.ok(answer.body.includes(messages.unavailable))
      assertGeneric(answer)
    }
    assert.equal(await browser.whoIsLoggedIn(), user.email)
  })
})

describe('a request that makes no sense', () => {
  test('is refused by what is wrong with it', async () => {
    const tooLarge = { email: uniqueEmail(), password: 'x'.repeat(1024 * 1024) }
    const answers = [
      { status: 400, response: await post('{') },
      { status: 422, response: await post('') },
      { status: 413, response: await post(tooLarge) },
      { status: 415, response: await post('email=a', 'text/plain') },
      { status: 415, response: await post('<a/>', 'application/xml') },
      { status: 422, response: await post('[]') },
      { status: 422, response: await post('null') },
      { status: 422, response: await post({}) },
    ]

    for (const { status, response } of answers) {
      assert.equal(response.statusCode, status, response.body)
      assertGeneric(response)
    }
  })

  test('is none when there is nothing to say, and no body or an empty one says it', async () => {
    for (const type of [undefined, 'application/json', 'application/x-www-form-urlencoded']) {
      const { csrfToken } = await browser.session()
      const headers = {
        accept: 'application/json',
        'x-csrf-token': csrfToken,
        ...(type === undefined ? {} : { 'content-type': type }),
      }
      const link = `/users/confirm/${'A'.repeat(43)}`
      assert.equal((await browser.request({ method: 'POST', url: link, headers })).statusCode, 410)
      const url = '/users/log-out'
      assert.equal((await browser.request({ method: 'DELETE', url, headers })).statusCode, 204)
    }
  })

  test('names the fields, and does not repeat what was in them', async () => {
    const response = await post({ email: ['<script>'], next: 1 })

    assert.deepEqual(response.json(), {
      message: messages.invalidFields,
      errors: {
        email: [messages.fieldInvalid],
        password: [messages.fieldRequired],
        next: [messages.fieldInvalid],
      },
    })
  })

  test('is refused for whatever cannot be made into text', async () => {
    const nested = `${'['.repeat(7000)}${']'.repeat(7000)}`

    for (const value of ['{"toString":1}', '{"toString":null,"valueOf":null}', nested]) {
      for (const field of ['email', 'password', '_csrf']) {
        const { statusCode } = await post(`{"${field}":${value}}`)

        assert.ok([403, 422].includes(statusCode), `${statusCode} for ${field}`)
      }
    }
  })

  test('is refused for a NUL byte in any field', async () => {
    for (const field of ['email', 'password', 'next']) {
      const fields = { email: uniqueEmail(), password: validPassword, [field]: 'a\0b' }
      const response = await post(fields)

      assert.equal(response.statusCode, 422)
      assert.deepEqual(Object.keys(response.json().errors), [field])
    }
  })

  test('cannot change what every object has', async () => {
    for (const key of ['"__proto__":{"polluted":true}', '"constructor":{"prototype":{"a":1}}']) {
      assert.equal((await post(`{"email":"a","password":"b",${key}}`)).statusCode, 400)
    }
    await post('__proto__[polluted]=1&constructor[prototype][polluted]=1', FORM)
    await logIn(browser, { email: 'a' }, { ['__proto__']: { polluted: true } })
    await browser.getJson('/users/session?__proto__[polluted]=1')

    assert.equal('polluted' in {}, false)
  })
})

const FORM = 'application/x-www-form-urlencoded'
