import { diff3Merge } from 'node-diff3'
import { each, type Three, type Versions } from './versions.js'

/** Characters `start` to `end` of a text. */
export type Range = { start: number; end: number }

/** What both sides agree on, or where in the three texts they do not. */
export type Part = { text: string } | { hunk: Three<Range> }

/** Three texts, line by line. */
export function compareLines(versions: Versions): Part[] {
  const lines = each(versions, toLines)
  const { before, after } = commonEnds(lines)
  const inner = each(lines, (all) => all.slice(before, all.length - after))

  return [
    ...partOf(lines.base.slice(0, before)),
    ...diff3Merge(inner.ours, inner.base, inner.theirs, { excludeFalseConflicts: true }).flatMap(
      (region): Part[] => {
        if (!region.conflict) return partOf(region.ok ?? [])
        const { a, aIndex, o, oIndex, b, bIndex } = region.conflict

        return [
          {
            hunk: {
              base: rangeOf(lines.base, before + oIndex, o.length),
              ours: rangeOf(lines.ours, before + aIndex, a.length),
              theirs: rangeOf(lines.theirs, before + bIndex, b.length),
            },
          },
        ]
      },
    ),
    ...partOf(lines.base.slice(lines.base.length - after)),
  ]
}

function partOf(lines: readonly string[]): Part[] {
  return lines.length > 0 ? [{ text: lines.join('') }] : []
}

/** How many lines all three begin and end with: most of a file, which is then compared with nothing. */
function commonEnds({ base, ours, theirs }: Three<string[]>): { before: number; after: number } {
  const length = Math.min(base.length, ours.length, theirs.length)
  const isShared = (at: number) => base.at(at) === ours.at(at) && base.at(at) === theirs.at(at)
  let before = 0
  while (before < length && isShared(before)) before += 1
  let after = 0
  while (after < length - before && isShared(-1 - after)) after += 1

  return { before, after }
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

function rangeOf(lines: readonly string[], index: number, count: number): Range {
  const start = lengthOf(lines.slice(0, index))

  return { start, end: start + lengthOf(lines.slice(index, index + count)) }
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length, 0)
}
