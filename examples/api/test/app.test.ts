import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../src/accounts/messages.js'
import { buildApp } from '../src/app.js'

let app: FastifyInstance

beforeEach(async () => {
  process.env.LOG_LEVEL = 'silent'
  app = await buildApp()
})

afterEach(() => app.close())

describe('the app', () => {
  test('says that it is up', async () => {
    const response = await app.inject('/healthz')

    assert.equal(response.statusCode, 200)
    assert.deepEqual(response.json(), { status: 'ok' })
  })

  test('has a start page', async () => {
    const response = await app.inject('/')

    assert.equal(response.statusCode, 200)
    assert.deepEqual(response.json(), { hello: 'Anonymous' })
  })

  test('has the routes of the log-in', async () => {
    const headers = { accept: 'application/json' }

    assert.equal((await app.inject({ url: '/users/session', headers })).statusCode, 200)
    assert.equal((await app.inject({ url: '/users/settings', headers })).statusCode, 401)
  })

  test('says when there is nothing, in the form that was asked for', async () => {
    const headers = { accept: 'application/json' }
    const response = await app.inject({ url: '/nowhere', headers })

    assert.equal(response.statusCode, 404)
    assert.deepEqual(Object.keys(response.json()), ['message'])
  })

  test('gives a visitor no cookie who only looks around', async () => {
    for (const url of ['/', '/healthz', '/nowhere']) {
      assert.deepEqual((await app.inject({ url, headers: { accept: 'text/html' } })).cookies, [])
    }
  })

  test('says nothing but that an address cannot be read', async () => {
    for (const url of ['/%E0%A4%A', '/%']) {
      const response = await app.inject(url)

      assert.ok(response.statusCode >= 400 && response.statusCode < 500)
      assert.deepEqual(response.json(), { message: messages.badRequest })
    }
  })

  test('gives one answer to a link that does not work, however long it is', async () => {
    for (const length of [1, 43, 300, 8000]) {
      const headers = { accept: 'application/json' }
      const response = await app.inject({ url: `/users/confirm/${'A'.repeat(length)}`, headers })

      assert.equal(response.statusCode, 410)
      assert.deepEqual(response.json(), { message: messages.linkGone })
    }
  })

  test('sends its security headers with every answer', async () => {
    for (const url of ['/', '/healthz', '/nowhere', '/users/session', '/%']) {
      const { headers } = await app.inject(url)

      assert.equal(headers['x-content-type-options'], 'nosniff', url)
      assert.equal(headers['x-frame-options'], 'DENY', url)
    }
  })
})
