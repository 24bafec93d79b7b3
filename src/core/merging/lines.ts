import { diff3Merge } from 'node-diff3'
import type { Three, Versions } from './versions.js'

/** Characters `start` to `end` of a text. */
export type Range = { start: number; end: number }

/** What both sides agree on, or where in the three texts they do not. */
export type Part = { text: string } | { hunk: Three<Range> }

/** Three texts, line by line. */
export function compareLines(versions: Versions): Part[] {
  const [ours, base, theirs] = [versions.ours, versions.base, versions.theirs].map(toLines) as [
    string[],
    string[],
    string[],
  ]

  return diff3Merge(ours, base, theirs, { excludeFalseConflicts: true }).map((region) => {
    if (!region.conflict) return { text: (region.ok ?? []).join('') }
    const { a, aIndex, o, oIndex, b, bIndex } = region.conflict

    return {
      hunk: {
        base: rangeOf(base, oIndex, o.length),
        ours: rangeOf(ours, aIndex, a.length),
        theirs: rangeOf(theirs, bIndex, b.length),
      },
    }
  })
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
  return text === '' ? [] : text.split(/(?<=\n)/)
}

function rangeOf(lines: readonly string[], index: number, count: number): Range {
  const start = lengthOf(lines.slice(0, index))

  return { start, end: start + lengthOf(lines.slice(index, index + count)) }
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length, 0)
}
