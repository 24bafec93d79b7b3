import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'

import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, test } from 'vitest'

import { confirmationInstructions } from '../../src/accounts/user-notifier.js'
import { unconfirmedUserFixture } from '../support/accounts-fixtures.js'
import { Browser } from '../support/browser.js'
import { buildTestApp } from '../support/build-app.js'

test('nothing in a mail becomes HTML that was not meant to be', () => {
  const { text, html } = confirmationInstructions('ada@example.com', 'http://app.test/"><b>&')

  assert.ok(text.includes('http://app.test/"><b>&'))
  assert.ok(html.includes('http://app.test/&#34;&#62;&#60;b&#62;&#38;'))
  assert.ok(!html.includes('<b>'))
})

describe('with SMTP_URL set', () => {
  let server: Server
  let received: string[]
  let app: FastifyInstance
  let log: string

  beforeEach(async () => {
    log = ''
    received = []
    server = listen(received)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    app = await buildTestApp({
      env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'app@example.com' },
      onLog: (line) => {
        log += line
      },
    })
  })

  afterEach(async () => {
    await app.close()
    server.close()
  })

  test('a mail goes to the one address that is stored', async () => {
    const { email } = await unconfirmedUserFixture(app.userAuth.db)
    await new Browser(app).sendJson('POST', '/users/confirm', { email: ` ${email.toUpperCase()}` })
    await app.close()

    assert.ok(received.includes('MAIL FROM:<app@example.com>'))
    assert.deepEqual(
      received.filter((line) => line.startsWith('RCPT')),
      [`RCPT TO:<${email}>`],
    )
  })

  test('a mail has one recipient, whatever an address looks like', async () => {
    const mail = { subject: 'Hello', text: 'Hello', html: '' }
    for (const to of ['ada@example.com, eve@evil.example', 'Ada <eve@evil.example>']) {
      app.userAuth.mailer.deliver({ ...mail, to })
    }
    await app.close()

    assert.ok(!received.includes('RCPT TO:<eve@evil.example>'))
  })

  test('a mail that cannot be sent changes no answer, and its text stays out of the log', async () => {
    const { email } = await unconfirmedUserFixture(app.userAuth.db)
    server.close()
    const response = await new Browser(app).sendJson('POST', '/users/confirm', { email })
    await app.close()

    assert.equal(response.statusCode, 202)
    assert.match(log, /a mail was not sent/)
    assert.ok(!log.includes(email))
  })
})

/** A mail server that takes everything, and notes the lines it was sent. */
function listen(received: string[]): Server {
  const server = createServer((socket) => {
    let isMail = false
    const answer = (line: string) => {
      received.push(line)
      if (isMail && line !== '.') return
      isMail = line === 'DATA'
      socket.write(isMail ? '354 go on\r\n' : '250 ok\r\n')
    }

    socket.write('220 ready\r\n')
    socket.on('error', () => socket.destroy())
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n').filter(Boolean)) answer(line)
    })
  })

  return server.listen(0, '127.0.0.1')
}
