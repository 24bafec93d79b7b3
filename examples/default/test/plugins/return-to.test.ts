import assert from 'node:assert/strict'

import { describe, test } from 'vitest'

import { logInUrl, SIGNED_IN_PATH, safeReturnTo } from '../../src/plugins/return-to.js'

const OTHER_HOSTS = [
  'https://evil.example',
  'http:evil.example',
  'https:/evil.example',
  'https:evil.example',
  'evil.example',
  '//evil.example',
  '///evil.example',
  '////evil.example/%2f..',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  '/%2e%2e//evil.example',
  '/%5cevil.example',
  '/%5Cevil.example',
  '/%2f%2fevil.example',
  '/%2fevil.example',
  '/%2F/evil.example',
  '/./%2f/evil.example',
  '/a/../%2fevil.example',
  '/%09/evil.example',
  '@evil.example',
  '?next=//evil.example',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
]

const ODDITIES = [
  '',
  ' ',
  '/users\r\nset-cookie: a=b',
  '/users%0d%0aset-cookie:%20a=b',
  '/users?a=%0d%0ab',
  '/users\0',
  '/users%00',
  '/gr\u00fc\u00dfe',
  '/\u2028',
  '/\uFF0F\uFF0Fevil.example',
  `/${'a'.repeat(3000)}`,
  // What a browser makes of it is three times as long, and too long for a cookie.
  `/${'"'.repeat(2000)}`,
  null,
  undefined,
  1,
  {},
  ['/users'],
]

const PATHS = [
  '/',
  '/users/settings',
  '/search?q=a&page=2',
  '/search?q=a%26b%20c',
  '/a.b/c-d_e~f',
  '/share?url=https://example.com/a',
]

describe('safeReturnTo', () => {
  for (const path of OTHER_HOSTS) {
    test(`does not lead away by ${JSON.stringify(path)}`, () => {
      assert.equal(safeReturnTo(path), SIGNED_IN_PATH)
    })
  }

  for (const path of ODDITIES) {
    test(`falls back for ${JSON.stringify(path)?.slice(0, 60)}`, () => {
      assert.equal(safeReturnTo(path, '/home'), '/home')
    })
  }

  for (const path of PATHS) {
    test(`leads to ${path}`, () => assert.equal(safeReturnTo(path), path))
  }

  test('leads to this app whatever a browser makes of it', () => {
    for (const path of OTHER_HOSTS) {
      const { origin } = new URL(safeReturnTo(path), 'https://app.test/users/log-in')

      assert.equal(origin, 'https://app.test')
    }
  })
})

describe('logInUrl', () => {
  test('carries the path to return to', () => {
    assert.equal(logInUrl('/search?q=a&page=2'), '/users/log-in?next=%2Fsearch%3Fq%3Da%26page%3D2')
  })
})
