import assert from 'node:assert/strict'

import bcrypt from 'bcryptjs'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { getUserByEmailAndPassword } from '../../src/accounts.js'
import { verifyOldPassword } from '../../src/accounts/old-passwords.js'
import { hashPassword, verifyPassword } from '../../src/accounts/password.js'
import type { PrismaClient } from '../../src/generated/prisma/client.js'
import { userFixture } from '../support/accounts-fixtures.js'
import { buildTestApp } from '../support/build-app.js'

// Shorter than a new one may be: rules for new passwords are none for old ones.
const oldPassword = 'rosebud'

let app: FastifyInstance
let db: PrismaClient

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
})

afterEach(() => app.close())

describe('a password from before', () => {
  test('lets its owner in, and is hashed as today from then on', async () => {
    const hashedPassword = await bcrypt.hash(oldPassword, 4)
    const { id, email } = await userFixture(db, { hashedPassword })

    assert.equal((await getUserByEmailAndPassword(db, email, oldPassword))?.id, id)

    const user = await db.user.findUniqueOrThrow({ where: { id } })
    assert.match(user.hashedPassword ?? '', /^\$argon2id\$/)
    assert.equal((await getUserByEmailAndPassword(db, email, oldPassword))?.id, id)
  })

  test('lets nobody else in, and stays as it was', async () => {
    const hashedPassword = await bcrypt.hash(oldPassword, 4)
    const { id, email } = await userFixture(db, { hashedPassword })

    for (const password of ['', 'Rosebud', hashedPassword]) {
      assert.equal(await getUserByEmailAndPassword(db, email, password), null)
    }

    const user = await db.user.findUniqueOrThrow({ where: { id } })
    assert.equal(user.hashedPassword, hashedPassword)
  })

  test('is not what a hash of today is made from', async () => {
    assert.equal(await verifyOldPassword(oldPassword, await hashPassword(oldPassword)), false)
  })

  test('is no hash that would take hours to verify', async () => {
    const hashedPassword = await bcrypt.hash(oldPassword, 4)

    assert.equal(await verifyPassword(oldPassword, hashedPassword.replace('$04$', '$31$')), false)
  })

  test('is looked for whether or not there is an account', { timeout: 60_000 }, async () => {
    const known = await workOf(await bcrypt.hash(oldPassword, 10))

    for (const hash of [null, await hashPassword(oldPassword)]) {
      const work = await workOf(hash)

      assert.ok(work > known / 4 && work < known * 4, `${work} µs instead of ${known} µs`)
    }
  })
})

// The work of the processor, which hardly varies, and not the time, which does.
async function workOf(hash: string | null): Promise<number> {
  const before = process.cpuUsage()
  for (let time = 0; time < 3; time += 1) {
    await verifyOldPassword('some other phrase entirely', hash)
  }

  return process.cpuUsage(before).user
}
