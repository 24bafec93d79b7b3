import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

import { withTimeoutsLast } from '../../../src/core/render/old-vitest.js'

const NEW = `describe('a', () => {
  test('b (c, d)', { timeout: 60_000 }, async () => {
    run(() => {
      done({})
    })
  })

  test('e', () => {})
})

describe('f', { timeout: 1 }, () => {
  test('g', () => {})
})
`

const OLD = `describe('a', () => {
  test('b (c, d)', async () => {
    run(() => {
      done({})
    })
  }, 60_000)

  test('e', () => {})
})

describe('f', () => {
  test('g', () => {})
}, 1)
`

test('a timeout goes behind its function, and nothing else changes', () => {
  expect(withTimeoutsLast(NEW)).toBe(OLD)
  expect(withTimeoutsLast(OLD)).toBe(OLD)
})

const TIMEOUT = /\btimeout: [\d_]+/

test('no template has a timeout in another place', () => {
  const folder = fileURLToPath(new URL('../../../templates/auth/test', import.meta.url))
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(folder, path), 'utf8'))

  expect(texts.filter((text) => TIMEOUT.test(text)).length).toBeGreaterThan(3)
  expect(texts.filter((text) => TIMEOUT.test(withTimeoutsLast(text)))).toEqual([])
})
