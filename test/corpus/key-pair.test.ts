import { sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'

import { withKeys } from './key-pair.js'

test('what one key of a setting signs, the other one knows', () => {
  const [own, others] = ['{private key}', '{public key}'].map((value) =>
    Buffer.from(withKeys(value), 'base64').toString(),
  )
  const signature = sign('sha256', Buffer.from('a token'), own ?? '')

  expect(verify('sha256', Buffer.from('a token'), others ?? '', signature)).toBe(true)
  expect(withKeys('a {database}')).toBe('a {database}')
})
