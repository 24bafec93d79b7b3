import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../src/accounts/messages.js'
import { authenticatedFixture } from '../support/accounts-fixtures.js'
import { buildTestApp } from '../support/build-app.js'

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp()
})

afterEach(() => app.close())

describe('the account page', () => {
  test('deletes the account, and says so on the next page', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await browser.visit('/users/settings')
    const response = await browser.submit('/users/settings/delete')

    assert.equal(response.statusCode, 303)
    assert.equal(response.headers.location, '/')
    assert.ok((await browser.visit('/users/log-in')).body.includes(messages.accountDeleted))
    assert.equal(await app.userAuth.db.user.count({ where: { id: user.id } }), 0)
  })

  test('shows no button that would be refused, but how to get it', async () => {
    const { browser } = await authenticatedFixture(app, { fresh: false })
    const { body } = await browser.visit('/users/settings')

    assert.ok(!body.includes('/users/settings/delete'))
    assert.match(body, /To delete it, first <a href="\/users\/confirm-login/)
  })
})
