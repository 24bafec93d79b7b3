import { plain } from '../../text.js'
import { wordsOf } from '../tokens.js'
import type { File } from './work.js'

/**
 * Whether files together have every word that a side added to any of them, and every one that
 * neither took out of all of them: what moved from one to the other is still there once.
 */
export function keepsAllWords(files: readonly File[], texts: ReadonlyMap<string, string>): boolean {
  const count = (textOf: (file: File) => string | null) =>
    countsOf(files.map((file) => plain(textOf(file) ?? '')).join('\n'))
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

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { key } of wordsOf(text)) counts.set(key, (counts.get(key) ?? 0) + 1)

  return counts
}
