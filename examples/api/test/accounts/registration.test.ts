import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { verifyPassword } from '../../src/accounts/password.js'
import * as accounts from '../../src/accounts.js'
import type { PrismaClient } from '../../src/generated/prisma/client.js'
import {
  unconfirmedUserFixture,
  uniqueEmail,
  userFixture,
  validNewUser,
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

describe('registerUser', () => {
  test('creates a user who still has to confirm the address', async () => {
    const { user, taken } = await accounts.registerUser(db, validNewUser())

    assert.equal(taken, false)
    assert.equal(user.confirmedAt, null)
  })

  test('stores a hash of the password, and not the password', async () => {
    const { user } = await accounts.registerUser(db, validNewUser())

    assert.match(user.hashedPassword ?? '', /^\$argon2id\$/)
    assert.ok(!Object.values(user).includes(validPassword))
  })

  test('stores one spelling of the email', async () => {
    const email = uniqueEmail()
    const { user } = await accounts.registerUser(
      db,
      validNewUser({ email: ` ${email.toUpperCase()}\t` }),
    )

    assert.equal(user.email, email)
  })

  test('leaves an account that is confirmed as it was', async () => {
    const before = await userFixture(db)
    const { taken } = await accounts.registerUser(
      db,
      validNewUser({ email: before.email, password: 'what an attacker would choose' }),
    )

    assert.equal(taken, true)
    assert.deepEqual(await db.user.findUnique({ where: { id: before.id } }), before)
  })

  test('replaces the password of an account that nobody has confirmed', async () => {
    const { email, id } = await unconfirmedUserFixture(db)
    await accounts.registerUser(db, validNewUser({ email, password: 'a second phrase' }))

    const { hashedPassword } = await db.user.findUniqueOrThrow({ where: { id } })
    assert.ok(await verifyPassword('a second phrase', hashedPassword))
  })

  test('makes one account of many registrations at once', { timeout: 60_000 }, async () => {
    const registration = validNewUser()
    const registrations = await Promise.all(
      Array.from({ length: 8 }, () => accounts.registerUser(db, registration)),
    )

    assert.equal(new Set(registrations.map(({ user }) => user.id)).size, 1)
    assert.equal(await db.user.count({ where: { email: registration.email } }), 1)
  })
})
