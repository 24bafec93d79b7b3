import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addIgnoredPaths } from '../../../src/core/edits/ignore-file.js'
import { removeInserted } from '../../../src/core/edits/insertion.js'

test.each([
  ['.env', '.env'],
  ['.env*', '.env'],
  ['.env  ', '.env'],
  ['*', 'prisma/dev.db'],
  ['*.db', 'dev.db'],
  ['*.db', 'prisma/dev.db'],
  ['*.d*', '*.db'],
  ['prisma/*.db', '/prisma/dev.db'],
  ['/prisma/dev.db', 'prisma/dev.db'],
  ['node_modules', 'node_modules/'],
  ['dist/', 'dist/mail'],
  ['tmp', 'tmp/mail/'],
  ['\uFEFF.env\r', '.env'],
])('%j covers %j', (line, path) => {
  expect(addIgnoredPaths(`a\n${line}\n`.replace(/^a\n(?=\uFEFF)/, ''), [path])).toEqual({
    kind: 'already done',
  })
})

test.each([
  ['# .env', '.env'],
  ['.env.local', '.env'],
  ['/.env', '.env'],
  ['.env/', '.env'],
  ['*.db', '*.db-journal'],
  ['prisma/*.db', 'dev.db'],
  ['config/.env*', '.env'],
  ['[.]env', '.env'],
  ['.en?', '.env'],
  ['a*'.repeat(30), 'a'.repeat(40)],
])('%j does not cover %j', (line, path) => {
  const edit = addIgnoredPaths(`${line}\n`, [path])

  expect(edit).toMatchObject({ kind: 'done', text: `${line}\n${path}\n` })
})

test('what is missing is added below its comment, in the line ends of the file', () => {
  const edit = addIgnoredPaths('node_modules\r\n.env', ['.env', '*.db', 'tmp/'], 'Local\ndata')

  expect(edit).toMatchObject({
    text: 'node_modules\r\n.env\r\n\r\n# Local\r\n# data\r\n*.db\r\ntmp/\r\n',
  })
})

test('a missing file begins with our lines', () => {
  expect(addIgnoredPaths(null, ['.env'])).toEqual({
    kind: 'done',
    text: '.env\n',
    inserted: ['.env\n'],
  })
})

test('what the owner excepts is not ignored behind their back', () => {
  expect(addIgnoredPaths('.env*\n!.env\n', ['.env'])).toMatchObject({
    kind: 'cannot',
    reason: '.gitignore excepts .env from what is ignored.',
  })
  expect(addIgnoredPaths('!.env\n.env*\n', ['.env']).kind).toBe('already done')
  expect(addIgnoredPaths('.env*\n!.env.example\n', ['.env']).kind).toBe('already done')
})

test('twice is once, and taking out restores every byte', () => {
  const line = fc.constantFrom('.env', '*.db', '!x', '# y', '', ' ', 'a/b', '\\#', '**/z')
  const text = fc
    .tuple(fc.array(line), fc.constantFrom('\n', '\r\n'))
    .map(([lines, end]) => lines.join(end))

  fc.assert(
    fc.property(text, (before) => {
      const paths = ['.env', 'prisma/dev.db', 'tmp/']
      const edit = addIgnoredPaths(before, paths, 'Local')
      if (edit.kind !== 'done') return

      expect(addIgnoredPaths(edit.text, paths, 'Local').kind).toBe('already done')
      expect(removeInserted(edit.text, edit.inserted)).toBe(before)
    }),
    { numRuns: 300 },
  )
})
