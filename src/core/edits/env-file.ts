import type { Edit } from './edit.js'
import { insert } from './insertion.js'
import { lineEndAt, startOf, withLineEnds } from './whitespace.js'

export type EnvironmentVariable = {
  key: string
  value: string
  /** Lines above it, without the `#`. */
  comments?: readonly string[]
}

/** Adds those variables that a .env file, or its example, does not set. `null`: there is no file. */
export function addEnvironmentVariables(
  text: string | null,
  variables: readonly EnvironmentVariable[],
  path = '.env',
): Edit {
  const before = text ?? ''
  const present = readEnvironment(before)
  const missing = variables.filter(({ key }) => !present.has(key))
  if (missing.length === 0) return { kind: 'already done' }
  const lineEnd = lineEndAt(before, before.length)
  const added = withLineEnds(gapBefore(before, missing) + missing.map(render).join(''), lineEnd)
  const result = insert(before, [{ at: before.length, text: added }])
  // A quote that is open at the end of the file would swallow our lines.
  if (!saysAll(readEnvironment(result), present, missing)) {
    const reason = `Another line at the end of ${path} would change what the lines before it mean.`

    return { kind: 'cannot', reason, paste: missing.map(render).join('') }
  }

  return { kind: 'done', text: result, inserted: [added] }
}

/** The variables that a file sets, with their values as dotenv reads them. */
export function readEnvironment(text: string): Map<string, string> {
  const variables = new Map<string, string>()
  let at = startOf(text)
  while (at < text.length) {
    ASSIGNMENT.lastIndex = at
    const found = ASSIGNMENT.exec(text)
    if (found?.[1] !== undefined) {
      const { value, end } = readValue(text, ASSIGNMENT.lastIndex)
      variables.set(found[1], value)
      at = end
    }
    const lineFeed = text.indexOf('\n', at)
    at = lineFeed === -1 ? text.length : lineFeed + 1
  }

  return variables
}

const ASSIGNMENT = /[ \t]*(?:export[ \t]+)?([\w.-]+)(?:[ \t]*=|:(?=[ \t]))[ \t]*/y
const QUOTED = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`/sy

function readValue(text: string, at: number): { value: string; end: number } {
  QUOTED.lastIndex = at
  const quoted = QUOTED.exec(text)?.[0]
  if (quoted !== undefined) return { value: quoted.slice(1, -1), end: at + quoted.length }
  const lineFeed = text.indexOf('\n', at)
  const end = lineFeed === -1 ? text.length : lineFeed

  return {
    value: text
      .slice(at, end)
      .replace(/(?:^|\s)#.*$/s, '')
      .trim(),
    end,
  }
}

function render({ key, value, comments = [] }: EnvironmentVariable): string {
  const lines = comments.flatMap((comment) => comment.split(/\r\n|[\r\n]/))

  return `${lines.map((line) => `# ${line}`.trimEnd().concat('\n')).join('')}${key}=${quote(value)}\n`
}

function quote(value: string): string {
  if (/^[\w.:/@%+,~?&=-]*$/.test(value)) return value
  // Within single quotes nothing is expanded.
  return value.includes("'") ? `"${value}"` : `'${value}'`
}

function gapBefore(text: string, missing: readonly EnvironmentVariable[]): string {
  if (text.length === startOf(text)) return ''
  const isApart = /\n[ \t]*\r?\n$/.test(text.slice(-200))
  const wantsGap = (missing[0]?.comments?.length ?? 0) > 0 && !isApart

  return (text.endsWith('\n') ? '' : '\n') + (wantsGap ? '\n' : '')
}

function saysAll(
  result: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, string>,
  missing: readonly EnvironmentVariable[],
): boolean {
  return (
    [...present].every(([key, value]) => result.get(key) === value) &&
    missing.every(({ key, value }) => result.get(key) === value) &&
    result.size === present.size + missing.length
  )
}
