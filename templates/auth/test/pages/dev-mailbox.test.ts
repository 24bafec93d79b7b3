import assert from 'node:assert/strict'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

let app: FastifyInstance
let browser: Browser

beforeEach(async () => {
  app = await buildTestApp()
  browser = new Browser(app)
})

afterEach(() => app.close())

describe('the mailbox page', () => {
  test('lists the mails, and shows one with its links', async () => {
    const text = 'Open http://app.test/a.'
    app.devMailbox?.add({ to: 'ada@example.com', subject: 'Hello', text, html: '' })
    const [mail] = app.devMailbox?.mails ?? []
    const list = await browser.visit('/dev/mailbox')
    const page = await browser.visit(`/dev/mailbox/${mail?.id}`)

    assert.ok(list.body.includes(`<a href="/dev/mailbox/${mail?.id}">Hello</a>`))
    assert.ok(page.body.includes('<a href="http://app.test/a">http://app.test/a</a>.'))
  })

  test('shows what is in a mail as text, never as a part of the page', async () => {
    const html = '<script>alert(1)</script>'
    app.devMailbox?.add({ to: html, subject: html, text: html, html })
    const [mail] = app.devMailbox?.mails ?? []

    for (const path of ['/dev/mailbox', `/dev/mailbox/${mail?.id}`]) {
      assert.ok(!(await browser.visit(path)).body.includes('<script'))
    }
  })
})
