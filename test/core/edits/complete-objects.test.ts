import { describe, expect, test } from 'vitest'
import { completeObjects } from '../../../src/core/edits/complete-objects.js'
import { removeInserted } from '../../../src/core/edits/insertion.js'

const GROWN = { type: 'User', keys: ['id', 'email'], added: ['confirmedAt', 'deactivatedAt'] }
const IMPORT = `import type { User } from '@prisma/client'\n`

/** The code with ours; null where nothing was to be done. Taking it out again leaves every byte. */
function complete(code: string, path = 'src/fake.ts'): string | null {
  const edit = completeObjects(path, IMPORT + code, GROWN)
  if (edit.kind !== 'done') return null
  expect(removeInserted(edit.text, edit.inserted)).toBe(IMPORT + code)

  return edit.text.slice(IMPORT.length)
}

describe('the fields that are new come behind the last one', () => {
  test.each([
    ['on lines of their own', '{\n    id,\n    email: a,\n  }', '\n    ', '', ','],
    ['without a comma where there is none', '{\n    id,\n    email\n  }', '\n    ', ',', ''],
    ['with the line ends of the file', '{\r\n    id,\r\n    email,\r\n  }', '\r\n    ', '', ','],
    ['on the same line', '{ id, email }', ' ', ',', ''],
  ])('%s', (_how, object, space, comma, end) => {
    const [, head = '', tail = ''] = /^([\s\S]*email(?:: a)?,?)([\s\S]*)$/.exec(object) ?? []
    const added = ['confirmedAt', 'deactivatedAt']
      .map((key) => `${comma}${space}${key}: null${end}`)
      .join('')

    expect(complete(`const user: User = ${object}`)).toBe(
      `const user: User = ${head}${added}${tail}`,
    )
  })

  test('and before what is spread over them', () => {
    expect(complete('const build = (o: object): User => ({ id, email, ...o })')).toBe(
      'const build = (o: object): User => ({ id, email, confirmedAt: null, deactivatedAt: null, ...o })',
    )
  })

  test('as far as they are missing', () => {
    const one = 'const user = { id, email, confirmedAt: new Date() } satisfies User'

    expect(complete(one)).toBe(one.replace(' }', ', deactivatedAt: null }'))
    expect(complete(one.replace(' }', ', deactivatedAt: null }'))).toBeNull()
  })
})

test.each([
  'function make() { return { id, email } }',
  'class Users { users: User[] = [{ id, email }] }',
  'users.push({ id, email })',
  'const user = <User>{ id, email }',
])('whole objects are found in %s', (code) => {
  expect(complete(code)).toContain('{ id, email, confirmedAt: null, deactivatedAt: null }')
})

test.each([
  ['has other keys', 'const user = { id, name }'],
  ['is a query', 'db.user.findMany({ select: { id: true, email: true } })'],
  ['describes an answer', 'const schema = z.object({ id: z.string(), email: z.string() })'],
  ['is compared with an answer', 'expect(answer).toEqual({ id, email })'],
  ['computes its keys', 'const user = { [id]: 1, [email]: 2 }'],
  ['does not parse', 'const user = { id, email'],
])('an object that %s stays as it is', (_what, code) => {
  expect(complete(code)).toBeNull()
})

test('a file that does not name the type stays as it is', () => {
  const edit = completeObjects('src/fake.ts', 'const user = { id, email }', GROWN)

  expect(edit.kind).toBe('already done')
})
