import { type Edit, editsBetween } from './edits.js'
import type { Range } from './lines.js'
import { isWord, type Token } from './tokens.js'
import type { Document } from './document.js'
import { printSteps } from './print-steps.js'
import { each, type Three } from './versions.js'

/** A piece of a text, with its tokens. */
export type Slice = Range & { text: string; tokens: readonly Token[] }

/**
 * Merges the words of three pieces of text; `null` where both sides changed the same place, or
 * places next to each other. White space is the owner's wherever the owner changed it.
 */
export function mergeWords(documents: Three<Document>, ranges: Three<Range>): string | null {
  const base = sliceOf(documents.base, ranges.base)
  const ours = sliceOf(documents.ours, ranges.ours)
  const theirs = sliceOf(documents.theirs, ranges.theirs)
  if (base === null || ours === null || theirs === null) return null
  const edits = {
    ours: coalesce(editsBetween(keysOf(base), keysOf(ours)), base),
    theirs: coalesce(editsBetween(keysOf(base), keysOf(theirs)), base),
  }
  const slices = { base, ours, theirs }
  const walked = walk(slices, edits)

  return walked === null ? null : printSteps(walked, slices)
}

/** The tokens of a range; `null` when its border goes through one, such as a text of many lines. */
function sliceOf({ text, tokens }: Document, { start, end }: Range): Slice | null {
  const inside = tokens.filter((token) => token.end > start && token.start < end)
  if (inside.some((token) => token.start < start || token.end > end)) return null

  return { text, start, end, tokens: inside }
}

function keysOf({ tokens }: { tokens: readonly Token[] }): string[] {
  return tokens.map(({ key }) => key)
}

/** Edits with nothing but signs between them are one: `a.b(c)` that became `d.e(f)`. */
function coalesce(edits: readonly Edit[], { tokens }: Slice): Edit[] {
  const joined: Edit[] = []
  for (const edit of edits) {
    const last = joined.at(-1)
    if (last && !tokens.slice(last.end, edit.start).some(isWord)) {
      joined[joined.length - 1] = { ...last, end: edit.end, to: edit.to }
    } else joined.push(edit)
  }

  return joined
}

/** A token of the result, and its number in each version that has it. */
export type Step = Three<number | null>

function walk(slices: Three<Slice>, edits: { ours: Edit[]; theirs: Edit[] }): Step[] | null {
  const shared = edits.theirs.filter((edit) => edits.ours.some((own) => isSame(own, edit, slices)))
  const incoming = edits.theirs.filter((edit) => !shared.includes(edit))
  const own = edits.ours.filter(
    (edit) => !shared.some((other) => other.start === edit.start && other.end === edit.end),
  )
  const common = edits.ours.filter((edit) => !own.includes(edit))
  if (own.some((left) => edits.theirs.some((right) => areNear(left, right, slices.base))))
    return null
  if (common.some((left) => incoming.some((right) => areNear(left, right, slices.base))))
    return null

  const steps: Step[] = []
  let at: Three<number> = { base: 0, ours: 0, theirs: 0 }
  const keep = (until: number) => {
    for (; at.base < until; at = each(at, (place) => place + 1)) steps.push(at)
  }
  const all = [
    ...own.map((edit) => ({ edit, side: 'ours' as const })),
    ...incoming.map((edit) => ({ edit, side: 'theirs' as const })),
    ...common.map((edit) => ({ edit, side: 'both' as const })),
  ].sort((left, right) => left.edit.start - right.edit.start)
  for (const { edit, side } of all) {
    keep(edit.start)
    const removed = edit.end - edit.start
    const added = edit.to - edit.from
    for (let index = 0; index < added; index += 1) {
      steps.push({
        base: null,
        ours: side === 'theirs' ? null : at.ours + index,
        theirs: side === 'ours' ? null : at.theirs + index,
      })
    }
    at = {
      base: edit.end,
      ours: at.ours + (side === 'theirs' ? removed : added),
      theirs: at.theirs + (side === 'ours' ? removed : added),
    }
  }
  keep(slices.base.tokens.length)

  return steps
}

function isSame(own: Edit, other: Edit, { ours, theirs }: Three<Slice>): boolean {
  const [mine, new_] = [
    keysOf(ours).slice(own.from, own.to),
    keysOf(theirs).slice(other.from, other.to),
  ]

  return own.start === other.start && own.end === other.end && mine.join('\0') === new_.join('\0')
}

/** Whether two edits touch, or only a sign stands between them: the two sides of `&&`, of `.`. */
function areNear(left: Edit, right: Edit, { text, tokens }: Slice): boolean {
  const [first, second] = left.start <= right.start ? [left, right] : [right, left]
  if (second.start <= first.end) return true
  const between = tokens.slice(first.end, second.start)
  if (between.length > 1 || between.some((token) => isWord(token) || token.key === ','))
    return false
  const [sign] = between

  return !(
    sign &&
    /[;]|^\)$/.test(sign.key) &&
    /\n/.test(text.slice(sign.end, tokens[second.start]?.start))
  )
}
