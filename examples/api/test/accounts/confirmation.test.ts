import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { DAY, SECOND } from '../../src/accounts/duration.js'
import { NO_PASSWORD, verifyPassword } from '../../src/accounts/password.js'
import * as accounts from '../../src/accounts.js'
import type { PrismaClient } from '../../src/generated/prisma/client.js'
import {
  ageTokens,
  sessionFixture,
  unconfirmedUserFixture,
  uniqueEmail,
  userFixture,
  validNewUser,
  validPassword,
} from '../support/accounts-fixtures.js'
import { buildTestApp } from '../support/build-app.js'
import { confirmationTokenFixture } from '../support/link-fixtures.js'

let app: FastifyInstance
let db: PrismaClient

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
})

afterEach(() => app.close())

describe('deliverUserConfirmationInstructions', () => {
  test('stores a hash, the purpose and the address, and not the token', async () => {
    const user = await unconfirmedUserFixture(db)
    const token = await confirmationTokenFixture(db, user)
    const row = await db.userToken.findFirstOrThrow({ where: { userId: user.id } })

    assert.deepEqual(
      Buffer.from(row.token),
      createHash('sha256').update(Buffer.from(token, 'base64url')).digest(),
    )
    assert.equal(row.context, 'confirm')
    assert.equal(row.sentTo, user.email)
  })

  test('makes the link of an earlier mail worthless', async () => {
    const user = await unconfirmedUserFixture(db)
    const earlier = await confirmationTokenFixture(db, user)
    const later = await confirmationTokenFixture(db, user)

    assert.equal(await accounts.getUserByConfirmationToken(db, earlier), null)
    assert.equal((await accounts.getUserByConfirmationToken(db, later))?.id, user.id)
  })

  test('mails nothing to an address that was changed since it was read', async () => {
    const user = await unconfirmedUserFixture(db)
    await db.user.update({ where: { id: user.id }, data: { email: uniqueEmail() } })

    await assert.rejects(confirmationTokenFixture(db, user), /no token/)
    assert.equal(await db.userToken.count({ where: { userId: user.id } }), 0)
  })
})

describe('confirmUser', () => {
  test('confirms, and keeps the password for whoever proves to have chosen it', async () => {
    const { user, proof } = await accounts.registerUser(db, validNewUser())
    const token = await confirmationTokenFixture(db, user)
    const confirmed = await accounts.confirmUser(db, token, { proof })

    assert.notEqual(confirmed?.confirmedAt, null)
    assert.ok(await verifyPassword(validPassword, confirmed?.hashedPassword ?? null))
  })

  test('drops a password that somebody else may have chosen', async () => {
    const attacker = await accounts.registerUser(db, validNewUser())
    const { email } = attacker.user
    const token = await confirmationTokenFixture(db, attacker.user)
    const owner = await accounts.confirmUser(db, token, {})

    assert.equal(owner?.hashedPassword, NO_PASSWORD)
    assert.equal(await accounts.getUserByEmailAndPassword(db, email, validPassword), null)
  })

  test('takes no proof of another account', async () => {
    const attacker = await accounts.registerUser(db, validNewUser())
    const { user } = await accounts.registerUser(db, validNewUser())
    const token = await confirmationTokenFixture(db, user)
    const confirmed = await accounts.confirmUser(db, token, { proof: attacker.proof })

    assert.equal(confirmed?.hashedPassword, NO_PASSWORD)
  })

  test('sets a password that is chosen with the link in hand', async () => {
    const token = await confirmationTokenFixture(db, await unconfirmedUserFixture(db))
    const newPassword = 'seven green umbrellas dance'
    const confirmed = await accounts.confirmUser(db, token, { newPassword })

    assert.ok(await verifyPassword(newPassword, confirmed?.hashedPassword ?? null))
  })

  test('ends every session from before', async () => {
    const user = await unconfirmedUserFixture(db)
    const planted = await sessionFixture(db, user)
    await accounts.confirmUser(db, await confirmationTokenFixture(db, user), {})

    assert.equal(await accounts.getUserBySessionToken(db, planted.token), null)
  })

  test('works once', async () => {
    const token = await confirmationTokenFixture(db, await unconfirmedUserFixture(db))

    assert.notEqual(await accounts.confirmUser(db, token, {}), null)
    assert.equal(await accounts.confirmUser(db, token, {}), null)
  })

  test('works for one of many at the same moment', { timeout: 60_000 }, async () => {
    const token = await confirmationTokenFixture(db, await unconfirmedUserFixture(db))
    const results = await Promise.all(
      Array.from({ length: 8 }, () => accounts.confirmUser(db, token, {})),
    )

    assert.equal(results.filter((user) => user !== null).length, 1)
  })

  // What a race does on some databases only: between reading the row and deleting it, the row goes.
  test('is worthless to who read it just before somebody else used it', async () => {
    const token = await confirmationTokenFixture(db, await unconfirmedUserFixture(db))
    const late = db.$extends({
      query: {
        userToken: {
          async deleteMany({ args, query }) {
            await query(args)

            return query(args)
          },
        },
      },
    })

    assert.equal(await accounts.confirmUser(late as unknown as PrismaClient, token, {}), null)
  })

  test('works for seven days', async () => {
    const user = await unconfirmedUserFixture(db)
    const token = await confirmationTokenFixture(db, user)

    await ageTokens(db, user, 'confirm', 7 * DAY)
    assert.equal(await accounts.confirmUser(db, token, {}), null)

    await ageTokens(db, user, 'confirm', 7 * DAY - 5 * SECOND)
    assert.notEqual(await accounts.confirmUser(db, token, {}), null)
  })

  test('refuses a link that went to an address the user no longer has', async () => {
    const user = await unconfirmedUserFixture(db)
    const token = await confirmationTokenFixture(db, user)
    await db.user.update({ where: { id: user.id }, data: { email: uniqueEmail() } })

    assert.equal(await accounts.confirmUser(db, token, {}), null)
  })

  test('refuses a link to an account that another link confirmed', async () => {
    const user = await unconfirmedUserFixture(db)
    const token = await confirmationTokenFixture(db, user)
    await db.user.update({ where: { id: user.id }, data: { confirmedAt: new Date() } })

    assert.equal(await accounts.getUserByConfirmationToken(db, token), null)
    assert.equal(await accounts.confirmUser(db, token, { newPassword: 'some other phrase' }), null)
    assert.ok(await accounts.getUserByEmailAndPassword(db, user.email, validPassword))
  })

  test('refuses the token of a session', async () => {
    const user = await userFixture(db)
    const { token } = await sessionFixture(db, user)

    assert.equal(await accounts.confirmUser(db, token, {}), null)
    assert.notEqual(await accounts.getUserBySessionToken(db, token), null)
  })
})
