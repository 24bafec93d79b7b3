/** What holds for every merge. Each law throws where it does not. */
import assert from 'node:assert/strict'
import { diffIndices } from 'node-diff3'
import { readDocument } from '../../src/core/merging/document.js'
import { type Merged, merge } from '../../src/core/merging/merge.js'
import type { Versions } from '../../src/core/merging/versions.js'
import { rememberFor } from '../../src/core/remember.js'
import { plain } from '../../src/core/text.js'
import type { Case } from './cases.js'
import { countWords, keepsMoved } from './moved.js'
import { reformatted } from './owners-edits.js'

type Law = (given: Case) => void

const labels = { ours: 'yours', base: 'base', theirs: 'create-auth 2.0.0' }

/** The law that a million runs are for. */
export const NOTHING_LOST =
  'no word of either side is lost in a clean result, nor in one with markers'

export const LAWS: ReadonlyMap<string, Law> = new Map<string, Law>([
  [
    'merging what only one side changed gives that side',
    ({ path, base, ours, theirs }) => {
      assert.equal(textOf({ base, ours, theirs: base }, path), ours)
      // What the owner's file has for line ends and a byte order mark is no change of ours.
      assert.equal(textOf({ base, ours: base, theirs }, path), plain(theirs))
    },
  ],
  [
    'merging again changes nothing',
    (given) => {
      const { path, ...three } = given
      const merged = mergedOf(given)
      if (merged.kind === 'conflict') return
      const again = { base: three.theirs, ours: merged.text, theirs: three.theirs }

      assert.equal(textOf(again, path), merged.text)
    },
  ],
  [
    'what both sides changed alike is taken once',
    ({ path, base, ours, theirs }) => {
      assert.equal(textOf({ base, ours, theirs: ours }, path), ours)

      const shared = path.endsWith('.ts') ? '\nfunction shared() {}\n' : '\nshared\n'
      const merged = mergeAll({ base, ours: ours + shared, theirs: theirs + shared }, path)
      if (merged.kind === 'clean') assert.equal(merged.text.match(/shared/g)?.length, 1)
    },
  ],
  [
    NOTHING_LOST,
    (given) => {
      const { path, ...three } = given
      const merged = mergedOf(given)
      const [base, ours, theirs] = [three.base, three.ours, three.theirs].map(countWords)
      const result = countWords(merged.text)
      for (const word of new Set([...(ours ?? []), ...(theirs ?? [])].map(([key]) => key))) {
        const before = base?.get(word) ?? 0
        const [mine, incoming] = [
          (ours?.get(word) ?? 0) - before,
          (theirs?.get(word) ?? 0) - before,
        ]
        const all = before + Math.min(mine, 0) + Math.min(incoming, 0) + Math.max(mine, incoming, 0)
        // Where one side changed a name, what the other removed was counted under the old one.
        const renamed =
          merged.kind === 'clean'
            ? merged.rung === 'renames'
            : /Of(?:Mine|Theirs)|^re[qs]$/.test(word)
        const there = result.get(word) ?? 0
        if (there >= (renamed ? Math.min(all, 1) : all)) continue

        // A side may have taken one out and put another one in, which the other side did as well.
        assert.ok(there >= leastOf(word, three), `${word} is lost`)
      }
    },
  ],
  [
    'a line that either side took out does not come back in a clean result',
    (given) => {
      const { path, ...three } = given
      const merged = mergedOf(given)
      if (merged.kind === 'conflict') return
      const [base, ours, theirs, result] = [three.base, three.ours, three.theirs, merged.text].map(
        countLines,
      )
      for (const [line, count] of base ?? []) {
        const sides = [ours?.get(line) ?? 0, theirs?.get(line) ?? 0]
        if (count > 1 || Math.min(...sides) > 0 || Math.max(...sides) > 1) continue

        assert.equal(result?.get(line) ?? 0, 0, `“${line}” came back`)
      }
    },
  ],
  [
    'a clean result parses where all three versions do',
    (given) => {
      const { path, ...three } = given
      const merged = mergedOf(given)
      const reads = (text: string) => readDocument(path, plain(text)) !== null
      if (merged.kind === 'clean' && Object.values(three).every(reads)) {
        assert.ok(reads(merged.text))
      }
    },
  ],
  [
    'what lines leave in conflict in a file of no known kind keeps every line of both sides',
    (three) => {
      const merged = mergeAll(three, 'notes.txt')
      if (merged.kind === 'clean') return
      const lines = linesOf(merged.text)
      const base = linesOf(three.base)
      for (const line of [...linesOf(three.ours), ...linesOf(three.theirs)]) {
        assert.ok(base.has(line) || lines.has(line), `“${line}” is lost`)
      }
    },
  ],
  [
    'formatting before a merge gives the same tokens as formatting after it',
    ({ path, ...three }) => {
      if (!path.endsWith('.ts')) return
      const merged = mergeAll(three, path)
      const formatted = mergeAll({ ...three, ours: reformatted(three.ours) }, path)
      if (merged.kind === 'conflict' || formatted.kind === 'conflict') return

      // What both added at one place has no order of its own.
      const tokens = [formatted, merged].map(({ text }) => keysIn(path, text).sort())
      assert.deepEqual(tokens[0], tokens[1])
    },
  ],
  [
    'a file that its owner only formatted never conflicts',
    ({ path, base, theirs }) => {
      if (!path.endsWith('.ts') || readDocument(path, plain(theirs)) === null) return
      const merged = mergeAll({ base, ours: reformatted(base), theirs }, path)

      assert.equal(merged.kind, 'clean')
      assert.deepEqual(keysIn(path, merged.text), keysIn(path, plain(theirs)))
    },
  ],
  ['an edit of what the new version has in another file is lost in neither of the two', keepsMoved],
  [
    'line ends and the byte order mark stay those of the owner, and change no verdict',
    ({ path, ...three }) => {
      // A file without a line has no line ends.
      if (!three.ours.includes('\n')) return
      const merged = mergeAll({ ...three, ours: plain(three.ours) }, path)
      const windows = `\uFEFF${plain(three.ours).replaceAll('\n', '\r\n')}`
      const other = mergeAll({ ...three, ours: windows }, path)

      assert.equal(other.kind, merged.kind)
      assert.match(other.text, /^\uFEFF/)
      assert.doesNotMatch(other.text, /(?<!\r)\n/)
      assert.equal(plain(other.text), merged.text)
    },
  ],
])

/** What several laws ask of one case. */
const mergedOf = rememberFor(({ path, ...versions }: Case) => mergeAll(versions, path))

function mergeAll(versions: Versions, path: string): Merged {
  return merge(versions, labels, path)
}

function textOf(versions: Versions, path: string): string {
  return mergeAll(versions, path).text
}

function linesOf(text: string): Set<string> {
  return new Set(plain(text).split('\n'))
}

/** How often a word has to be there by what the sides took out and put in, line by line. */
function leastOf(word: string, { base, ours, theirs }: Versions): number {
  const countIn = (lines: readonly string[]) => countWords(lines.join('\n')).get(word) ?? 0
  const [mine, incoming] = [ours, theirs].map((side) => {
    const changes = diffIndices(base.split('\n'), plain(side).split('\n'))

    return {
      removed: countIn(changes.flatMap(({ buffer1Content }) => buffer1Content)),
      added: countIn(changes.flatMap(({ buffer2Content }) => buffer2Content)),
    }
  })
  if (!mine || !incoming) throw new Error('There are two sides')

  return countIn([base]) - mine.removed - incoming.removed + Math.max(mine.added, incoming.added)
}

/** However they are indented, quoted and ended. */
function countLines(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of plain(text).split('\n')) {
    const key = line.trim().replaceAll('"', "'").replace(/[;,]$/, '')
    // Nothing is lost or brought back with a line of nothing, nor with what is behind the last end.
    if (key !== '') counts.set(key, (counts.get(key) ?? 0) + 1)
  }

  return counts
}

function keysIn(path: string, text: string): string[] {
  return readDocument(path, text)?.tokens.map(({ key }) => key) ?? []
}
