/** A plan as a unified diff: what `--dry-run` and `diff` print, and what `git apply` accepts. */
import { diffIndices } from 'node-diff3'
import type { Operation } from '../plan/plan.js'
import { type Colours, createColours, showControlCharacters } from './terminal-text.js'

export type DiffOptions = { colour: boolean }

const CONTEXT = 3
const NO_END_OF_LINE = '\\ No newline at end of file'

/** The diff of every file that would change, in the order of the plan. */
export function renderDiff(operations: readonly Operation[], options: DiffOptions): string {
  return operations
    .filter(({ before, after }) => before !== after)
    .map((operation) => renderFile(operation, options))
    .join('')
}

/** The diff of one text, `''` when nothing differs. */
export function printDiff(
  before: string | null,
  after: string | null,
  path: string,
  options: DiffOptions,
): string {
  return renderDiff([{ verb: 'update', path, before, after }], options)
}

/** How many lines came and went. */
export function countLines(before: string, after: string): { added: number; removed: number } {
  const mismatches = findMismatches(splitLines(before), splitLines(after))

  return {
    added: mismatches.reduce((sum, { afterCount }) => sum + afterCount, 0),
    removed: mismatches.reduce((sum, { beforeCount }) => sum + beforeCount, 0),
  }
}

function renderFile(operation: Operation, { colour }: DiffOptions): string {
  const colours = createColours(colour)
  const before = splitLines(operation.before ?? '')
  const after = splitLines(operation.after ?? '')
  const hunks = findHunks(before, after).flatMap((hunk) => renderHunk(hunk, before, after, colours))
  const header = renderHeader(operation, hunks.length > 0).map(colours.bold)

  return [...header, ...hunks].map((line) => `${line}\n`).join('')
}

function renderHeader({ path, before, after, mode = 0o644 }: Operation, hasHunks: boolean) {
  const from = quote(`a/${path}`)
  const to = quote(`b/${path}`)
  const lines = [`diff --git ${from} ${to}`]
  if (before === null) lines.push(`new file mode ${gitMode(mode)}`)
  if (after === null) lines.push(`deleted file mode ${gitMode(mode)}`)
  if (!hasHunks) return lines

  return [
    ...lines,
    `--- ${before === null ? '/dev/null' : from}`,
    `+++ ${after === null ? '/dev/null' : to}`,
  ]
}

type Mismatch = { beforeAt: number; beforeCount: number; afterAt: number; afterCount: number }

/** Changes that are near each other share a hunk. */
type Hunk = Mismatch[]

function findHunks(before: string[], after: string[]): Hunk[] {
  const hunks: Hunk[] = []
  for (const mismatch of findMismatches(before, after)) {
    const last = hunks.at(-1)?.at(-1)
    if (last && mismatch.beforeAt - (last.beforeAt + last.beforeCount) <= 2 * CONTEXT) {
      hunks.at(-1)?.push(mismatch)
    } else hunks.push([mismatch])
  }

  return hunks
}

// Nearly all of a large file is the same at both ends; comparing that would take minutes.
function findMismatches(before: string[], after: string[]): Mismatch[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++

  const middle = diffIndices(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  )

  return middle.map(({ buffer1, buffer2 }) => ({
    beforeAt: start + buffer1[0],
    beforeCount: buffer1[1],
    afterAt: start + buffer2[0],
    afterCount: buffer2[1],
  }))
}

function renderHunk(hunk: Hunk, before: string[], after: string[], colours: Colours): string[] {
  const first = hunk[0]
  const last = hunk.at(-1)
  if (!first || !last) return []

  const leading = Math.min(CONTEXT, first.beforeAt)
  const end = Math.min(before.length, last.beforeAt + last.beforeCount + CONTEXT)
  const trailing = end - (last.beforeAt + last.beforeCount)
  const from = first.beforeAt - leading
  const afterFrom = first.afterAt - leading
  const afterCount = last.afterAt + last.afterCount + trailing - afterFrom
  const lines = [colours.cyan(`@@ -${range(from, end - from)} +${range(afterFrom, afterCount)} @@`)]

  let at = from
  for (const { beforeAt, beforeCount, afterAt, afterCount } of hunk) {
    lines.push(...before.slice(at, beforeAt).flatMap((line) => showLine(' ', line, same)))
    at = beforeAt + beforeCount
    lines.push(...before.slice(beforeAt, at).flatMap((line) => showLine('-', line, colours.red)))
    const added = after.slice(afterAt, afterAt + afterCount)
    lines.push(...added.flatMap((line) => showLine('+', line, colours.green)))
  }
  lines.push(...before.slice(at, end).flatMap((line) => showLine(' ', line, same)))

  return lines
}

function same(text: string) {
  return text
}

function showLine(sign: string, line: string, paint: (text: string) => string): string[] {
  // A carriage return at the end is half of a Windows line end, and moves nothing there.
  const [, text = '', carriageReturn = '', lineFeed] = /^(.*?)(\r?)(\n?)$/s.exec(line) ?? []
  const shown = paint(`${sign}${showControlCharacters(text)}`) + carriageReturn

  return lineFeed ? [shown] : [shown, NO_END_OF_LINE]
}

/** As in every unified diff: counted from one, and from zero where there is no line at all. */
function range(from: number, count: number): string {
  const start = count === 0 ? from : from + 1

  return count === 1 ? `${start}` : `${start},${count}`
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function gitMode(mode: number): string {
  return mode & 0o100 ? '100755' : '100644'
}

function quote(path: string): string {
  const needsQuotes = path !== showControlCharacters(path) || /["\\\n\t]/.test(path)

  return needsQuotes ? showControlCharacters(JSON.stringify(path)) : path
}
