import assert from 'node:assert/strict'

import { describe, test } from 'vitest'

import { readAuthConfig } from '../../src/accounts/auth-config.js'

const secret = 'w8XkQz3vN7rJt5yLb2MdHf6cPs9GaE4u'
const production = {
  NODE_ENV: 'production',
  SESSION_SECRET: secret,
  APP_ORIGIN: 'https://a.example',
}

describe('NODE_ENV', () => {
  test('is production under every name that is not one for development', () => {
    for (const NODE_ENV of ['production', 'Production', 'prod', 'live', 'staging']) {
      assert.equal(readAuthConfig({ ...production, NODE_ENV }).production, true, NODE_ENV)
      assert.throws(() => readAuthConfig({ NODE_ENV }), /APP_ORIGIN/, NODE_ENV)
    }
  })

  test('is development when it says so, or nothing', () => {
    for (const NODE_ENV of [undefined, '', 'development', 'dev', 'local', 'test']) {
      assert.equal(readAuthConfig({ NODE_ENV }).production, false, NODE_ENV)
    }
  })
})

describe('in production', () => {
  test('boots with an origin and a secret', () => {
    const config = readAuthConfig(production)

    assert.equal(config.origin, 'https://a.example')
    assert.deepEqual(config.secrets, [secret])
  })

  const UNSAFE = [
    '',
    'short',
    secret.slice(1),
    'a'.repeat(64),
    'change-me-change-me-change-me-change-me',
    'placeholder-placeholder-placeholder-1',
    `${secret},short`,
  ]

  for (const SESSION_SECRET of UNSAFE) {
    test(`refuses to boot with ${JSON.stringify(SESSION_SECRET)} as the secret`, () => {
      assert.throws(() => readAuthConfig({ ...production, SESSION_SECRET }), /SESSION_SECRET/)
    })
  }

  test('refuses to boot without a public origin', () => {
    for (const APP_ORIGIN of ['', 'a.example', 'a.example:443', 'localhost:3000', 'file:///a']) {
      assert.throws(() => readAuthConfig({ ...production, APP_ORIGIN }), /APP_ORIGIN/, APP_ORIGIN)
    }
  })
})

describe('in development', () => {
  test('makes up a secret, another one each time', () => {
    const one = readAuthConfig({ NODE_ENV: 'development' })
    const other = readAuthConfig({ NODE_ENV: 'development' })

    assert.notDeepEqual(one.secrets, other.secrets)
  })

  test('refuses a weak secret even so', () => {
    assert.throws(() => readAuthConfig({ SESSION_SECRET: 'short' }), /SESSION_SECRET/)
  })
})

test('a list of secrets is read newest first', () => {
  const newest = [...secret].reverse().join('')
  const { secrets } = readAuthConfig({ ...production, SESSION_SECRET: `${newest}, ${secret}` })

  assert.deepEqual(secrets, [newest, secret])
})
