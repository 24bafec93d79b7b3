import { DEFAULT_NAMES, type Names } from '../names/names.js'
import type { Project } from '../project.js'
import type { AuthRecord } from '../record/record.js'
import { rename } from '../render/rename.js'
import type { Advisory } from './advisory.js'
import { type FunctionOfApp, functionsIn } from './functions.js'
import { findPattern, parsePattern } from './pattern.js'

/** An advisory that applies to the code as it is now. */
export type Finding = {
  advisory: Advisory
  path: string
  line: number
  /** The function that has it, where it has a name. */
  name: string | null
}

export type Audit = { findings: Finding[]; files: number }

/**
 * Looks at every function of the app, whoever wrote it and wherever it lies: generated code may be
 * edited, moved, copied or ejected. A function has the mistake when it looks like it, and neither
 * it nor a function that it calls holds what mends it.
 */
export function audit(
  project: Project,
  advisories: readonly Advisory[],
  record: AuthRecord,
): Audit {
  const systems =
    record.systems.length === 0 ? [DEFAULT_NAMES] : record.systems.map(({ names }) => names)
  const files = [...project].filter(([path]) => isCode(path))
  const words = wordsOf(advisories, systems)
  const functions = files
    .filter(([, text]) => words.some((word) => text.includes(word)))
    .flatMap(([path, text]) => functionsIn(path, text))
  const findings = systems.flatMap((names) =>
    advisories.flatMap((advisory) => findIn(functions, advisory, names)),
  )

  return { findings: withoutRepetitions(findings), files: files.length }
}

/** A file without any of these words cannot matter, and need not be parsed. */
function wordsOf(advisories: readonly Advisory[], systems: readonly Names[]): string[] {
  const texts = systems.flatMap((names) =>
    advisories.flatMap(({ vulnerable, fixed, template }) =>
      [vulnerable, ...fixed].map((text) => rename(text, names, template)),
    ),
  )

  return [...new Set(texts.flatMap((text) => text.match(/(?<![$\w])[A-Za-z]{6,}/g) ?? []))]
}

function isCode(path: string): boolean {
  return (
    /\.[cm]?[jt]sx?$/.test(path) &&
    !/\.d\.[cm]?ts$|\.(?:test|spec)\.|(?:^|\/)(?:tests?|__tests__|generated)\//.test(path)
  )
}

function findIn(functions: readonly FunctionOfApp[], advisory: Advisory, names: Names): Finding[] {
  const patternOf = (text: string) => parsePattern(rename(text, names, advisory.template))
  const [vulnerable, fixed] = [patternOf(advisory.vulnerable), advisory.fixed.map(patternOf)]
  const isFixed = ({ tokens }: FunctionOfApp) =>
    fixed.some((pattern) => findPattern(pattern, tokens) !== null)
  const hits = functions.filter(
    (candidate) =>
      findPattern(vulnerable, candidate.tokens) !== null &&
      !isFixed(candidate) &&
      !calledBy(candidate, functions).some(isFixed),
  )

  return hits
    .filter((hit) => !hits.some((other) => isInside(other, hit)))
    .map(({ path, line, name }) => ({ advisory, path, line, name }))
}

function calledBy({ calls }: FunctionOfApp, functions: readonly FunctionOfApp[]) {
  return functions.filter(({ name }) => name !== null && calls.includes(name))
}

function isInside(inner: FunctionOfApp, outer: FunctionOfApp): boolean {
  return (
    inner !== outer &&
    inner.path === outer.path &&
    inner.start >= outer.start &&
    inner.end <= outer.end
  )
}

function withoutRepetitions(findings: readonly Finding[]): Finding[] {
  const keyOf = ({ advisory, path, line }: Finding) => `${advisory.id} ${path} ${line}`

  return [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()]
}
