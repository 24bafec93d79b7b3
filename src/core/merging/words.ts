import { changesOf } from './changes.js'
import type { Document } from './document.js'
import type { Range } from './lines.js'
import { printSteps, stepsOf } from './steps.js'
import type { Token } from './tokens.js'
import { allOf, type Three } from './versions.js'

/** A piece of a text, with its tokens. */
export type Slice = Range & { text: string; tokens: readonly Token[] }

/**
 * Merges the words of three pieces of text; `null` where both sides changed the same place, or
 * places next to each other. White space is the owner's wherever the owner changed it.
 */
export function mergeWords(documents: Three<Document>, ranges: Three<Range>): string | null {
  const slices = allOf({
    base: sliceOf(documents.base, ranges.base),
    ours: sliceOf(documents.ours, ranges.ours),
    theirs: sliceOf(documents.theirs, ranges.theirs),
  })
  const changes = slices && changesOf(slices)

  return changes && printSteps(stepsOf(changes, slices.base.tokens.length), slices)
}

/** The tokens of a range; `null` when its border goes through one, such as a text of many lines. */
function sliceOf({ text, tokens }: Document, { start, end }: Range): Slice | null {
  const inside = tokens.filter((token) => token.end > start && token.start < end)
  if (inside.some((token) => token.start < start || token.end > end)) return null

  return { text, start, end, tokens: inside }
}
