import { type Edit, editsBetween } from './edits.js'
import { isComment, isWord, keysOf } from './tokens.js'
import type { Three } from './versions.js'
import type { Slice } from './words.js'

/** An edit, and who made it. */
export type Change = { edit: Edit; side: 'ours' | 'theirs' | 'both' }

/** What both sides changed, in order; `null` where it is not certain that they are two places. */
export function changesOf({ base, ours, theirs }: Three<Slice>): Change[] | null {
  const [all, others] = [editsOf(base, ours), editsOf(base, theirs)]
  const mine = all.filter((edit) => !goesAnyway(edit, base, { edits: others, side: theirs }))
  const incoming = others.filter((edit) => !goesAnyway(edit, base, { edits: all, side: ours }))
  const isShared = (edit: Edit) =>
    mine.some((own) => isSame(added(own, ours), added(edit, theirs)) && isSamePlace(own, edit))
  const shared = incoming.filter(isShared)
  const changes: Change[] = [
    ...mine.map((edit) => ({
      edit,
      side: shared.some((other) => isSamePlace(other, edit))
        ? ('both' as const)
        : ('ours' as const),
    })),
    ...incoming
      .filter((edit) => !shared.includes(edit))
      .map((edit) => ({ edit, side: 'theirs' as const })),
  ]
  const sideOf = ({ side }: Change) => (side === 'theirs' ? theirs : ours)
  const reaches = changes.map((change) => reachOf(change.edit, base, sideOf(change)))
  const ofComments = changes.map((change) => isOfComments(change.edit, base, sideOf(change)))
  const clash = reaches.some((left, index) =>
    reaches.some(
      (right, other) =>
        changes[index]?.side !== changes[other]?.side &&
        (ofComments[index] || ofComments[other]
          ? isSamePart(changes[index]?.edit, changes[other]?.edit)
          : areNear(left, right, base)),
    ),
  )

  return clash
    ? null
    : changes.sort(
        ({ edit: left }, { edit: right }) => left.start - right.start || left.end - right.end,
      )
}

/** Whether comments alone were written, reworded or taken out. */
function isOfComments(edit: Edit, base: Slice, side: Slice): boolean {
  const tokens = [
    ...base.tokens.slice(edit.start, edit.end),
    ...side.tokens.slice(edit.from, edit.to),
  ]

  return tokens.every(isComment)
}

/** Whether both changed the same tokens, or both put something in at one place. */
function isSamePart(left: Edit | undefined, right: Edit | undefined): boolean {
  if (!left || !right) return false
  if (left.start === left.end && right.start === right.end) return left.start === right.start

  return left.start < right.end && right.start < left.end
}

/** Edits with nothing but signs between them are one: `a.b(c)` that became `d.e(f)`. */
function editsOf(base: Slice, side: Slice): Edit[] {
  const joined: Edit[] = []
  for (const edit of editsBetween(keysOf(base.tokens), keysOf(side.tokens))) {
    const last = joined.at(-1)
    if (last && !base.tokens.slice(last.end, edit.start).some(isWord)) {
      joined[joined.length - 1] = { ...last, end: edit.end, to: edit.to }
    } else joined.push(edit)
  }

  return joined.flatMap((edit) => (isRemovalOfComments(edit, base) ? oneByOne(edit) : [edit]))
}

function isRemovalOfComments({ start, end, from, to }: Edit, base: Slice): boolean {
  return from === to && base.tokens.slice(start, end).every(isComment)
}

function oneByOne({ start, end, from, to }: Edit): Edit[] {
  return Array.from({ length: end - start }, (_none, index) => {
    return { start: start + index, end: start + index + 1, from, to }
  })
}

/** Whether a comment that one side takes out is in what the other side writes anew without it. */
function goesAnyway(edit: Edit, base: Slice, other: { edits: Edit[]; side: Slice }): boolean {
  if (!isRemovalOfComments(edit, base)) return false
  const key = base.tokens[edit.start]?.key ?? ''

  return other.edits.some(
    (around) =>
      around.end - around.start > 1 &&
      around.start <= edit.start &&
      edit.end <= around.end &&
      !added(around, other.side).includes(key),
  )
}

function added({ from, to }: Edit, side: Slice): readonly string[] {
  return keysOf(side.tokens).slice(from, to)
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.join('\0') === right.join('\0')
}

function isSamePlace(left: Edit, right: Edit): boolean {
  return left.start === right.start && left.end === right.end
}

type Reach = { start: number; end: number }

/**
 * Where in the base an edit may stand: `await a()` added in front of `await b()` is as well
 * `a() await` added behind the first `await`.
 */
function reachOf(edit: Edit, base: Slice, side: Slice): Reach {
  const [old, new_] = [keysOf(base.tokens), keysOf(side.tokens)]
  const [keys, from, to] =
    edit.start === edit.end ? [new_, edit.from, edit.to] : [old, edit.start, edit.end]
  if (edit.start !== edit.end && edit.from !== edit.to) return edit
  const length = to - from
  const before = [...old.slice(0, edit.start), ...keys.slice(from, to)]
  let back = 0
  while (back < edit.start && before.at(-1 - back) === before.at(-1 - back - length)) back += 1
  const after = [...keys.slice(from, to), ...old.slice(edit.end)]
  let on = 0
  while (on < old.length - edit.end && after[on] === after[on + length]) on += 1

  return { start: edit.start - back, end: edit.end + on }
}

/** Whether two edits touch, or only a sign stands between them: the two sides of `&&`, of `.`. */
function areNear(left: Reach, right: Reach, { text, tokens }: Slice): boolean {
  const [first, second] = left.start <= right.start ? [left, right] : [right, left]
  if (second.start <= first.end) return true
  const [sign, ...more] = tokens.slice(first.end, second.start)
  if (!sign || more.length > 0 || isWord(sign) || sign.key === ',') return false
  const behind = text.slice(sign.end, tokens[second.start]?.start)

  return !(/^[;)]$/.test(sign.key) && behind.includes('\n'))
}
