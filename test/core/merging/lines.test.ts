import { diff3Merge } from 'node-diff3'
import { describe, expect, test } from 'vitest'
import { mergeLines, toLines } from '../../../src/core/merging/lines.js'
import type { Versions } from '../../../src/core/merging/versions.js'
import { plain } from '../../../src/core/text.js'
import { caseOf } from '../../merging/cases.js'

/** As git does it, which takes the square of the length for it. */
function mergedByDiff3({ base, ours, theirs }: Versions): string | null {
  const regions = diff3Merge(toLines(ours), toLines(base), toLines(theirs), {
    excludeFalseConflicts: true,
  })

  return regions.some(({ conflict }) => conflict)
    ? null
    : regions.flatMap(({ ok }) => ok ?? []).join('')
}

describe('lines', () => {
  test('merge to what diff3 makes of them, wherever it makes something of them', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const { base, ours, theirs } = caseOf(seed)
      const versions = { base: plain(base), ours: plain(ours), theirs: plain(theirs) }
      const expected = mergedByDiff3(versions)

      if (expected !== null) expect([seed, mergeLines(versions)]).toEqual([seed, expected])
    }
  })

  test('that many functions have are compared where their own lines are', () => {
    const functionOf = (name: number, line: string) => `function of${name}() {\n  ${line}\n}\n`
    const fileOf = (lineOf: (name: number) => string) =>
      Array.from({ length: 2000 }, (_none, name) => functionOf(name, lineOf(name))).join('\n')
    const ours = fileOf((name) => (name % 3 === 1 ? 'mine()' : 'same()'))
    const theirs = fileOf((name) => (name % 3 === 2 ? 'theirs()' : 'same()'))
    const both = fileOf((name) => ['same()', 'mine()', 'theirs()'][name % 3] ?? '')

    expect(mergeLines({ base: fileOf(() => 'same()'), ours, theirs })).toBe(both)
  })

  test('of a function behind another one are its own, to the last brace', () => {
    const base = 'function a() {\n  one()\n}\n'
    const ours = `${base}\nfunction mine() {\n  two()\n}\n`
    const theirs = base.replace('one()', 'other()')

    expect(mergeLines({ base, ours, theirs })).toBe(ours.replace('one()', 'other()'))
  })
})
