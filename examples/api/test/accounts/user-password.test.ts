import assert from 'node:assert/strict'

import argon2 from 'argon2'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { NO_PASSWORD } from '../../src/accounts/password.js'
import { rehashPassword } from '../../src/accounts/user-password.js'
import * as accounts from '../../src/accounts.js'
import type { PrismaClient, User } from '../../src/generated/prisma/client.js'
import { sessionFixture, userFixture, validPassword } from '../support/accounts-fixtures.js'
import { buildTestApp } from '../support/build-app.js'

const newPassword = 'seven green umbrellas dance'
const otherPassword = 'four more unrelated words'

let app: FastifyInstance
let db: PrismaClient

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
})

afterEach(() => app.close())

describe('generateUserSessionToken', () => {
  test('opens no session with a password that was changed meanwhile', async () => {
    const { email } = await userFixture(db)
    const user = await accounts.getUserByEmailAndPassword(db, email, validPassword)
    assert.ok(user)
    await accounts.updateUserPassword(db, user, newPassword)

    assert.equal(await accounts.generateUserSessionToken(db, user), null)
    assert.equal(await db.userToken.count({ where: { userId: user.id } }), 0)
  })

  test('opens no session for an email that was changed meanwhile', async () => {
    const user = await userFixture(db)
    await db.user.update({ where: { id: user.id }, data: { email: `new-${user.email}` } })

    assert.equal(await accounts.generateUserSessionToken(db, user), null)
  })

  test('leaves the user as it is', async () => {
    const user = await userFixture(db)
    await sessionFixture(db, user)
    const { email, hashedPassword } = await db.user.findUniqueOrThrow({ where: { id: user.id } })

    assert.deepEqual([email, hashedPassword], [user.email, user.hashedPassword])
  })
})

describe('updateUserPassword', () => {
  test('ends every session of the user, and none of anybody else', async () => {
    const [user, other] = [await userFixture(db), await userFixture(db)]
    await sessionFixture(db, user)
    await sessionFixture(db, other)
    await accounts.updateUserPassword(db, user, newPassword)

    assert.equal(await db.userToken.count({ where: { userId: user.id } }), 0)
    assert.equal(await db.userToken.count({ where: { userId: other.id } }), 1)
  })

  test('does not replace a password that was changed since it was verified', async () => {
    const { id, email } = await userFixture(db)
    const thief = await accounts.getUserWithPassword(db, { id }, validPassword)
    const owner = await db.user.findUniqueOrThrow({ where: { id } })
    assert.ok(thief)
    await accounts.updateUserPassword(db, owner, newPassword)

    assert.equal(await accounts.updateUserPassword(db, thief, otherPassword), null)
    assert.equal(await accounts.getUserByEmailAndPassword(db, email, otherPassword), null)
    assert.equal((await accounts.getUserByEmailAndPassword(db, email, newPassword))?.id, id)
  })
})

describe('the current password', () => {
  test('is looked at in the database, and nobody is found without one', async () => {
    const user = await userFixture(db)
    const passwordless = await userFixture(db, { hashedPassword: NO_PASSWORD })

    assert.equal((await accounts.getUserWithPassword(db, user, validPassword))?.id, user.id)
    assert.equal(await accounts.getUserWithPassword(db, user, newPassword), null)
    for (const password of ['', ' ', validPassword]) {
      assert.equal(await accounts.getUserWithPassword(db, passwordless, password), null)
    }
  })

  test('may be missing only where none is set', async () => {
    const user = await userFixture(db)
    const passwordless = await userFixture(db, { hashedPassword: NO_PASSWORD })
    const found = await accounts.getUserForPasswordChange(db, passwordless, undefined)

    assert.equal(found?.id, passwordless.id)
    assert.equal(await accounts.getUserForPasswordChange(db, user, undefined), null)
    assert.equal(await accounts.getUserForPasswordChange(db, user, newPassword), null)
  })
})

describe('a user who is gone', () => {
  test('is found by no password, and has none to change', async () => {
    const user = await userFixture(db)
    await db.user.delete({ where: { id: user.id } })

    assert.equal(await accounts.getUserWithPassword(db, user, validPassword), null)
    assert.equal(await accounts.getUserForPasswordChange(db, user, validPassword), null)
  })
})

describe('a hash that was made with less work', () => {
  const cheap = { type: argon2.argon2id, memoryCost: 1024, timeCost: 2, parallelism: 1 }

  test('is made anew at the log-in, of this user alone', async () => {
    const hashedPassword = await argon2.hash(validPassword, cheap)
    const user = await userFixture(db, { hashedPassword })
    const other = await userFixture(db)
    const found = await accounts.getUserByEmailAndPassword(db, user.email, validPassword)
    const stored = await hashOf(user)

    assert.notEqual(stored, hashedPassword)
    assert.equal(found?.hashedPassword, stored)
    assert.equal((await accounts.getUserWithPassword(db, user, validPassword))?.id, user.id)
    assert.equal(await hashOf(other), other.hashedPassword)
  })

  test('is left alone when it is as good as those of today', async () => {
    const user = await userFixture(db)
    await accounts.getUserByEmailAndPassword(db, user.email, validPassword)

    assert.equal(await hashOf(user), user.hashedPassword)
  })

  test('does not take the place of a password that was changed meanwhile', async () => {
    const hashedPassword = await argon2.hash(validPassword, cheap)
    const user = await userFixture(db, { hashedPassword })
    await accounts.updateUserPassword(db, user, newPassword)
    const stored = await hashOf(user)

    assert.equal(await rehashPassword(db, user, validPassword), null)
    assert.equal(await hashOf(user), stored)
  })
})

async function hashOf({ id }: Pick<User, 'id'>): Promise<string | null> {
  const { hashedPassword } = await db.user.findUniqueOrThrow({ where: { id } })

  return hashedPassword
}
