import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { DAY } from '../../src/accounts/duration.js'
import { buildToken, expiredTokens } from '../../src/accounts/user-token.js'
import { deleteExpiredUserTokens, generateUserSessionToken } from '../../src/accounts.js'
import type { PrismaClient, User } from '../../src/generated/prisma/client.js'
import { deleteExpiredRows } from '../../src/plugins/expired-rows.js'
import {
  ageTokens,
  authenticatedFixture,
  unconfirmedUserFixture,
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

async function contextsOf({ id }: User): Promise<string[]> {
  const rows = await db.userToken.findMany({ where: { userId: id }, orderBy: { context: 'asc' } })

  return rows.map(({ context }) => context)
}

async function userWithTokens(): Promise<User> {
  const user = await unconfirmedUserFixture(db)
  await generateUserSessionToken(db, user)
  await confirmationTokenFixture(db, user)

  return user
}

async function createExpiredTokens({ id: userId }: User, context: string, number: number) {
  const row = { userId, context, createdAt: new Date(Date.now() - 60 * DAY) }

  await db.userToken.createMany({
    data: Array.from({ length: number }, () => ({ ...row, token: buildToken().hashedToken })),
  })
}

/** Waits for what happens beside everything else. */
async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100 && !(await isDone()); attempt += 1) await setTimeout(20)
}

describe('an app that listens', () => {
  test('deletes what has expired, and nothing else', async () => {
    const one = await userWithTokens()
    const other = await userWithTokens()
    await ageTokens(db, one, 'session', 60 * DAY)
    await ageTokens(db, one, 'confirm', 6 * DAY)
    await ageTokens(db, other, 'session', 59 * DAY)
    await ageTokens(db, other, 'confirm', 7 * DAY)

    await app.listen({ port: 0 })
    await until(async () => (await contextsOf(one)).length + (await contextsOf(other)).length === 2)

    assert.deepEqual(await contextsOf(one), ['confirm'])
    assert.deepEqual(await contextsOf(other), ['session'])
  })

  test('deletes more than fits into one statement', async () => {
    const user = await unconfirmedUserFixture(db)
    await createExpiredTokens(user, 'session', 2100)

    assert.ok((await deleteExpiredUserTokens(db)) >= 2100)
    assert.deepEqual(await contextsOf(user), [])
  })

  test('leaves for later what is more than its share', async () => {
    const user = await unconfirmedUserFixture(db)
    await createExpiredTokens(user, 'session', 1600)
    const deleted = await deleteExpiredUserTokens(db, 1)

    assert.ok(deleted >= 1 && deleted < 1600)
    assert.ok((await contextsOf(user)).length > 0)
  })

  test('deletes the sessions that nobody has used for 14 days', async () => {
    const idle = await authenticatedFixture(app)
    const used = await authenticatedFixture(app)
    await db.userSession.updateMany({
      where: { userToken: { userId: idle.user.id } },
      data: { lastSeenAt: new Date(Date.now() - 14 * DAY) },
    })

    await app.listen({ port: 0 })
    const where = { userToken: { userId: idle.user.id } }
    await until(async () => (await db.userSession.count({ where })) === 0)

    assert.equal(await db.userSession.count({ where }), 0)
    assert.equal(await used.browser.whoIsLoggedIn(), used.user.email)
  })
})

describe('deleteExpiredRows', () => {
  test('deletes what has expired of every kind, and says how much', async () => {
    const user = await unconfirmedUserFixture(db)
    const contexts = expiredTokens().map(({ context }) => String(context))
    for (const context of contexts) await createExpiredTokens(user, context, 2)
    await db.userRateLimit.createMany({
      data: [
        { id: `over-${user.id}`, count: 1, endsAt: new Date() },
        { id: `open-${user.id}`, count: 1, endsAt: new Date(Date.now() + DAY) },
      ],
    })

    assert.ok(contexts.includes('session') && contexts.includes('confirm'))
    assert.ok((await deleteExpiredRows(db)) > 2 * contexts.length)
    assert.deepEqual(await contextsOf(user), [])
    const left = await db.userRateLimit.findMany({ where: { id: { endsWith: String(user.id) } } })
    assert.deepEqual(
      left.map(({ id }) => id),
      [`open-${user.id}`],
    )
  })

  test('may run twice at the same moment', async () => {
    const user = await unconfirmedUserFixture(db)
    await createExpiredTokens(user, 'session', 1200)
    await Promise.all([deleteExpiredRows(db), deleteExpiredRows(db)])

    assert.deepEqual(await contextsOf(user), [])
  })
})
