import { diff3Merge } from 'node-diff3'
import { plain, shapeLike, shapeOf } from './text.js'

/**
 * Three versions of one file become one. Each way of merging is a rung: the next is asked only
 * where the one above leaves a conflict, and the report names the one that answered.
 */
export type Merged =
  | { kind: 'clean'; text: string; rung: Rung }
  | { kind: 'conflict'; text: string; places: number }

export type Rung = 'lines'

/** The names that conflict markers carry. */
export type Labels = { ours: string; base: string; theirs: string }

export type Versions = { base: string; ours: string; theirs: string }

/** Merges what changed from `base` to `theirs` into `ours`, whose line ends and BOM are kept. */
export function merge(versions: Versions, labels: Labels): Merged {
  const shape = shapeOf(versions.ours)
  const merged = mergeLines(
    {
      base: plain(versions.base),
      ours: plain(versions.ours),
      theirs: plain(versions.theirs),
    },
    labels,
  )

  return { ...merged, text: shapeLike(merged.text, shape) }
}

function mergeLines(versions: Versions, labels: Labels): Merged {
  let places = 0
  const parts: string[] = []
  for (const region of diff3Merge(
    toLines(versions.ours),
    toLines(versions.base),
    toLines(versions.theirs),
    { excludeFalseConflicts: true },
  )) {
    if (region.ok) parts.push(...region.ok)
    if (region.conflict) {
      const { a: ours, o: base, b: theirs } = region.conflict
      parts.push(...markConflict({ ours, base, theirs }, labels))
      places += 1
    }
  }
  const text = parts.join('')
  if (places > 0) return { kind: 'conflict', text, places }

  return { kind: 'clean', text, rung: 'lines' }
}

/** A line keeps its end, so that a last line without one is a line of its own kind. */
function toLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/)
}

/** Lines that both sides begin or end with are no part of the question and stay outside. */
function markConflict(
  { ours, base, theirs }: { ours: string[]; base: string[]; theirs: string[] },
  labels: Labels,
): string[] {
  const before = countCommon(ours, theirs)
  const after = countCommon(ours.slice(before).reverse(), theirs.slice(before).reverse())
  const inner = (lines: string[]) => lines.slice(before, lines.length - after).map(endLine)

  return [
    ...ours.slice(0, before),
    `<<<<<<< ${labels.ours}\n`,
    ...inner(ours),
    `||||||| ${labels.base}\n`,
    ...base.map(endLine),
    '=======\n',
    ...inner(theirs),
    `>>>>>>> ${labels.theirs}\n`,
    ...ours.slice(ours.length - after),
  ]
}

function countCommon(left: string[], right: string[]): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    if (left[index] !== right[index]) return index
  }

  return length
}

function endLine(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n`
}
