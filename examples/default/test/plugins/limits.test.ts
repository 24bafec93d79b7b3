import assert from 'node:assert/strict'

import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { messages } from '../../src/accounts/messages.js'
import { LIMITS } from '../../src/plugins/limits.js'
import {
  authenticatedFixture,
  logIn,
  mailsTo,
  unconfirmedUserFixture,
  userFixture,
  validRegistration,
} from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

const wrong = { password: 'some other phrase entirely' }

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp()
})

afterEach(() => app.close())

async function useUpLogIns(email: string): Promise<void> {
  const { max } = LIMITS.logInByAccount
  const browser = new Browser(app)

  for (let attempt = 1; attempt <= max; attempt += 1) {
    assert.equal((await logIn(browser, { email }, wrong)).statusCode, 401)
  }
}

describe('guessing a password', { timeout: 60_000 }, () => {
  test('ends after ten attempts, and the answer says for how long', async () => {
    const user = await userFixture(app.userAuth.db)
    await useUpLogIns(user.email)
    const response = await logIn(new Browser(app), user)

    assert.equal(response.statusCode, 429)
    assert.ok(Number(response.headers['retry-after']) > 0)
  })

  test('is counted by account, however the email is spelled', async () => {
    const { email } = await userFixture(app.userAuth.db)
    await useUpLogIns(email)

    for (const spelling of [email.toUpperCase(), ` ${email}`, `${email}\n`]) {
      assert.equal((await logIn(new Browser(app), { email: spelling })).statusCode, 429)
    }
  })

  test('is counted the same for an account that does not exist', async () => {
    await useUpLogIns('nobody@example.com')

    const response = await logIn(new Browser(app), { email: 'nobody@example.com' })
    assert.equal(response.statusCode, 429)
  })

  test('is counted exactly when many attempts come at the same moment', async () => {
    const user = await userFixture(app.userAuth.db)
    const attempts = Array.from({ length: 20 }, () => logIn(new Browser(app), user, wrong))
    const answers = (await Promise.all(attempts)).map(({ statusCode }) => statusCode)

    assert.equal(answers.filter((status) => status === 401).length, LIMITS.logInByAccount.max)
    assert.equal(answers.filter((status) => status === 429).length, 10)
  })

  test('ends no session, and stops nobody else', async () => {
    const { user, browser } = await authenticatedFixture(app)
    await useUpLogIns(user.email)

    assert.equal(await browser.whoIsLoggedIn(), user.email)
    const other = await userFixture(app.userAuth.db)
    assert.equal((await logIn(new Browser(app), other)).statusCode, 200)
  })

  test('is not counted when the password is right', async () => {
    const user = await userFixture(app.userAuth.db)

    for (let time = 0; time < LIMITS.logInByAccount.max + 2; time += 1) {
      assert.equal((await logIn(new Browser(app), user)).statusCode, 200)
    }
  })

  test('is not forgiven because somebody else logged in', async () => {
    const user = await userFixture(app.userAuth.db)
    await useUpLogIns(user.email)
    await logIn(new Browser(app), await userFixture(app.userAuth.db))

    assert.equal((await logIn(new Browser(app), user)).statusCode, 429)
  })

  test('is counted by the address of the connection, whatever a header claims', async () => {
    const statuses = await attemptsFrom((number) => ({
      headers: {
        'x-forwarded-for': `203.0.113.${number}`,
        'x-real-ip': `203.0.113.${number}`,
        forwarded: `for=203.0.113.${number}`,
      },
    }))

    assert.deepEqual(statuses.slice(-1), [429])
  })

  test('is counted by network where one customer has billions of addresses', async () => {
    const statuses = await attemptsFrom((number) => ({ remoteAddress: `2001:db8:0:1::${number}` }))

    assert.deepEqual(statuses.slice(-1), [429])
  })

  test('is counted for each address on its own', async () => {
    const statuses = await attemptsFrom((number) => ({ remoteAddress: `203.0.113.${number}` }))

    assert.ok(!statuses.includes(429))
  })
})

// One more than an address may make, each for another account. Without a password, which
// costs no work.
async function attemptsFrom(requestOf: (number: number) => InjectOptions): Promise<number[]> {
  const browser = new Browser(app)
  const { csrfToken } = await browser.session()
  const statuses: number[] = []

  for (let number = 1; number <= LIMITS.logInByAddress.max + 1; number += 1) {
    const { headers, ...request } = requestOf(number)
    const response = await browser.request({
      method: 'POST',
      url: '/users/log-in',
      headers: { ...headers, 'x-csrf-token': csrfToken },
      payload: { email: `${number}@example.com` },
      ...request,
    })
    statuses.push(response.statusCode)
  }

  return statuses
}

describe('a limit that is used up', () => {
  test('leaves the other ways in to the owner of the account', async () => {
    const { email } = await unconfirmedUserFixture(app.userAuth.db)
    const browser = new Browser(app)
    await useUpLogIns(email)
    for (let time = 0; time <= LIMITS.mailByAccount.max; time += 1) {
      await browser.sendJson('POST', '/users/confirm', { email })
    }
    assert.equal(mailsTo(app, email).length, LIMITS.mailByAccount.max)

    await browser.sendJson('POST', '/users/register', validRegistration({ email }))
    assert.equal(mailsTo(app, email).length, LIMITS.mailByAccount.max + 1)
  })

  test('is over when its time is, whatever was tried meanwhile', async () => {
    const user = await userFixture(app.userAuth.db)
    await useUpLogIns(user.email)
    await logIn(new Browser(app), user, wrong)
    const endsAt = new Date()
    await app.userAuth.db.userRateLimit.updateMany({ data: { endsAt } })

    assert.equal((await logIn(new Browser(app), user)).statusCode, 200)
  })
})

function refuseToCount(operation: string): void {
  if (operation.startsWith('UserRateLimit')) throw new Error('relation "counts" does not exist')
}

describe('limits that cannot be counted', () => {
  test('let nobody try, and do not say why', async () => {
    const broken = await buildTestApp({ onOperation: refuseToCount })
    const user = await userFixture(broken.userAuth.db)
    const response = await logIn(new Browser(broken), user)
    await broken.close()

    assert.equal(response.statusCode, 503)
    assert.deepEqual(response.json(), { message: messages.unavailable })
    assert.deepEqual(response.cookies, [])
  })
})

describe('mail to one address', { timeout: 60_000 }, () => {
  test('ends after five an hour, without a word', async () => {
    const { email } = await unconfirmedUserFixture(app.userAuth.db)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        new Browser(app).sendJson('POST', '/users/confirm', { email }),
      ),
    )

    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      Array(8).fill(202),
    )
    assert.equal(mailsTo(app, email).length, LIMITS.mailByAccount.max)
  })
})
