import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDocument } from '../../../src/core/merging/document.js'
import { merge } from '../../../src/core/merging/merge.js'
import type { Versions } from '../../../src/core/merging/versions.js'
import { plain } from '../../../src/core/text.js'
import { edited, reformatted, seeded } from '../../merging/owners-edits.js'

const labels = { ours: 'yours', base: 'base', theirs: 'create-auth 2.0.0' }

// A long run: MERGE_RUNS=100000 npx vitest run test/core/merging/laws.test.ts
const numRuns = Number(process.env.MERGE_RUNS ?? 80)
const timeout = numRuns * 500

const FILES = [
  'src/plugins/limits.ts',
  'src/routes/users/session-controller.ts',
  'src/accounts/messages.ts',
  'test/plugins/errors.test.ts',
  'src/views/users/log-in.ejs',
  'src/views/users/assets/style.css',
].map((path) => ({
  path,
  base: readFileSync(new URL(`../../../examples/default/${path}`, import.meta.url), 'utf8'),
}))

/** What somebody made of a text; the new version's words are other words than the owner's. */
function change(path: string, text: string, seed: number, word: 'Mine' | 'Theirs'): string {
  const random = seeded(seed)
  const { text: result } = edited(path, text, { random, count: 1 + random(3), near: [] })

  return word === 'Mine' ? result : renamed(text, result)
}

/** The same change, with `theirs` wherever it says `mine`. */
function renamed(base: string, text: string): string {
  expect(base).not.toMatch(/\bmine|Mine\b|audit|Mein/)

  return text.replace(/mine/g, 'theirs').replace(/Mine/g, 'Theirs').replace(/audit/g, 'news')
}

const versions = fc
  .record({ file: fc.constantFrom(...FILES), mine: fc.nat(), incoming: fc.nat() })
  .map(({ file: { path, base }, mine, incoming }) => ({
    path,
    base,
    ours: change(path, base, mine, 'Mine'),
    theirs: change(path, base, incoming, 'Theirs'),
  }))

function assert(law: (given: Versions & { path: string }) => void) {
  fc.assert(fc.property(versions, law), { numRuns })
}

describe('laws', () => {
  test(
    'merging what only one side changed gives that side',
    () => {
      assert(({ path, base, ours, theirs }) => {
        expect(merge({ base, ours, theirs: base }, labels, path).text).toBe(ours)
        expect(merge({ base, ours: base, theirs }, labels, path).text).toBe(theirs)
      })
    },
    timeout,
  )

  test(
    'merging again changes nothing',
    () => {
      assert(({ path, ...three }) => {
        const merged = merge(three, labels, path)
        if (merged.kind === 'conflict') return
        const again = { base: three.theirs, ours: merged.text, theirs: three.theirs }

        expect(merge(again, labels, path).text).toBe(merged.text)
      })
    },
    timeout,
  )

  test(
    'what both sides changed alike is taken once',
    () => {
      assert(({ path, base, ours, theirs }) => {
        expect(merge({ base, ours, theirs: ours }, labels, path).text).toBe(ours)

        const shared = `${base}${path.endsWith('.ts') ? '\nfunction shared() {}\n' : '\nshared\n'}`
        const [mine, incoming] = [ours, theirs].map((side) => side + shared.slice(base.length))
        const merged = merge({ base, ours: mine ?? '', theirs: incoming ?? '' }, labels, path)
        if (merged.kind === 'clean') expect(merged.text.match(/shared/g)).toHaveLength(1)
      })
    },
    timeout,
  )

  test(
    'no word of either side is lost in a clean result, nor in one with markers',
    () => {
      assert(({ path, ...three }) => {
        const merged = merge(three, labels, path)
        const [base, ours, theirs] = [three.base, three.ours, three.theirs].map(countWords)
        const result = countWords(merged.text)
        for (const word of new Set([...(ours ?? []), ...(theirs ?? [])].map(([key]) => key))) {
          const before = base?.get(word) ?? 0
          const [mine, incoming] = [
            (ours?.get(word) ?? 0) - before,
            (theirs?.get(word) ?? 0) - before,
          ]
          const all =
            before + Math.min(mine, 0) + Math.min(incoming, 0) + Math.max(mine, incoming, 0)
          // Where one side changed a name, what the other removed was counted under the old one.
          const renamed = merged.kind === 'clean' && merged.rung === 'renames'
          const least = renamed ? Math.min(all, 1) : all

          expect([word, (result.get(word) ?? 0) >= least]).toEqual([word, true])
        }
      })
    },
    timeout,
  )

  test(
    'a clean result parses where all three versions do',
    () => {
      assert(({ path, ...three }) => {
        const merged = merge(three, labels, path)
        const reads = (text: string) => readDocument(path, text) !== null
        if (merged.kind === 'clean' && Object.values(three).every(reads)) {
          expect(reads(merged.text)).toBe(true)
        }
      })
    },
    timeout,
  )

  test(
    'what was merged by lines alone in a file of no known kind keeps every line of both sides',
    () => {
      assert((three) => {
        const merged = merge(three, labels, 'notes.txt')
        if (merged.kind === 'clean') return
        const lines = new Set(merged.text.split('\n'))
        const base = new Set(three.base.split('\n'))
        for (const line of [...three.ours.split('\n'), ...three.theirs.split('\n')]) {
          if (!base.has(line)) expect(lines).toContain(line)
        }
      })
    },
    timeout,
  )

  test(
    'formatting before a merge gives the same tokens as formatting after it',
    () => {
      assert(({ path, ...three }) => {
        if (!path.endsWith('.ts')) return
        const merged = merge(three, labels, path)
        const formatted = merge({ ...three, ours: reformatted(three.ours) }, labels, path)
        if (merged.kind === 'conflict' || formatted.kind === 'conflict') return

        expect(keysIn(path, formatted.text)).toEqual(keysIn(path, merged.text))
      })
    },
    timeout,
  )

  test(
    'a file that its owner only formatted never conflicts',
    () => {
      assert(({ path, base, theirs }) => {
        if (!path.endsWith('.ts') || readDocument(path, theirs) === null) return
        const merged = merge({ base, ours: reformatted(base), theirs }, labels, path)

        expect(merged.kind).toBe('clean')
        expect(keysIn(path, merged.text)).toEqual(keysIn(path, theirs))
      })
    },
    timeout,
  )

  test(
    'line ends and the byte order mark stay those of the owner, and change no verdict',
    () => {
      assert(({ path, ...three }) => {
        const merged = merge(three, labels, path)
        const windows = `\uFEFF${three.ours.replaceAll('\n', '\r\n')}`
        const other = merge({ ...three, ours: windows }, labels, path)

        expect(other.kind).toBe(merged.kind)
        expect(other.text).toMatch(/^\uFEFF/)
        expect(other.text).not.toMatch(/(?<!\r)\n/)
        expect(plain(other.text)).toBe(merged.text)
      })
    },
    timeout,
  )
})

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [word] of text.matchAll(/[\p{L}\p{N}_]+/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1)

  return counts
}

function keysIn(path: string, text: string): string[] {
  return readDocument(path, text)?.tokens.map(({ key }) => key) ?? []
}
