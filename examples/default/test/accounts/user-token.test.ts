import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'

import { describe, test } from 'vitest'

import { buildToken, hashToken } from '../../src/accounts/user-token.js'

describe('buildToken', () => {
  test('makes 32 bytes, and the SHA-256 of them to store', () => {
    const { token, hashedToken } = buildToken()
    const bytes = Buffer.from(token, 'base64url')

    assert.equal(bytes.length, 32)
    assert.deepEqual(Buffer.from(hashedToken), createHash('sha256').update(bytes).digest())
  })

  test('never makes the same one twice', () => {
    const tokens = Array.from({ length: 10_000 }, () => buildToken().token)

    assert.equal(new Set(tokens).size, tokens.length)
  })

  test('uses every bit', () => {
    const tokens = Array.from({ length: 1000 }, () => Buffer.from(buildToken().token, 'base64url'))

    for (let bit = 0; bit < 256; bit += 1) {
      const ones = tokens.filter((bytes) => ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1).length
      assert.ok(ones > 350 && ones < 650, `bit ${bit} is set in ${ones} of 1000`)
    }
  })
})

describe('hashToken', () => {
  test('finds the hash under which a token is stored', () => {
    const { token, hashedToken } = buildToken()

    assert.deepEqual(hashToken(token), hashedToken)
  })

  // All of these decode to the same 32 bytes in Node.
  test('takes the one spelling that was sent, and no other of the same bytes', () => {
    const { token } = buildToken()
    const lastLetter = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const next = lastLetter[(lastLetter.indexOf(token.slice(-1)) ^ 1) % 64] ?? ''

    for (const spelling of [
      `${token}=`,
      `${token} `,
      `${token}\n`,
      `${token}\0`,
      ` ${token}`,
      `${token}!!`,
      `${token.slice(0, 20)}%${token.slice(20)}`,
      token.slice(0, -1) + next,
    ]) {
      assert.equal(hashToken(spelling), null, JSON.stringify(spelling))
    }
  })

  test('has no hash for what cannot be a token', () => {
    const texts = ['', ' ', 'oops', 'A'.repeat(42), 'A'.repeat(100_000)]
    const oddities = [...texts, null, undefined, 1, {}, []]

    for (const oddity of oddities) assert.equal(hashToken(oddity), null)
  })
})
