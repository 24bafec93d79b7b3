import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Edit } from '../../../src/core/edits/edit.js'
import { addEnvironmentVariables, readEnvironment } from '../../../src/core/edits/env-file.js'
import { removeInserted } from '../../../src/core/edits/insertion.js'

const SECRET = { key: 'SESSION_SECRET', value: 'change me', comments: ['Signs cookies.'] }

test('what is missing is added below what is there', () => {
  const { text } = done(add('A=1\n', [SECRET, { key: 'MAIL_URL', value: 'smtp://localhost:1025' }]))

  expect(text).toBe(
    "A=1\n\n# Signs cookies.\nSESSION_SECRET='change me'\nMAIL_URL=smtp://localhost:1025\n",
  )
})

test('a missing file begins with our lines', () => {
  expect(add(null, [{ key: 'A', value: '' }])).toEqual({
    kind: 'done',
    text: 'A=\n',
    inserted: ['A=\n'],
  })
})

test.each([
  'SESSION_SECRET=x',
  'export SESSION_SECRET=x',
  '  SESSION_SECRET = "x"  # why',
  'SESSION_SECRET: x',
  'SESSION_SECRET=',
  '\uFEFFSESSION_SECRET=x\r\n',
  'A="one\ntwo"\nSESSION_SECRET=x',
])('%j sets it', (text) => {
  expect(add(text, [SECRET])).toEqual({ kind: 'already done' })
})

test.each([
  '# SESSION_SECRET=x',
  'MY_SESSION_SECRET=x',
  'SESSION_SECRET_OLD=x',
  'A="\nSESSION_SECRET=x\n"',
  "A='SESSION_SECRET=x'",
])('%j does not set it', (text) => {
  expect(add(text, [SECRET]).kind).toBe('done')
})

test('line ends and a missing final newline are minded', () => {
  expect(done(add('A=1\r\nB=2', [SECRET])).text).toBe(
    "A=1\r\nB=2\r\n\r\n# Signs cookies.\r\nSESSION_SECRET='change me'\r\n",
  )
})

test('values read as dotenv reads them', () => {
  const text = `A=1 # one\nB="two # 2"\nC='a\nb'\nD=O'Brien\nE="open\nF=a#b\n`

  expect(Object.fromEntries(readEnvironment(text))).toEqual({
    A: '1',
    B: 'two # 2',
    C: 'a\nb',
    D: "O'Brien",
    E: '"open',
    F: 'a#b',
  })
})

test.each([
  ['an open quote would swallow our line', 'A="open', { key: 'B', value: 'a "b" c' }],
  ['the key is none', '', { key: 'A B', value: '' }],
  ['the value has every quote', '', { key: 'A', value: `'"\\` }],
])('cannot where %s', (_, text, variable) => {
  expect(add(text, [variable])).toMatchObject({ kind: 'cannot', paste: expect.any(String) })
})

test('a comment is one, whatever is in it', () => {
  const { text } = done(add('', [{ key: 'A', value: '1', comments: ['x\nB=2\r# C=3'] }]))

  expect([...readEnvironment(text).keys()]).toEqual(['A'])
})

test('twice is once; taking out restores every byte; every value stays', () => {
  const line = fc.constantFrom('A=1', '# C', '', 'B="x', "D='", 'E=`a`', 'export F=', ' ', '"', 'g')
  const text = fc
    .tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\uFEFF'))
    .map(([lines, lineEnd, mark]) => mark + lines.join(lineEnd))

  fc.assert(
    fc.property(text, fc.string(), (before, value) => {
      const variables = [SECRET, { key: 'OTHER', value }]
      const edit = add(before, variables)
      if (edit.kind !== 'done') return
      const after = readEnvironment(edit.text)

      expect(add(edit.text, variables).kind).toBe('already done')
      expect(removeInserted(edit.text, edit.inserted)).toBe(before)
      expect(Object.fromEntries(after)).toEqual({
        ...Object.fromEntries(readEnvironment(before)),
        SESSION_SECRET: 'change me',
        OTHER: value,
      })
    }),
    { numRuns: 500 },
  )
})

function add(...[text, variables]: Parameters<typeof addEnvironmentVariables>) {
  return addEnvironmentVariables(text, variables)
}

function done(edit: Edit) {
  if (edit.kind !== 'done') throw new Error(JSON.stringify(edit))

  return edit
}
