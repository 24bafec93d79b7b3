import type { Edit } from './edits.js'
import { isComment, keysOf } from './tokens.js'
import type { Slice } from './words.js'

/** An edit, and the text that it was made in. */
export type Placed = { edit: Edit; side: Slice }

/** Whether comments alone were written, reworded or taken out. */
export function isOfComments({ edit, side }: Placed, base: Slice): boolean {
  const tokens = [
    ...base.tokens.slice(edit.start, edit.end),
    ...side.tokens.slice(edit.from, edit.to),
  ]

  return tokens.every(isComment)
}

/** Comments that were taken out are one edit each. */
export function oneByOne(edit: Edit, base: Slice): Edit[] {
  if (!isRemoval(edit, base)) return [edit]

  return Array.from({ length: edit.end - edit.start }, (_none, index) => {
    return { ...edit, start: edit.start + index, end: edit.start + index + 1 }
  })
}

function isRemoval({ start, end, from, to }: Edit, base: Slice): boolean {
  return from === to && base.tokens.slice(start, end).every(isComment)
}

/** Whether a comment that one side takes out is in what the other side writes anew without it. */
export function goesAnyway(edit: Edit, base: Slice, other: { edits: Edit[]; side: Slice }) {
  if (!isRemoval(edit, base)) return false
  const key = base.tokens[edit.start]?.key ?? ''

  return other.edits.some(
    (around) =>
      around.end - around.start > 1 &&
      around.start <= edit.start &&
      edit.end <= around.end &&
      !keysOf(other.side.tokens).slice(around.from, around.to).includes(key),
  )
}

/**
 * Whether what the owner puts in at a place stands in front of what the new version puts in there,
 * where one of them is a comment: it stays with what it is about. `null` where that is not certain.
 */
export function isFirst(mine: Placed, incoming: Placed, base: Slice): boolean | null {
  if (!isOfComments(mine, base)) {
    const isIncomingFirst = isOfComments(incoming, base) ? isFirst(incoming, mine, base) : null

    return isIncomingFirst === null ? null : !isIncomingFirst
  }
  const other = tokensOf(incoming)
  if (other.every(isComment) && other.some(isDirective)) {
    return tokensOf(mine).some(isDirective) ? null : true
  }
  if (isTrailing(mine)) return true

  return !endsLine(incoming)
}

function tokensOf({ edit, side }: Placed) {
  return side.tokens.slice(edit.from, edit.to)
}

/** What a tool reads, for the line below. */
function isDirective({ key }: { key: string }): boolean {
  return /^\/[/*]\s*(?:@ts-|[\w-]+-(?:disable|enable|ignore)\b|(?:c8|v8|istanbul) ignore)/.test(key)
}

/** Behind what it is about, on the same line. */
function isTrailing(comment: Placed): boolean {
  return !/(?:^|\n)[^\S\n]*$/.test(before(comment)) && endsLine(comment)
}

function endsLine(placed: Placed): boolean {
  return /^[;,]?[^\S\n]*(?:\n|$)/.test(behind(placed))
}

function before({ edit, side }: Placed): string {
  return side.text.slice(0, side.tokens[edit.from]?.start)
}

function behind({ edit, side }: Placed): string {
  return side.text.slice(side.tokens[edit.to - 1]?.end)
}
