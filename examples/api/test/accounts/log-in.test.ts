import assert from 'node:assert/strict'

import argon2 from 'argon2'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { NO_PASSWORD, PASSWORD_COST } from '../../src/accounts/password.js'
import { getUserByEmailAndPassword } from '../../src/accounts.js'
import type { PrismaClient } from '../../src/generated/prisma/client.js'
import {
  unconfirmedUserFixture,
  uniqueEmail,
  userFixture,
  validPassword,
} from '../support/accounts-fixtures.js'
import { buildTestApp } from '../support/build-app.js'

let app: FastifyInstance
let db: PrismaClient

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
})

afterEach(() => app.close())

describe('getUserByEmailAndPassword', () => {
  test('finds the user who has this email and password', async () => {
    const user = await userFixture(db)

    assert.equal((await getUserByEmailAndPassword(db, user.email, validPassword))?.id, user.id)
  })

  test('finds nobody by a wrong password', async () => {
    const { email } = await userFixture(db)

    assert.equal(await getUserByEmailAndPassword(db, email, 'some other phrase entirely'), null)
  })

  test('finds nobody by an unknown email', async () => {
    assert.equal(await getUserByEmailAndPassword(db, uniqueEmail(), validPassword), null)
  })

  test('finds nobody whose address is not confirmed', async () => {
    const { email } = await unconfirmedUserFixture(db)

    assert.equal(await getUserByEmailAndPassword(db, email, validPassword), null)
  })

  test('finds nobody who was deactivated', async () => {
    const { email } = await userFixture(db, { deactivatedAt: new Date() })

    assert.equal(await getUserByEmailAndPassword(db, email, validPassword), null)
  })

  const truncated = '$argon2id$v=19$m=19456,t=2,p=1$$'

  for (const hashedPassword of [NO_PASSWORD, '', ' ', 'garbage', truncated]) {
    test(`no password matches ${JSON.stringify(hashedPassword)} in place of a hash`, async () => {
      const { email } = await userFixture(db, { hashedPassword })

      for (const password of ['', ' ', 'null', 'garbage', validPassword, String(hashedPassword)]) {
        assert.equal(await getUserByEmailAndPassword(db, email, password), null)
      }
    })
  }
})

describe('what a log-in costs', () => {
  test('is the same for an unknown email as for a wrong password', async () => {
    const { email } = await userFixture(db)
    const wrongPassword = await workOf(email)

    assertSameWork(await workOf(uniqueEmail()), wrongPassword)
  })

  test('is the same for an account without a password', async () => {
    const wrongPassword = await workOf((await userFixture(db)).email)
    const { email } = await userFixture(db, { hashedPassword: NO_PASSWORD })

    assertSameWork(await workOf(email), wrongPassword)
  })

  test('is the same for an account that is not confirmed', async () => {
    const wrongPassword = await workOf((await userFixture(db)).email)
    const { email } = await unconfirmedUserFixture(db)

    assertSameWork(await workOf(email), wrongPassword)
  })
})

describe('a hash that was made with less work than today', () => {
  const cheaper = { ...PASSWORD_COST, memoryCost: PASSWORD_COST.memoryCost / 2 }

  test('is replaced at the log-in', async () => {
    const hashedPassword = await argon2.hash(validPassword, cheaper)
    const { id, email } = await userFixture(db, { hashedPassword })

    await getUserByEmailAndPassword(db, email, validPassword)

    const user = await db.user.findUniqueOrThrow({ where: { id } })
    assert.match(user.hashedPassword ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.equal((await getUserByEmailAndPassword(db, email, validPassword))?.id, id)
  })

  test('stays when the password was wrong', async () => {
    const hashedPassword = await argon2.hash(validPassword, cheaper)
    const { id, email } = await userFixture(db, { hashedPassword })

    await getUserByEmailAndPassword(db, email, 'some other phrase entirely')

    const user = await db.user.findUniqueOrThrow({ where: { id } })
    assert.equal(user.hashedPassword, hashedPassword)
  })
})

// The work of the processor, which hardly varies, and not the time, which does.
async function workOf(email: string): Promise<number> {
  const before = process.cpuUsage()
  for (let time = 0; time < 3; time += 1) {
    await getUserByEmailAndPassword(db, email, 'some other phrase entirely')
  }

  return process.cpuUsage(before).user
}

// Without a hash to compute, it would be a tenth.
function assertSameWork(work: number, expected: number): void {
  assert.ok(work > expected / 4 && work < expected * 4, `${work} µs instead of ${expected} µs`)
}
