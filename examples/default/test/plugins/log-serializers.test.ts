import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { buildToken } from '../../src/accounts/user-token.js'
import { LIMITS } from '../../src/plugins/limits.js'
import { describeError, hideSecrets } from '../../src/plugins/log-serializers.js'
import {
  authenticatedFixture,
  extractUserToken,
  logIn,
  mailsTo,
  userFixture,
  validPassword,
  validRegistration,
} from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

type LogEntry = { event?: string; time: number; ip?: string; userId?: unknown }

function readEntry(line: string): LogEntry {
  return JSON.parse(line) as LogEntry
}

describe('hideSecrets', () => {
  test('hides a token in a path', () => {
    const { token } = buildToken()

    assert.equal(hideSecrets(`/users/confirm/${token}`), '/users/confirm/[hidden]')
  })

  test('hides it when some of it was escaped on the way', () => {
    const { token } = buildToken()
    const escaped = token.replace(/[A-F_-]/g, (letter) => `%${Buffer.from(letter).toString('hex')}`)

    assert.equal(hideSecrets(`/users/confirm/${escaped}`), '/users/confirm/[hidden]')
  })

  test('hides what is in a query', () => {
    assert.equal(hideSecrets('/search?email=ada@example.com&q=a?b'), '/search?[hidden]')
  })

  test('leaves a path and an id alone', () => {
    const path = '/users/settings/sessions/0190a6e0-7c1b-7c3a-9f5d-3b1f2a4c5d6e'

    assert.equal(hideSecrets(path), path)
  })
})

describe('describeError', () => {
  test('leaves out the text of a database error, which quotes values', () => {
    const error = Object.assign(new Error('Unique constraint failed: ada@example.com'), {
      name: 'PrismaClientKnownRequestError',
      code: 'P2002',
    })
    const text = JSON.stringify(describeError(error))

    assert.ok(!text.includes('ada@example.com'))
    assert.ok(text.includes('P2002'))
  })

  test('says where an error was thrown', () => {
    const { message, stack } = describeError(new Error('oops'))

    assert.equal(message, 'oops')
    assert.match(stack, /log-serializers/)
  })
})

describe('the log of a whole visit', () => {
  let app: FastifyInstance
  let lines: string[]
  let browser: Browser

  beforeEach(async () => {
    lines = []
    app = await buildTestApp({ onLog: (line) => lines.push(line) })
    browser = new Browser(app)
  })

  afterEach(() => app.close())

  test('shows no password, token, cookie or address', async () => {
    const registration = validRegistration()
    const secrets = [validPassword, registration.email]
    await browser.sendJson('POST', '/users/register', registration)
    const token = extractUserToken(mailsTo(app, registration.email)[0])
    await browser.getJson(`/users/confirm/${token}`)
    await browser.sendJson('POST', `/users/confirm/${token}`)
    await browser.sendJson('POST', '/users/log-out')
    await logIn(browser, registration, { password: 'a wrong phrase that is secret' })
    await logIn(browser, registration, { rememberMe: true })
    await browser.getJson(`/users/settings?token=${token}`)

    for (const { value } of browser.cookies.values()) secrets.push(...value.split('.'))
    secrets.push(token, 'a wrong phrase that is secret', (await browser.session()).csrfToken)

    const log = lines.join('')
    for (const secret of secrets) assert.ok(!log.includes(secret), `${secret} is in the log`)
  })

  test('says who logged in and out, when, and from where', async () => {
    const registration = validRegistration()
    await browser.sendJson('POST', '/users/register', registration)
    const token = extractUserToken(mailsTo(app, registration.email)[0])
    await browser.sendJson('POST', `/users/confirm/${token}`)
    await browser.sendJson('POST', '/users/log-out')
    await logIn(browser, registration, { password: 'some other phrase entirely' })

    const entries = lines.map(readEntry)
    for (const event of ['log-in', 'log-out', 'log-in failed']) {
      const entry = entries.find((candidate) => candidate.event === event)

      assert.ok(entry && entry.time > 0, event)
      assert.equal(entry.ip, '127.0.0.1')
      assert.ok('userId' in entry)
    }
  })

  test('says whose password was guessed at, and when that was refused', async () => {
    const user = await userFixture(app.userAuth.db)
    for (let time = 0; time <= LIMITS.logInByAccount.max; time += 1) {
      await logIn(browser, user, { password: 'some other phrase entirely' })
    }
    await logIn(browser, { email: 'nobody@example.com' })
    const entries = lines.map(readEntry)
    const failures = entries.filter(({ event }) => event === 'log-in failed')

    assert.deepEqual(
      failures.map(({ userId }) => String(userId)),
      [...Array(LIMITS.logInByAccount.max).fill(String(user.id)), 'undefined'],
    )
    assert.equal(entries.filter(({ event }) => event === 'too many attempts').length, 1)
  })

  test('says whose password was changed', async () => {
    const { user, browser: own } = await authenticatedFixture(app)
    await own.sendJson('POST', '/users/settings/password', {
      currentPassword: validPassword,
      password: 'seven green umbrellas dance',
    })

    const entries = lines.map(readEntry)
    const entry = entries.find(({ event }) => event === 'password changed')
    assert.deepEqual([String(entry?.userId), entry?.ip], [String(user.id), '127.0.0.1'])
  })

  test('has one line for one entry, whatever was sent', async () => {
    const forged = 'ada@example.com\r\n{"event":"log-in"}'
    await logIn(browser, { email: forged })
    await browser.getJson('/users/session?a=%0d%0a{"event":"log-in"}')

    assert.ok(!lines.some((line) => readEntry(line).event === 'log-in'))
  })
})
