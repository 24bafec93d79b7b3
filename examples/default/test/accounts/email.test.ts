import assert from 'node:assert/strict'

import { describe, test } from 'vitest'

import { isEmail, isOneAddress, normalizeEmail } from '../../src/accounts/email.js'

describe('normalizeEmail', () => {
  test('makes one spelling of many', () => {
    assert.equal(normalizeEmail(' Ada.Lovelace@Example.COM\n'), 'ada.lovelace@example.com')
  })

  test('does not make the Kelvin sign a k: that would be another mailbox', () => {
    assert.notEqual(normalizeEmail('\u212Aim@example.com'), 'kim@example.com')
  })
})

describe('isEmail', () => {
  for (const email of ['ada@example.com', "o'neill+news@mail.example.co.uk", 'a@localhost']) {
    test(`takes ${email}`, () => assert.ok(isEmail(email)))
  }

  const NOT_ONE_ADDRESS = [
    '',
    'ada',
    'ada@',
    '@example.com',
    'ada@@example.com',
    'ada@example.com,eve@evil.com',
    'ada@example.com;eve@evil.com',
    'ada@example.com eve@evil.com',
    'ada@example.com\r\nbcc: eve@evil.com',
    'ada@example.com\0',
    'Ada <ada@example.com>',
    'friends: ada@example.com;',
    '"ada@evil.com"@example.com',
    '"ada lovelace"@example.com',
    'ada@[127.0.0.1]',
    'ada@example..com',
    'ada@-example.com',
    'ada@exämple.com',
    'ada＠example.com',
    '\u212Aim@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ada@${'example.'.repeat(40)}com`,
  ]

  for (const email of NOT_ONE_ADDRESS) {
    test(`refuses ${JSON.stringify(email).slice(0, 60)}`, () => assert.ok(!isEmail(email)))
  }
})

describe('an address that mail is asked for', () => {
  test('may be one that is refused today', () => {
    for (const email of ['ada@example.com', 'jörg@example.com', 'ada@exämple.com', '.a@b']) {
      assert.ok(isOneAddress(email), email)
    }
  })

  test('is one, and not several', () => {
    for (const email of ['', 'ada', 'a@b,c@d', 'a@b;c@d', 'a@b c@d', 'A <a@b>', '"a@b"@c']) {
      assert.ok(!isOneAddress(email), email)
    }
  })
})
