import { describe, expect, test } from 'vitest'
import { type Change, changed, merged } from './merged.js'

const base = [
  'export async function find(db: Database, id: string) {',
  '  const row = await db.find(id)',
  '',
  '  return row',
  '}',
  '',
].join('\n')

const inTry: Change[] = [
  ['{\n', '{\n  try {\n'],
  ['return row\n', 'return row\n  } finally {\n    mine(id)\n  }\n'],
]

const indented: Change[] = [...inTry, ['  const row', '    const row'], ['  return', '    return']]

const newReturn: Change = ['return row\n', 'return row.isOld ? null : row\n']

describe('a body that one side put in a try', () => {
  test.each<[claim: string, ours: Change[], theirs: Change[], result: Change[]]>([
    ['gets what the other side changed in it', inTry, [newReturn], [...inTry, newReturn]],
    [
      'gets it at the depth that its owner gave it',
      indented,
      [newReturn, ['  return row', '  const now = Date.now()\n\n  return row']],
      [...indented, newReturn, ['    return row', '    const now = Date.now()\n\n    return row']],
    ],
    ['keeps what its owner changed in it', [newReturn], inTry, [...inTry, newReturn]],
  ])('%s', (_claim, mine, incoming, result) => {
    const versions = { base, ours: changed(base, mine), theirs: changed(base, incoming) }

    expect(merged('a.ts', versions)).toBe(changed(base, result))
  })

  test.each<[claim: string, by: Change, theirs: Change[]]>([
    [
      'catches what the new version may have begun to throw',
      ['} finally {\n    mine(id)\n', '} catch {\n    return null\n'],
      [newReturn],
    ],
    ['returns something else in the end', ['    mine(id)\n', '    return null\n'], [newReturn]],
    [
      'uses what the new version has no more',
      ['mine(id)', 'mine(id)'.replace('mine', 'note')],
      [
        newReturn,
        ['id: string', 'key: string'],
        ['find(id)', 'find(key)'],
        ['find(key)', 'find(key.id)'],
      ],
    ],
    ['is not the only one', ['mine(id)', 'mine(db)'], [...inTry, ['mine(id)', 'close(id)']]],
  ])('is a question where it %s', (_claim, by, incoming) => {
    const mine = [...inTry].map(([from, to]): Change => [from, to.replace(by[0] as string, by[1])])
    const versions = { base, ours: changed(base, mine), theirs: changed(base, incoming) }

    expect(merged('a.ts', versions)).toBe('conflict')
  })

  test('merges where a function in it is in another one', () => {
    const nested = base.replace(
      'await db.find(id)',
      'await db.run(async () => {\n    return db.find(id)\n  })',
    )
    const both = (text: string) =>
      changed(text, [
        ...inTry,
        [
          '    return db.find(id)\n',
          '    try {\n    return db.find(id)\n    } finally {\n      inner()\n    }\n',
        ],
      ])
    const versions = { base: nested, ours: both(nested), theirs: changed(nested, [newReturn]) }

    expect(merged('a.ts', versions)).toBe(changed(both(nested), [newReturn]))
  })
})
