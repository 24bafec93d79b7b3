import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { MINUTE } from '../../src/accounts/duration.js'
import { messages } from '../../src/accounts/messages.js'
import type { User } from '../../src/generated/prisma/client.js'
import {
  authenticatedFixture,
  extractUserToken,
  mailsTo,
  uniqueEmail,
  validPassword,
} from '../support/accounts-fixtures.js'
import type { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'
import { emailChangeTokenFixture } from '../support/link-fixtures.js'

let app: FastifyInstance
let user: User
let browser: Browser
let email: string

beforeEach(async () => {
  app = await buildTestApp()
  email = uniqueEmail()
  const authenticated = await authenticatedFixture(app)
  user = authenticated.user
  browser = authenticated.browser
})

afterEach(() => app.close())

describe('changing the email on the account page', () => {
  test('asks for the new one, mails a link, and shows the new one afterwards', async () => {
    await browser.visit('/users/settings')
    const asked = await browser.submit('/users/settings/email', { email })
    assert.equal(asked.headers.location, '/users/settings')
    assert.ok((await browser.follow(asked)).body.includes(messages.emailChangeSent))

    const url = `/users/settings/email/${extractUserToken(mailsTo(app, email)[0])}`
    assert.ok((await browser.visit(url)).body.includes(email))
    const changed = await browser.submit(url)
    const { body } = await browser.follow(changed)
    assert.ok(body.includes(messages.emailChanged))
    assert.ok(body.includes(`<span class="email">${email}</span>`))
  })

  test('says at the field what is wrong with an address, and keeps it there', async () => {
    await browser.visit('/users/settings')
    const { statusCode, body } = await browser.submit('/users/settings/email', { email: 'nobody' })

    assert.equal(statusCode, 422)
    assert.match(body, /id="email-error"/)
    assert.match(body, /value="nobody"/)
  })

  test('asks who it is when the link is opened later, and comes back', async () => {
    const url = `/users/settings/email/${await emailChangeTokenFixture(app.userAuth.db, user)}`
    const authenticatedAt = new Date(Date.now() - 11 * MINUTE)
    const where = { userId: user.id, context: 'session' }
    await app.userAuth.db.userToken.updateMany({ where, data: { authenticatedAt } })
    const response = await browser.visit(url)
    assert.equal(response.headers.location, '/users/confirm-login')

    await browser.follow(response)
    const confirmed = await browser.submit('/users/confirm-login', { password: validPassword })
    assert.equal(confirmed.headers.location, url)
  })

  test('finds a way on when the link no longer works', async () => {
    const { statusCode, body } = await browser.visit('/users/settings/email/used')

    assert.equal(statusCode, 410)
    assert.match(body, /<a class="button" href="\/users\/settings">/)
  })
})
