import type { Edit } from './edit.js'
import { insert } from './insertion.js'
import { lineEndAt, startOf, withLineEnds } from './whitespace.js'

/**
 * Adds those lines to a .gitignore that no line of it covers. `null`: there is no file. What the
 * owner has excepted (`!.env`) is theirs to decide.
 */
export function addIgnoredPaths(
  text: string | null,
  paths: readonly string[],
  comment?: string,
  file = '.gitignore',
): Edit {
  const before = text ?? ''
  const lines = patternsIn(before)
  const excepted = paths.find((path) => isExcepted(path, lines))
  if (excepted !== undefined) {
    return {
      kind: 'cannot',
      reason: `${file} excepts ${excepted} from what is ignored.`,
      paste: `${paths.join('\n')}\n`,
    }
  }
  const missing = paths.filter((path) => !lines.some((line) => covers(line, path)))
  if (missing.length === 0) return { kind: 'already done' }
  const heading =
    comment === undefined ? [] : comment.split(/\r\n|[\r\n]/).map((line) => `# ${line}`)
  const block = `${gapBefore(before, heading.length > 0)}${[...heading, ...missing].join('\n')}\n`
  const added = withLineEnds(block, lineEndAt(before, before.length))

  return {
    kind: 'done',
    text: insert(before, [{ at: before.length, text: added }]),
    inserted: [added],
  }
}

function patternsIn(text: string): string[] {
  return text
    .slice(startOf(text))
    .split(/\r?\n/)
    .map((line) => line.replace(/(?<!\\)[ \t]+$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** The last line that says anything about a path wins. */
function isExcepted(path: string, lines: readonly string[]): boolean {
  const last = lines.findLast((line) => covers(line.replace(/^!/, ''), path))

  return last?.startsWith('!') ?? false
}

/** Whether a pattern is the same as a line of ours or obviously broader. In doubt it is not. */
function covers(pattern: string, path: string): boolean {
  if (pattern === path) return true
  if (/[[\]?\\!]|\*\*|(?:\*.*){3}/.test(pattern)) return false
  const names = namesOf(pattern)
  const wanted = namesOf(path)
  if (!isRooted(pattern)) {
    // A name without a slash is ignored at any depth, and so is all that is below it.
    return wanted.some(
      (name, index) =>
        matches(names[0] ?? '', name) &&
        (!pattern.endsWith('/') || path.endsWith('/') || index < wanted.length - 1),
    )
  }

  return (
    isRooted(path) &&
    names.length <= wanted.length &&
    names.every((name, index) => matches(name, wanted[index] ?? ''))
  )
}

/** A slash anywhere but at the end ties a pattern to the folder of the file. */
function isRooted(pattern: string): boolean {
  return pattern.slice(0, -1).includes('/')
}

function namesOf(pattern: string): string[] {
  return pattern.replace(/^\//, '').replace(/\/$/, '').split('/')
}

/** One name against a pattern with at most two stars; a star in the name is a character to it. */
function matches(pattern: string, name: string): boolean {
  const [start = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return name === pattern
  const end = rest.at(-1) ?? ''
  const middle = rest.length > 1 ? (rest[0] ?? '') : ''
  const inner = name.slice(start.length, name.length - end.length)

  return (
    name.length >= start.length + end.length &&
    name.startsWith(start) &&
    name.endsWith(end) &&
    inner.includes(middle)
  )
}

function gapBefore(text: string, isHeaded: boolean): string {
  if (text.length === startOf(text)) return ''
  const isApart = /\n[ \t]*\r?\n$/.test(text.slice(-200))

  return (text.endsWith('\n') ? '' : '\n') + (isHeaded && !isApart ? '\n' : '')
}
