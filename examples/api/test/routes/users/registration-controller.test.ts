import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import type { PrismaClient } from '../../../src/generated/prisma/client.js'
import {
  authenticatedFixture,
  mailsTo,
  uniqueEmail,
  userFixture,
  validPassword,
  validRegistration,
} from '../../support/accounts-fixtures.js'
import { Browser, type Response } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'

let app: FastifyInstance
let db: PrismaClient
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
  browser = new Browser(app)
})

afterEach(() => app.close())

async function register(fields: object): Promise<Response> {
  return browser.sendJson('POST', '/users/register', fields)
}

describe('POST /users/register', () => {
  test('creates an account that nobody is logged in to yet', async () => {
    const registration = validRegistration()
    const response = await register(registration)
    const user = await db.user.findUnique({ where: { email: registration.email } })

    assert.equal(response.statusCode, 202)
    assert.notEqual(user, null)
    assert.equal(user?.confirmedAt, null)
    assert.equal(await browser.whoIsLoggedIn(), null)
  })

  test('mails a link to the public origin, whatever host the request claims', async () => {
    const registration = validRegistration()
    const { csrfToken } = await browser.session()
    await browser.request({
      method: 'POST',
      url: '/users/register',
      headers: {
        'x-csrf-token': csrfToken,
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        forwarded: 'host=evil.example',
      },
      payload: registration,
    })
    const [mail] = mailsTo(app, registration.email)

    assert.match(mail?.text ?? '', /^http:\/\/app\.test\/users\/confirm\/[\w-]{43}$/m)
    assert.ok(!JSON.stringify(mail).includes('evil.example'))
  })

  test('gives the same answer for an email that has an account, and tells its owner', async () => {
    const owner = await userFixture(db)
    const taken = await register(validRegistration({ email: owner.email }))
    const other = new Browser(app)
    const free = await other.sendJson('POST', '/users/register', validRegistration())
    const [mail, ...others] = mailsTo(app, owner.email)

    assert.equal(taken.statusCode, free.statusCode)
    assert.equal(taken.body, free.body)
    assert.deepEqual(namesOf(taken), namesOf(free))
    assert.ok(mail?.subject.includes('account already'))
    assert.ok(!mail?.text.includes('/users/confirm/'))
    assert.deepEqual(others, [])
    assert.deepEqual(await db.user.findUnique({ where: { id: owner.id } }), owner)
  })

  test('makes one account and no error of many requests at once', { timeout: 60_000 }, async () => {
    const registration = validRegistration()
    const requests = Array.from({ length: 20 }, () =>
      new Browser(app).sendJson('POST', '/users/register', registration),
    )
    const statuses = (await Promise.all(requests)).map(({ statusCode }) => statusCode)

    assert.deepEqual(new Set(statuses), new Set([202]))
    assert.equal(await db.user.count({ where: { email: registration.email } }), 1)
  })

  test('says what is wrong with each field', async () => {
    const response = await register(validRegistration({ email: 'ada', password: 'short' }))

    assert.equal(response.statusCode, 422)
    assert.deepEqual(Object.keys(response.json().errors), ['email', 'password'])
  })

  test('refuses a password that is short, common, or made of the email', async () => {
    const email = `violin.${uniqueEmail()}`

    for (const password of ['kettle umbrell', 'passwordpassword', email]) {
      const response = await register(validRegistration({ email, password }))

      assert.equal(response.statusCode, 422)
      assert.deepEqual(Object.keys(response.json().errors), ['password'])
    }

    assert.equal(await db.user.findUnique({ where: { email } }), null)
  })

  test('refuses what is not one address, and sends it no mail', async () => {
    const email = uniqueEmail()
    const oddities = [`${email},eve@evil.com`, `${email}\r\nbcc:eve@evil.com`, `Eve <${email}>`]

    for (const oddity of oddities) {
      assert.equal((await register(validRegistration({ email: oddity }))).statusCode, 422)
    }

    assert.deepEqual(app.devMailbox?.mails, [])
  })

  test('refuses a field that is missing or no text', async () => {
    const { email, password } = validRegistration()

    for (const fields of [{ email }, { password }, { email: { not: '' } }, { password: [1] }]) {
      assert.equal((await register(fields)).statusCode, 422, JSON.stringify(fields))
    }
  })

  test('takes an email and a password, and nothing about rights or state', async () => {
    const registration = validRegistration()
    const { email } = registration
    const now = new Date().toISOString()
    const rights: object = {
      id: 'chosen',
      confirmedAt: now,
      hashedPassword: 'x',
      deactivatedAt: now,
      userTokens: { create: { context: 'session', token: 'x' } },
    }
    await register({ ...rights, ...registration })
    const user = await db.user.findUnique({ where: { email } })

    assert.notEqual(user?.id, 'chosen')
    assert.equal(user?.confirmedAt, null)
    assert.match(user?.hashedPassword ?? '', /^\$argon2id\$/)
    assert.equal(user?.deactivatedAt, null)
    assert.equal(await db.userToken.count({ where: { user: { email }, context: 'session' } }), 0)
  })

  test('does not send the password back', async () => {
    const { body } = await register(validRegistration({ email: 'ada' }))

    assert.ok(!body.includes(validPassword))
  })

  test('is for visitors', async () => {
    const { browser } = await authenticatedFixture(app)
    const response = await browser.sendJson('POST', '/users/register', validRegistration())

    assert.equal(response.statusCode, 403)
  })
})

function namesOf({ cookies, headers }: Response): string[] {
  return [...Object.keys(headers), ...cookies.map(({ name }) => name)]
}
