import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { DevMailbox } from '../../src/plugins/dev-mailbox.js'
import { unconfirmedUserFixture } from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp, PRODUCTION } from '../support/build-app.js'

let app: FastifyInstance

beforeEach(async () => {
  app = await buildTestApp()
})

afterEach(() => app.close())

async function requestMail(): Promise<string> {
  const { email } = await unconfirmedUserFixture(app.userAuth.db)
  await new Browser(app).sendJson('POST', '/users/confirm', { email })

  return email
}

describe('the mailbox in development', () => {
  test('shows every mail that was sent, newest first', async () => {
    const first = await requestMail()
    const second = await requestMail()
    const mails = (await new Browser(app).getJson('/dev/mailbox')).json<{ to: string }[]>()

    assert.deepEqual(
      mails.map(({ to }) => to),
      [second, first],
    )
  })

  test('shows one mail', async () => {
    const email = await requestMail()
    const [mail] = app.devMailbox?.mails ?? []
    const response = await new Browser(app).getJson(`/dev/mailbox/${mail?.id}`)

    assert.deepEqual(Object.keys(response.json()), [
      'id',
      'to',
      'subject',
      'text',
      'html',
      'sentAt',
    ])
    assert.equal(response.json().to, email)
  })

  test('has no mail that was never sent', async () => {
    assert.equal((await new Browser(app).getJson('/dev/mailbox/1')).statusCode, 404)
  })

  test('keeps the last 200', () => {
    const mailbox = new DevMailbox()
    for (let number = 1; number <= 201; number += 1) {
      mailbox.add({ to: `${number}@example.com`, subject: '', text: '', html: '' })
    }

    assert.equal(mailbox.mails.length, 200)
    assert.equal(mailbox.mails[0]?.to, '201@example.com')
  })
})

describe('the mailbox in production', () => {
  test('does not exist: it would let anybody into any account', async () => {
    const production = await buildTestApp({ env: PRODUCTION })
    const browser = new Browser(production)
    const { email } = await unconfirmedUserFixture(production.userAuth.db)
    await browser.sendJson('POST', '/users/confirm', { email })
    const { statusCode } = await browser.getJson('/dev/mailbox')
    await production.close()

    assert.equal(statusCode, 404)
    assert.equal(production.devMailbox, null)
  })
})
