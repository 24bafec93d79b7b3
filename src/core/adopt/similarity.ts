import { editsBetween } from '../merging/edits.js'
import { wordsOf } from '../merging/tokens.js'

/** How many words were added or removed between two texts. */
export function distance(one: string, other: string): number {
  return editsBetween(keysOf(one), keysOf(other)).reduce(
    (sum, { start, end, from, to }) => sum + (end - start) + (to - from),
    0,
  )
}

/** 1 for texts of the same words, 0 for texts that share none. */
export function similarity(one: string, other: string): number {
  const total = keysOf(one).length + keysOf(other).length

  return total === 0 ? 1 : 1 - distance(one, other) / total
}

function keysOf(text: string): string[] {
  return wordsOf(text).map(({ key }) => key)
}
