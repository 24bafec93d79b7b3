import { toLines } from './lines.js'
import type { Three } from './versions.js'

/** The names that conflict markers carry. */
export type Labels = Three<string>

/** Both sides of a place that needs a person, and what they came from. */
export function markConflict(texts: Three<string>, labels: Labels): string {
  const [ours, base, theirs] = [texts.ours, texts.base, texts.theirs].map(toLines) as [
    string[],
    string[],
    string[],
  ]
  // Lines that both sides begin or end with are no part of the question and stay outside.
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
  ].join('')
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
