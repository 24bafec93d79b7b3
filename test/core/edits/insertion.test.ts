import { expect, test } from 'vitest'
import { insert, removeInserted } from '../../../src/core/edits/insertion.js'

test('insertions at one offset keep their order', () => {
  expect(
    insert('ad', [
      { at: 1, text: 'b' },
      { at: 1, text: 'c' },
      { at: 0, text: '-' },
    ]),
  ).toBe('-abcd')
})

test('texts are taken out wherever they have moved to', () => {
  expect(removeInserted('owner\nA\nmore\nB\n', ['\nB', '\nA'])).toBe('owner\nmore\n')
})

test('a copy in a comment is not taken for it', () => {
  expect(removeInserted('\n// x()\nx()\n', ['x()\n'])).toBe('\n// x()\n')
})

test('one text inside another is no hindrance', () => {
  expect(removeInserted('1\na\nb\n2\na\n', ['a\n', 'a\nb\n'])).toBe('1\n2\n')
})

test('what is gone, changed or there twice is not guessed', () => {
  expect(removeInserted('a', ['b'])).toBeNull()
  expect(removeInserted('x\n1\nx\n2\n', ['x\n'])).toBeNull()
})

test('of two copies in a row either will do', () => {
  expect(removeInserted('x\nx\n', ['x\n'])).toBe('x\n')
})
