import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { MINUTE, SECOND } from '../../../src/accounts/duration.js'
import { updateUserPassword } from '../../../src/accounts.js'
import type { PrismaClient, User } from '../../../src/generated/prisma/client.js'
import {
  ageTokens,
  authenticatedFixture,
  sessionFixture,
  uniqueEmail,
} from '../../support/accounts-fixtures.js'
import { Browser } from '../../support/browser.js'
import { buildTestApp } from '../../support/build-app.js'
import { LINK_KINDS, type LinkKind } from '../../support/link-fixtures.js'

// What is true of every link in a mail, whatever it is for.

let app: FastifyInstance
let db: PrismaClient

beforeEach(async () => {
  app = await buildTestApp()
  db = app.userAuth.db
})

afterEach(() => app.close())

async function prepare(kind: LinkKind) {
  const user = await kind.makeUser(db)
  const browser = await kind.open(app, user)
  const token = await kind.makeToken(db, user)

  return { user, browser, token, url: `${kind.path}/${token}` }
}

async function use(browser: Browser, url: string, { payload }: LinkKind): Promise<number> {
  return (await browser.sendJson('POST', url, payload)).statusCode
}

for (const kind of LINK_KINDS) {
  describe(`a link for ${kind.context}`, () => {
    test('is stored as a hash, with its purpose and the address it went to', async () => {
      const { user, token } = await prepare(kind)
      const row = await db.userToken.findFirstOrThrow({
        where: { userId: user.id, context: kind.context },
      })
      const hash = createHash('sha256').update(Buffer.from(token, 'base64url')).digest()

      assert.deepEqual(Buffer.from(row.token), hash)
      assert.match(row.sentTo ?? '', /@example\.com$/)
    })

    test('is not used up by looking at it, and looking changes nothing', async () => {
      const { user, browser, url } = await prepare(kind)

      for (const method of ['HEAD', 'GET', 'GET'] as const) {
        const headers = { accept: 'application/json' }
        const response = await browser.request({ method, url, headers })
        assert.equal(response.statusCode, 200)
        assert.equal(response.headers['referrer-policy'], 'no-referrer')
        assert.equal(response.headers['cache-control'], 'no-store')
      }

      assert.deepEqual(await db.user.findUnique({ where: { id: user.id } }), await stored(user))
      assert.equal(await use(browser, url, kind), 200)
    })

    test('works once', async () => {
      const { user, browser, url } = await prepare(kind)
      assert.equal(await use(browser, url, kind), 200)
      const owner = (await db.user.findUnique({ where: { id: user.id } })) ?? user

      for (const again of [new Browser(app), await kind.open(app, owner)]) {
        assert.ok([401, 410].includes(await use(again, url, kind)))
      }
    })

    test('works for one of many at the same moment', { timeout: 60_000 }, async () => {
      const { browser, url } = await prepare(kind)
      const requests = Array.from({ length: 8 }, () => use(browser.copy(), url, kind))
      const statuses = await Promise.all(requests)

      assert.equal(statuses.filter((status) => status === 200).length, 1)
      assert.ok(statuses.every((status) => [200, 401, 410].includes(status)))
    })

    test(`works for ${kind.validForMinutes} minutes`, async () => {
      const { user, browser, url } = await prepare(kind)
      const validFor = kind.validForMinutes * MINUTE

      await ageTokens(db, user, kind.context, validFor)
      assert.equal((await browser.getJson(url)).statusCode, 410)
      assert.equal(await use(browser, url, kind), 410)

      await ageTokens(db, user, kind.context, validFor - 20 * SECOND)
      assert.equal(await use(browser, url, kind), 200)
    })

    test('is worthless once a newer one was mailed', async () => {
      const { user, browser, url } = await prepare(kind)
      const newer = await kind.makeToken(db, user)

      assert.equal(await use(browser, url, kind), 410)
      assert.equal(await use(browser, `${kind.path}/${newer}`, kind), 200)
    })

    test('is worthless once the password was changed', async () => {
      const { user, url } = await prepare(kind)
      await updateUserPassword(db, user, 'four more unrelated words')

      assert.ok([401, 410].includes(await use(new Browser(app), url, kind)))
      assert.equal(await db.userToken.count({ where: { userId: user.id } }), 0)
    })

    test('is worthless once the user has another address', async () => {
      const { user, browser, url } = await prepare(kind)
      await db.user.update({ where: { id: user.id }, data: { email: uniqueEmail() } })

      assert.equal(await use(browser, url, kind), 410)
    })

    test('is worthless once the account is gone', async () => {
      const { user, browser, url } = await prepare(kind)
      await db.user.delete({ where: { id: user.id } })

      assert.ok([401, 410].includes(await use(browser, url, kind)))
    })

    test('gives one answer to whatever was never mailed', async () => {
      const { browser, token } = await prepare(kind)
      const respelled = [`${token}=`, `${token}%20`, `${token}%00`, `%20${token}`, token.slice(1)]

      for (const text of [...respelled, '', 'x', 'A'.repeat(43), '%5Bobject%5D', 'null']) {
        assert.equal(await use(browser, `${kind.path}/${text}`, kind), 410, text)
      }
    })

    for (const other of LINK_KINDS.filter(({ context }) => context !== kind.context)) {
      test(`opens nothing where links for ${other.context} do`, async () => {
        const { user, browser, token, url } = await prepare(kind)
        const { browser: stranger } = await authenticatedFixture(app)

        for (const anybody of [browser, stranger, new Browser(app)]) {
          const wrong = `${other.path}/${token}`
          assert.ok([401, 403, 410].includes((await anybody.getJson(wrong)).statusCode))
          assert.ok([401, 403, 410].includes(await use(anybody, wrong, other)))
        }

        assert.deepEqual(await db.user.findUnique({ where: { id: user.id } }), await stored(user))
        assert.equal(await use(browser, url, kind), 200)
      })
    }

    test('is no session, and the token of a session is no link', async () => {
      const { user, token } = await prepare(kind)
      const { browser } = await authenticatedFixture(app)
      const session = await sessionFixture(db, user)

      assert.ok([403, 410].includes(await use(browser, `${kind.path}/${session.token}`, kind)))
      const name = app.userAuth.cookies.remember
      const thief = new Browser(app)
      thief.cookies.set(name.name, { value: name.signer.sign(token), outlivesBrowser: true })
      assert.equal(await thief.whoIsLoggedIn(), null)
    })
  })
}

/** The user as it was, but for when somebody last logged in. */
async function stored({ id, email, hashedPassword, confirmedAt }: User): Promise<User> {
  const user = await db.user.findUniqueOrThrow({ where: { id } })

  return { ...user, email, hashedPassword, confirmedAt }
}
