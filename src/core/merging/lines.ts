import { type Edit, editsBetween } from './edits.js'
import { each, oneSided, type Three, type Versions } from './versions.js'

/** Characters `start` to `end` of a text. */
export type Range = { start: number; end: number }

/** What both sides agree on, or where in the three texts they do not. */
export type Part = { text: string } | { hunk: Three<Range> }

/** Three texts, line by line. */
export function compareLines(versions: Versions): Part[] {
  const lines = each(versions, toLines)
  const starts = each(lines, startsOf)
  const rangeIn = (side: keyof Versions, { start, end }: Range) => ({
    start: starts[side][start] ?? 0,
    end: starts[side][end] ?? 0,
  })
  let at = 0
  const parts = regionsOf(lines).flatMap((region): Part[] => {
    const before = lines.base.slice(at, region.base.start)
    at = region.base.end
    const contents = {
      base: textOf(lines.base, region.base),
      ours: textOf(lines.ours, region.ours),
      theirs: textOf(lines.theirs, region.theirs),
    }
    const side = oneSided(contents)
    if (side) return [...partOf(before), ...partOf(contents[side] ? [contents[side]] : [])]

    return [
      ...partOf(before),
      {
        hunk: {
          base: rangeIn('base', region.base),
          ours: rangeIn('ours', region.ours),
          theirs: rangeIn('theirs', region.theirs),
        },
      },
    ]
  })

  return [...parts, ...partOf(lines.base.slice(at))]
}

/** Lines of the base that a side changed, with all that touch them, and what they are in each. */
function regionsOf({ base, ours, theirs }: Three<readonly string[]>): Three<Range>[] {
  const mine = editsOf(base, ours)
  const incoming = editsOf(base, theirs)
  const shift = { ours: 0, theirs: 0 }
  const regions: Three<Range>[] = []
  for (let next = first(mine, incoming); next; next = first(mine, incoming)) {
    const region = { start: next.start, end: next.start }
    const grown = { ours: 0, theirs: 0 }
    for (
      let edit: Edit | undefined = next;
      edit && edit.start <= region.end;
      edit = first(mine, incoming)
    ) {
      const side = edit === mine[0] ? 'ours' : 'theirs'
      ;(side === 'ours' ? mine : incoming).shift()
      region.end = Math.max(region.end, edit.end)
      grown[side] += edit.to - edit.from - (edit.end - edit.start)
    }
    const rangeOf = (side: 'ours' | 'theirs') => ({
      start: region.start + shift[side],
      end: region.end + shift[side] + grown[side],
    })
    regions.push({ base: region, ours: rangeOf('ours'), theirs: rangeOf('theirs') })
    shift.ours += grown.ours
    shift.theirs += grown.theirs
  }

  return regions
}

/** The edits, with each line of the base found again where the side has it first. */
function editsOf(base: readonly string[], side: readonly string[]): Edit[] {
  const edits = editsBetween(base, side)

  return edits.flatMap((edit, index) => {
    const limit = edits[index + 1]?.start ?? base.length

    return edit.from === edit.to ? [slide(edit, base, limit)] : split(edit, { base, side, limit })
  })
}

/** What was taken out, as far down as it may be. */
function slide(edit: Edit, base: readonly string[], limit: number): Edit {
  let by = 0
  while (edit.end + by < limit && base[edit.start + by] === base[edit.end + by]) by += 1

  return { start: edit.start + by, end: edit.end + by, from: edit.from + by, to: edit.to + by }
}

type Within = { base: readonly string[]; side: readonly string[]; limit: number }

/** A function that was put behind another one ends with its own brace, and not with that one's. */
function split(edit: Edit, within: Within): Edit[] {
  const { start, end, from, to } = edit
  const { base, side, limit } = within
  if (start < end || start >= limit) return [edit]
  const offset = side.slice(from, to).indexOf(base[start] ?? '')
  if (offset === -1) return [edit]
  const at = from + offset
  const before = at > from ? [{ start, end, from, to: at }] : []

  return [...before, ...split({ start: start + 1, end: end + 1, from: at + 1, to: to + 1 }, within)]
}

function first([mine]: readonly Edit[], [incoming]: readonly Edit[]): Edit | undefined {
  if (!mine || !incoming) return mine ?? incoming

  return incoming.start < mine.start ? incoming : mine
}

/** Where each line begins, and the text ends. */
function startsOf(lines: readonly string[]): number[] {
  const starts = [0]
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length)

  return starts
}

function textOf(lines: readonly string[], { start, end }: Range): string {
  return lines.slice(start, end).join('')
}

function partOf(lines: readonly string[]): Part[] {
  return lines.length > 0 ? [{ text: lines.join('') }] : []
}

/** The merged text, where no line was changed by both sides. */
export function mergeLines(versions: Versions): string | null {
  const parts = compareLines(versions)

  return parts.some((part) => 'hunk' in part)
    ? null
    : parts.map((part) => ('text' in part ? part.text : '')).join('')
}

/** A line keeps its end, so that a last line without one is a line of its own kind. */
export function toLines(text: string): string[] {
  const lines: string[] = []
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    lines.push(text.slice(start, end + 1))
    start = end + 1
  }

  return start < text.length ? [...lines, text.slice(start)] : lines
}
