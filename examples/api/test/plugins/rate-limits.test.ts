import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { MINUTE } from '../../src/accounts/duration.js'
import type { PrismaClient } from '../../src/generated/prisma/client.js'
import {
  DatabaseRateLimits,
  deleteExpiredRateLimits,
  type RateLimits,
} from '../../src/plugins/rate-limits.js'
import { logIn, userFixture } from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

const LIMIT = { max: 3, timeWindow: MINUTE }

let app: FastifyInstance
let db: PrismaClient
let limits: RateLimits
let key: string

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
  limits = new DatabaseRateLimits(db, (name) => name)
  key = randomUUID()
})

afterEach(() => app.close())

async function takeMany(times: number): Promise<boolean[]> {
  const attempts = Array.from({ length: times }, () => limits.take(key, LIMIT))

  return (await Promise.all(attempts)).map((left) => left === null)
}

describe('a limit', () => {
  test('lets as many pass as it says, and then tells how long to wait', async () => {
    for (let time = 1; time <= LIMIT.max; time += 1) {
      assert.equal(await limits.take(key, LIMIT), null)
    }

    const left = (await limits.take(key, LIMIT)) ?? 0
    assert.ok(left > 0 && left <= MINUTE)
  })

  test('is exact when many come at once, the first of all and those after a pause', async () => {
    assert.equal((await takeMany(30)).filter(Boolean).length, LIMIT.max)
    await db.userRateLimit.update({ where: { id: key }, data: { endsAt: new Date() } })

    assert.equal((await takeMany(30)).filter(Boolean).length, LIMIT.max)
  })

  // A file of SQLite answers on the spot, so that nothing would come between.
  test('is exact when other requests come between its statements', async () => {
    const slow = await buildTestApp({ onOperation: () => setImmediate() })
    limits = new DatabaseRateLimits(slow.userAuth.db, (name) => name)

    assert.equal((await takeMany(30)).filter(Boolean).length, LIMIT.max)
    await slow.close()
  })

  test('starts over when its time is up, and not before', async () => {
    await takeMany(LIMIT.max)
    await db.userRateLimit.update({
      where: { id: key },
      data: { endsAt: new Date(Date.now() + MINUTE) },
    })
    assert.notEqual(await limits.take(key, LIMIT), null)

    await db.userRateLimit.update({ where: { id: key }, data: { endsAt: new Date() } })
    assert.equal(await limits.take(key, LIMIT), null)
  })

  test('is given back one by one', async () => {
    await takeMany(LIMIT.max)
    await limits.giveBack(key)

    assert.equal((await takeMany(LIMIT.max)).filter(Boolean).length, 1)
  })

  test('is never given back below none', async () => {
    await limits.take(key, LIMIT)
    await limits.giveBack(key)
    await limits.giveBack(key)

    assert.equal((await takeMany(LIMIT.max + 1)).filter(Boolean).length, LIMIT.max)
  })

  test('is forgotten whole', async () => {
    await takeMany(LIMIT.max)
    await limits.forget(key)

    assert.equal((await takeMany(LIMIT.max + 1)).filter(Boolean).length, LIMIT.max)
  })

  test('is one for all that share the database', async () => {
    await takeMany(LIMIT.max)
    const elsewhere = new DatabaseRateLimits(db, (name) => name)

    assert.notEqual(await elsewhere.take(key, LIMIT), null)
  })
})

describe('what is stored', () => {
  test('tells nobody whose attempts were counted', async () => {
    const before = await db.userRateLimit.count()
    const { email } = await userFixture(db)
    await logIn(new Browser(app), { email }, { password: 'some other phrase entirely' })
    const rows = await db.userRateLimit.findMany()

    assert.ok(rows.length > before)
    assert.ok(!JSON.stringify(rows).includes(email.slice(0, 20)))
    assert.ok(!JSON.stringify(rows).includes('127.0.0.1'))
  })

  test('is deleted when it is over', async () => {
    await limits.take(key, LIMIT)
    const other = randomUUID()
    await limits.take(other, LIMIT)
    await db.userRateLimit.update({ where: { id: key }, data: { endsAt: new Date() } })
    await deleteExpiredRateLimits(db)

    assert.equal(await db.userRateLimit.count({ where: { id: key } }), 0)
    assert.equal(await db.userRateLimit.count({ where: { id: other } }), 1)
  })
})
