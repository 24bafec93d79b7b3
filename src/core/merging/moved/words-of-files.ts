import { plain } from '../../text.js'
import type { Renames } from '../renames.js'
import { wordsOf } from '../tokens.js'
import type { File } from './work.js'

/**
 * Whether files together have every word that a side added to any of them, and every one that
 * neither took out of all of them: what moved from one to the other is still there once. A name
 * that a side changed counts as what it was.
 */
export function keepsAllWords(
  files: readonly File[],
  texts: ReadonlyMap<string, string>,
  newNames: Renames,
): boolean {
  const count = (textOf: (file: File) => string | null) =>
    countsOf(files.map((file) => plain(textOf(file) ?? '')).join('\n'), newNames)
  const [base, ours, theirs, result] = [
    count((file) => file.base),
    count((file) => file.ours ?? (file.base === null ? '' : file.base)),
    count(({ theirs }) => theirs),
    count(({ path }) => texts.get(path) ?? ''),
  ]

  return [...new Set([...ours.keys(), ...theirs.keys()])].every((word) => {
    const before = base.get(word) ?? 0
    const [mine, incoming] = [ours, theirs].map((side) => (side.get(word) ?? 0) - before) as [
      number,
      number,
    ]
    const least = before + Math.min(mine, 0) + Math.min(incoming, 0) + Math.max(mine, incoming, 0)

    return (result.get(word) ?? 0) >= least
  })
}

function countsOf(text: string, newNames: Renames): Map<string, number> {
  const oldNames = new Map([...newNames].map(([from, to]) => [to, from]))
  const counts = new Map<string, number>()
  for (const { key } of wordsOf(text)) {
    const word = oldNames.get(key) ?? key
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }

  return counts
}
