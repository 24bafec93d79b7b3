import { goesAnyway, isFirst, isOfComments, oneByOne, type Placed } from './comments.js'
import { type Edit, editsBetween } from './edits.js'
import { isWord, keysOf } from './tokens.js'
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
  const placed = changes.map(({ edit, side }) => ({
    edit,
    side: side === 'theirs' ? theirs : ours,
  }))
  const reaches = placed.map(({ edit, side }) => reachOf(edit, base, side))
  const ofComments = placed.map((one) => isOfComments(one, base))
  const clash = reaches.some((left, index) =>
    reaches.some((right, other) => {
      const [one, two] = [placed[index], placed[other]]
      if (!one || !two || changes[index]?.side === changes[other]?.side) return false
      if (!ofComments[index] && !ofComments[other]) return areNear(left, right, base)

      return isSamePart(one.edit, two.edit) && !(isSameGap(one.edit, two.edit) && inOrder(one, two))
    }),
  )

  return clash ? null : changes.sort(compare)

  function inOrder(one: Placed, other: Placed): boolean {
    return isFirst(one, other, base) !== null
  }

  function compare(left: Change, right: Change): number {
    if (!isSameGap(left.edit, right.edit) || left.side === right.side) {
      return left.edit.start - right.edit.start || left.edit.end - right.edit.end
    }
    const [mine, incoming] = left.side === 'theirs' ? [right, left] : [left, right]
    const isMineFirst = isFirst(
      { edit: mine.edit, side: ours },
      { edit: incoming.edit, side: theirs },
      base,
    )

    return isMineFirst === (mine === left) ? -1 : 1
  }
}

/** Whether both put something in at one place. */
function isSameGap(left: Edit, right: Edit): boolean {
  return left.start === left.end && right.start === right.end && left.start === right.start
}

/** Whether both changed the same tokens, or both put something in at one place. */
function isSamePart(left: Edit, right: Edit): boolean {
  return isSameGap(left, right) || (left.start < right.end && right.start < left.end)
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

  return joined.flatMap((edit) => oneByOne(edit, base))
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
