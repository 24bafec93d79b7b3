import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../../src/accounts/messages.js'
import {
  authenticatedFixture,
  unconfirmedUserFixture,
  uniqueEmail,
  userFixture,
  validPassword,
  validRegistration,
} from '../../support/accounts-fixtures.js'
import { Browser, type Response } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'
import { confirmationTokenFixture, resetPasswordTokenFixture } from '../../support/link-fixtures.js'

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp({ env: { APP_ORIGIN: 'https://larkspur.test' } })
})

afterEach(() => app.close())

/** Passwords that nobody should have, and that somebody with this email should not. */
function weakPasswords(email: string): string[] {
  const [name = ''] = email.split('@')

  return ['passwordpassword', 'michellejackson12', 'larkspurlarkspur', email, name, `${name}123`]
}

/** Where a password is chosen: what becomes of one. */
type Choice = (email: string) => Promise<(password: string) => Promise<Response>>

async function register(email: string) {
  const browser = new Browser(app)

  return (password: string) =>
    browser.sendJson('POST', '/users/register', validRegistration({ email, password }))
}

async function changePassword(email: string) {
  const { user, browser } = await authenticatedFixture(app)
  await app.userAuth.db.user.update({ where: { id: user.id }, data: { email } })

  return (password: string) =>
    browser.sendJson('POST', '/users/settings/password', {
      currentPassword: validPassword,
      password,
    })
}

async function confirm(email: string) {
  const { db } = app.userAuth
  const { id } = await unconfirmedUserFixture(db)
  const user = await db.user.update({ where: { id }, data: { email } })
  const token = await confirmationTokenFixture(db, user)
  const browser = new Browser(app)

  return (password: string) => browser.sendJson('POST', `/users/confirm/${token}`, { password })
}

async function reset(email: string) {
  const { db } = app.userAuth
  const token = await resetPasswordTokenFixture(db, await userFixture(db, { email }))
  const [browser, path] = [new Browser(app), `/users/reset-password/${token}`]

  return (password: string) => browser.sendJson('POST', path, { password })
}

const CHOICES: Choice[] = [register, changePassword, confirm]
CHOICES.push(reset)

describe('a common password, the email and the name of the app', () => {
  for (const choice of CHOICES) {
    test(`are no passwords to ${choice.name} with`, async () => {
      const email = `violin.kettle.${uniqueEmail()}`
      const choose = await choice(email)

      for (const password of weakPasswords(email)) {
        const response = await choose(password)

        assert.equal(response.statusCode, 422, password)
        assert.deepEqual(response.json().errors.password, [messages.passwordTooCommon], password)
      }
      assert.ok((await choose('seven green umbrellas dance')).statusCode < 300)
    })
  }
})
