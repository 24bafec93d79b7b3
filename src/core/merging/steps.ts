import type { Change } from './changes.js'
import { isComment } from './tokens.js'
import { each, oneSided, type Three } from './versions.js'
import type { Slice } from './words.js'

/** A token of the result, and its number in each version that has it. */
export type Step = Three<number | null>

/** The tokens of the result, in order. */
export function stepsOf(changes: readonly Change[], count: number): Step[] {
  const steps: Step[] = []
  let at: Three<number> = { base: 0, ours: 0, theirs: 0 }
  const keep = (until: number) => {
    for (; at.base < until; at = each(at, (place) => place + 1)) steps.push(at)
  }
  for (const { edit, side } of changes) {
    keep(edit.start)
    const [removed, added] = [edit.end - edit.start, edit.to - edit.from]
    const { ours, theirs } = at
    for (let index = 0; index < added; index += 1) {
      steps.push({
        base: null,
        ours: side === 'theirs' ? null : ours + index,
        theirs: side === 'ours' ? null : theirs + index,
      })
    }
    at = {
      base: edit.end,
      ours: ours + (side === 'theirs' ? removed : added),
      theirs: theirs + (side === 'ours' ? removed : added),
    }
  }
  keep(count)

  return steps
}

/** The text of merged tokens, each with the white space and the spelling of who changed it. */
export function printSteps(steps: readonly Step[], slices: Three<Slice>): string | null {
  const end: Step = {
    base: slices.base.tokens.length,
    ours: slices.ours.tokens.length,
    theirs: slices.theirs.tokens.length,
  }
  let last: Step = { base: -1, ours: -1, theirs: -1 }
  let text = ''
  for (const step of [...steps, end]) {
    const gap =
      inVersions((side) => gapBetween(slices[side], last[side], step[side])) ??
      gapAtComment(last, step, slices)
    const spelling = inVersions((side) => spellingOf(slices[side], step[side]))
    if (gap === null) return null
    // A comment of one line must not swallow what comes behind it.
    if (isLineComment(last, slices) && !/^\s*\n/.test(gap) && (step !== end || gap !== ''))
      return null
    text += gap + (spelling ?? '')
    last = step
  }

  return text
}

/** What the side says that changed it; where only one side has it at all, that one. */
function inVersions(find: (side: keyof Three<unknown>) => string | null): string | null {
  const texts = { base: find('base'), ours: find('ours'), theirs: find('theirs') }
  if (texts.ours === null || texts.theirs === null) return texts.ours ?? texts.theirs
  if (texts.base === null) return texts.ours

  return texts[oneSided(texts) ?? 'ours']
}

/** What stands between two tokens that follow each other. */
function gapBetween(slice: Slice, from: number | null, to: number | null): string | null {
  if (from === null || to === null || to !== from + 1) return null

  return slice.text.slice(
    slice.tokens[from]?.end ?? slice.start,
    slice.tokens[to]?.start ?? slice.end,
  )
}

/**
 * What stands at a comment that one side alone wrote or took out, where the other side has changed
 * what is next to it: the white space that the comment has, or had.
 */
function gapAtComment(last: Step, step: Step, slices: Three<Slice>): string | null {
  for (const side of ['ours', 'theirs'] as const) {
    const slice = slices[side]
    const [from, to] = [last[side], step[side]]
    if (from !== null && to !== null && from < to) return gapAround(slice, from, to)
    if (to !== null && isCommentAt(slice, to)) return gapInFront(slice, to)
    if (from !== null && isCommentAt(slice, from)) return gapBehind(slice, from)
  }

  return null
}

// The border of a piece goes through white space.
function gapInFront(slice: Slice, place: number): string | null {
  if (place > 0) return gapBetween(slice, place - 1, place)

  return /\s*$/.exec(slice.text.slice(0, slice.tokens[0]?.start))?.[0] ?? null
}

function gapBehind(slice: Slice, place: number): string | null {
  if (place < slice.tokens.length - 1) return gapBetween(slice, place, place + 1)

  return /^\s*/.exec(slice.text.slice(slice.tokens[place]?.end))?.[0] ?? null
}

/** The white space between two tokens that nothing but comments stand between. */
function gapAround(slice: Slice, from: number, to: number): string | null {
  const between = slice.tokens.slice(from + 1, to)
  if (between.length === 0 || !between.every(isComment)) return null
  const gaps = [...between.keys(), between.length].map((index) =>
    gapBetween(slice, from + index, from + index + 1),
  )
  const isFirst = from < 0

  return (isFirst ? undefined : gaps.find((gap) => gap?.includes('\n'))) ?? gaps[0] ?? null
}

function isCommentAt({ tokens }: Slice, place: number): boolean {
  const token = tokens[place]

  return token !== undefined && isComment(token)
}

function spellingOf({ text, tokens }: Slice, place: number | null): string | null {
  const token = place === null ? undefined : tokens[place]

  return token ? text.slice(token.start, token.end) : null
}

function isLineComment(step: Step, slices: Three<Slice>): boolean {
  return (['ours', 'theirs'] as const).some((side) =>
    spellingOf(slices[side], step[side])?.startsWith('//'),
  )
}
