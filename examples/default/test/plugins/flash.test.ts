import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { putFlash, readFlash, takeFlash } from '../../src/plugins/flash.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp({ routes })
  browser = new Browser(app)
})

afterEach(() => app.close())

function routes(app: FastifyInstance) {
  app.post<{ Body: { info?: string; error?: string } }>('/put', async (request, reply) => {
    const { info, error } = request.body
    if (info) putFlash(request, reply, 'info', info)
    if (error) putFlash(request, reply, 'error', error)

    return {}
  })

  app.get('/read', async (request) => ({ info: readFlash(request, 'info') }))

  app.get('/take', async (request, reply) => ({
    info: takeFlash(request, reply, 'info'),
    error: takeFlash(request, reply, 'error'),
  }))
}

async function put(payload: object) {
  await browser.request({ method: 'POST', url: '/put', payload })
}

async function take() {
  return (await browser.getJson('/take')).json()
}

describe('a message', () => {
  test('is there for the next page, once', async () => {
    await put({ info: 'Welcome back!' })

    assert.deepEqual(await take(), { info: 'Welcome back!' })
    assert.deepEqual(await take(), {})
    assert.equal(browser.cookies.size, 0)
  })

  test('stays when it is only read', async () => {
    await put({ info: 'Welcome back!' })
    await browser.getJson('/read')

    assert.deepEqual(await take(), { info: 'Welcome back!' })
  })

  test('leaves the others alone', async () => {
    await put({ info: 'one', error: 'two' })
    await put({ info: 'three' })

    assert.deepEqual(await take(), { info: 'three', error: 'two' })
  })

  test('may hold any letter', async () => {
    await put({ info: 'Schön, dass du da bist, Zoë 🐢; "a=b"' })

    assert.deepEqual(await take(), { info: 'Schön, dass du da bist, Zoë 🐢; "a=b"' })
  })

  test('that somebody else wrote is not shown', async () => {
    const value = Buffer.from(JSON.stringify({ info: 'Call this number' })).toString('base64url')

    for (const forged of [value, `${value}.`, `${value}.${'A'.repeat(43)}`]) {
      browser.cookies.set('user_flash', { value: forged, outlivesBrowser: false })
      assert.deepEqual(await take(), {})
    }
  })
})
