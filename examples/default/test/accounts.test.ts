import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { DAY } from '../src/accounts/duration.js'
import * as accounts from '../src/accounts.js'
import type { PrismaClient } from '../src/generated/prisma/client.js'
import {
  ageTokens,
  sessionFixture,
  unconfirmedUserFixture,
  uniqueEmail,
  userFixture,
  validPassword,
} from './support/accounts-fixtures.js'
import { buildTestApp } from './support/build-app.js'
import { confirmationTokenFixture } from './support/link-fixtures.js'

let app: FastifyInstance
let db: PrismaClient

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
})

afterEach(() => app.close())

describe('getUserByEmail', () => {
  test('finds nobody by an unknown email', async () => {
    assert.equal(await accounts.getUserByEmail(db, uniqueEmail()), null)
  })

  test('finds a user by any spelling of the email', async () => {
    const user = await userFixture(db)
    const found = await accounts.getUserByEmail(db, ` ${user.email.toUpperCase()} `)

    assert.equal(found?.id, user.id)
  })
})

describe('generateUserSessionToken', () => {
  test('stores the hash of 32 random bytes, and not the token', async () => {
    const user = await userFixture(db)
    const { token, userToken } = await sessionFixture(db, user)
    const bytes = Buffer.from(token, 'base64url')

    assert.equal(bytes.length, 32)
    assert.deepEqual(Buffer.from(userToken.token), createHash('sha256').update(bytes).digest())
    assert.equal(userToken.context, 'session')
  })

  test('notes when the password was given', async () => {
    const before = Date.now()
    const { userToken } = await sessionFixture(db, await userFixture(db))

    assert.ok(Number(userToken.authenticatedAt) >= before)
  })

  test('never makes the same token twice', async () => {
    const user = await userFixture(db)
    const sessions = await Promise.all([sessionFixture(db, user), sessionFixture(db, user)])

    assert.notEqual(sessions[0].token, sessions[1].token)
  })
})

describe('logging in again and again', { timeout: 60_000 }, () => {
  test('leaves a bounded number of sessions: the oldest end', async () => {
    const user = await userFixture(db)
    const { userToken: oldest } = await sessionFixture(db, user)
    await ageTokens(db, user, 'session', DAY)
    for (let time = 0; time < accounts.MOST_SESSIONS; time += 1) {
      await sessionFixture(db, user)
    }
    const rows = await db.userToken.findMany({ where: { userId: user.id } })

    assert.equal(rows.length, accounts.MOST_SESSIONS)
    assert.ok(rows.every(({ id }) => id !== oldest.id))
  })
})

describe('getUserBySessionToken', () => {
  test('finds the user of a session', async () => {
    const user = await userFixture(db)
    const { token } = await sessionFixture(db, user)
    const session = await accounts.getUserBySessionToken(db, token)

    assert.equal(session?.user.id, user.id)
  })

  test('finds nobody by what is no token', async () => {
    assert.equal(await accounts.getUserBySessionToken(db, ''), null)
    assert.equal(await accounts.getUserBySessionToken(db, 'oops'), null)
  })

  test('finds nobody by a token of another purpose', async () => {
    const token = await confirmationTokenFixture(db, await userFixture(db))

    assert.equal(await accounts.getUserBySessionToken(db, token), null)
  })

  test('finds nobody by what is stored in the database', async () => {
    const { userToken } = await sessionFixture(db, await userFixture(db))
    const stored = Buffer.from(userToken.token).toString('base64url')

    assert.equal(await accounts.getUserBySessionToken(db, stored), null)
  })

  test('finds nobody once the session is 60 days old', async () => {
    const user = await userFixture(db)
    const { token } = await sessionFixture(db, user)

    await ageTokens(db, user, 'session', 60 * DAY - 5000)
    assert.notEqual(await accounts.getUserBySessionToken(db, token), null)

    await ageTokens(db, user, 'session', 60 * DAY)
    assert.equal(await accounts.getUserBySessionToken(db, token), null)
  })
})

describe('ending sessions', () => {
  test('ends one session and leaves the others', async () => {
    const user = await userFixture(db)
    const one = await sessionFixture(db, user)
    const other = await sessionFixture(db, user)
    await accounts.deleteUserSessionToken(db, one.userToken.id)

    assert.equal(await accounts.getUserBySessionToken(db, one.token), null)
    assert.notEqual(await accounts.getUserBySessionToken(db, other.token), null)
  })

  test('ends every session of a user, and none of anybody else', async () => {
    const user = await unconfirmedUserFixture(db)
    const stranger = await userFixture(db)
    const one = await sessionFixture(db, user)
    const theirs = await sessionFixture(db, stranger)
    const link = await confirmationTokenFixture(db, user)
    await accounts.deleteAllUserSessionTokens(db, user)

    assert.equal(await accounts.getUserBySessionToken(db, one.token), null)
    assert.notEqual(await accounts.getUserBySessionToken(db, theirs.token), null)
    assert.notEqual(await accounts.getUserByConfirmationToken(db, link), null)
  })

  test('deleting a user deletes the sessions', async () => {
    const user = await userFixture(db)
    const { token } = await sessionFixture(db, user)
    await db.user.delete({ where: { id: user.id } })

    assert.equal(await accounts.getUserBySessionToken(db, token), null)
  })
})

describe('updateUserPassword', () => {
  const newPassword = 'seven green umbrellas dance'

  test('replaces the password', async () => {
    const user = await userFixture(db)
    const { email, id } = user
    await accounts.updateUserPassword(db, user, newPassword)

    assert.equal(await accounts.getUserByEmailAndPassword(db, email, validPassword), null)
    assert.equal((await accounts.getUserByEmailAndPassword(db, email, newPassword))?.id, id)
  })

  test('ends every session and every link that the old password allowed', async () => {
    const user = await unconfirmedUserFixture(db)
    const { token } = await sessionFixture(db, user)
    const link = await confirmationTokenFixture(db, user)
    await accounts.updateUserPassword(db, user, newPassword)

    assert.equal(await accounts.getUserBySessionToken(db, token), null)
    assert.equal(await accounts.getUserByConfirmationToken(db, link), null)
  })
})
