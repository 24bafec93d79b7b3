import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { merge } from '../../../src/core/merging/merge.js'
import { hasMarkers } from '../../../src/core/text.js'
import { labels } from './merged.js'

const line = fc.constantFrom('a', 'b', '', '}', 'import x', 'constructor', '__proto__')
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''))

describe('laws', () => {
  test('what only one side changed is taken as it is', () => {
    fc.assert(
      fc.property(text, text, (base, changed) => {
        expect(merge({ base, ours: changed, theirs: base }, labels).text).toBe(changed)
        expect(merge({ base, ours: base, theirs: changed }, labels).text).toBe(changed)
      }),
      { numRuns: 500 },
    )
  })

  test('merging again changes nothing', () => {
    fc.assert(
      fc.property(text, text, text, (base, ours, theirs) => {
        const merged = merge({ base, ours, theirs }, labels)
        fc.pre(merged.kind === 'clean')

        expect(merge({ base: theirs, ours: merged.text, theirs }, labels).text).toBe(merged.text)
      }),
      { numRuns: 500 },
    )
  })

  test('a clean merge holds every line that either side added', () => {
    const base = Array.from({ length: 10 }, (_, index) => `line ${index}`)
    const insertion = fc.record({ at: fc.nat(10), name: fc.nat(1000) })
    const edit = (side: string, edits: { at: number; name: number }[]) =>
      base
        .flatMap((one, index) => [
          ...edits.filter(({ at }) => at === index).map(({ name }) => `${side} ${name}`),
          one,
        ])
        .map((one) => `${one}\n`)
        .join('')

    fc.assert(
      fc.property(fc.array(insertion), fc.array(insertion), (mine, new_) => {
        const ours = edit('ours', mine)
        const theirs = edit('theirs', new_)
        const merged = merge({ base: edit('', []), ours, theirs }, labels)

        for (const added of [...ours.split('\n'), ...theirs.split('\n')]) {
          expect(merged.text.split('\n')).toContain(added)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a conflict', () => {
  const base = 'one\ntwo\nthree\n'

  test('shows both sides and what they came from, and counts its places', () => {
    const merged = merge({ base, ours: 'one\nmine\nthree\n', theirs: 'one\nnew\nthree\n' }, labels)

    expect(merged).toEqual({
      kind: 'conflict',
      places: 1,
      text: [
        'one',
        '<<<<<<< yours',
        'mine',
        '||||||| base',
        'two',
        '=======',
        'new',
        '>>>>>>> create-auth 2.0.0',
        'three',
        '',
      ].join('\n'),
    })
  })

  test('leaves lines that both sides share outside its markers', () => {
    const merged = merge(
      { base, ours: 'one\nsame\nmine\nlast\nthree\n', theirs: 'one\nsame\nnew\nlast\nthree\n' },
      labels,
    )

    expect(merged.text).toMatch(/^one\nsame\n<<<<<<< yours\nmine\n/)
    expect(merged.text).toMatch(/new\n>>>>>>> create-auth 2.0.0\nlast\nthree\n$/)
  })

  test('has its markers on lines of their own where the file does not end with a line end', () => {
    const merged = merge({ base: 'two', ours: 'mine', theirs: 'new' }, labels)

    expect(merged.text).toContain('mine\n|||||||')
    expect(hasMarkers(merged.text)).toBe(true)
  })
})

test('line ends and the byte order mark stay those of the owner', () => {
  const merged = merge(
    {
      base: 'one\ntwo\nthree\n',
      ours: '\uFEFFone\r\ntwo\r\nthree\r\nmine\r\n',
      theirs: 'zero\none\ntwo\nthree\n',
    },
    labels,
  )

  expect(merged).toEqual({
    kind: 'clean',
    rung: 'lines',
    text: '\uFEFFzero\r\none\r\ntwo\r\nthree\r\nmine\r\n',
  })
})
