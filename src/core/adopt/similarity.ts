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

/** The part of a text's words that another one has in the same order; none of a text of few words. */
export function containment(text: string, known: string): number {
  const [words, others] = [keysOf(text).length, keysOf(known).length]
  if (words < FEW_WORDS) return 0

  return (words + others - distance(text, known)) / 2 / words
}

const FEW_WORDS = 20

function keysOf(text: string): string[] {
  return wordsOf(text).map(({ key }) => key)
}
