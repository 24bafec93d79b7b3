import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../src/accounts/messages.js'
import { authenticatedFixture, logIn } from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp()
})

afterEach(() => app.close())

function formsIn(html: string): string[] {
  return [...html.matchAll(/action="(\/users\/settings\/sessions\/[^"]+\/delete)"/g)].map(
    ([, action = '']) => action,
  )
}

describe('the page of devices', () => {
  test('ends another session, and says so', async () => {
    const { user, browser } = await authenticatedFixture(app)
    const phone = new Browser(app)
    await logIn(phone, user)
    const { body } = await browser.visit('/users/settings/sessions')
    const own = (await browser.getJson('/users/settings/sessions'))
      .json()
      .sessions.find(({ current }: { current: boolean }) => current)
    const action = formsIn(body).find((path) => !path.includes(`/${own.id}/`)) ?? ''
    const response = await browser.submit(action)

    assert.equal(response.statusCode, 303)
    assert.ok((await browser.follow(response)).body.includes(messages.sessionEnded))
    assert.equal(await phone.whoIsLoggedIn(), null)
  })

  test('logs out where it is shown, and leads to the log-in', async () => {
    const { browser } = await authenticatedFixture(app)
    const { body } = await browser.visit('/users/settings/sessions')
    const response = await browser.submit(formsIn(body)[0] ?? '')

    assert.equal(response.headers.location, '/users/log-in')
    assert.ok((await browser.follow(response)).body.includes(messages.loggedOut))
  })

  test('is linked from the account page', async () => {
    const { browser } = await authenticatedFixture(app)

    assert.ok((await browser.visit('/users/settings')).body.includes('/users/settings/sessions"'))
  })
})
