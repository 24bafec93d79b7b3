import type { Names } from '../names/names.js'
import { Problem } from '../problem.js'
import { quoted } from '../quoted.js'
import { regionsOf } from './regions.js'
import { rename, renamePath } from './rename.js'

/**
 * Refuses names that would give a variable of the templates a name that another one has: with a
 * model `Form`, `userTokens` becomes `formTokens`. The templates themselves are asked, because a
 * list of their words would be out of date with every release.
 */
export function assertNamesFit(names: Names, templates: ReadonlyMap<string, string>): void {
  const identifiers = new Set([...templates].flatMap(([path, text]) => identifiersIn(text, path)))
  const clash =
    firstClash(identifiers, (identifier) => rename(identifier, names)) ??
    firstClash(templates.keys(), (path) => renamePath(path, names).toLowerCase())
  if (clash === null) return

  throw new Problem(
    `The names ${quoted(names.context)}, ${quoted(names.model)} and ${quoted(names.plural)} do not fit: the generated code has a ${quoted(clash)} of its own.`,
    'Choose other names, as in create-auth scaffold Identity Member members.',
    2,
  )
}

/** The first name that two things would have afterwards. */
function firstClash(before: Iterable<string>, change: (name: string) => string): string | null {
  const seen = new Map<string, string>()
  for (const name of before) {
    const after = change(name)
    if (seen.has(after)) return after
    seen.set(after, name)
  }

  return null
}

const IDENTIFIER = /(?<![\w$])(?<!(?:^|[^.])\.)[A-Za-z_$][\w$]*/g

/** What the code of a template calls its things; properties of others and texts do not count. */
function identifiersIn(text: string, path: string): string[] {
  if (!/\.(?:[cm]?[jt]s|ejs)$/.test(path)) return []
  let start = 0

  return regionsOf(text, path).flatMap(({ end, casing, isText }) => {
    const piece = casing === 'camel' && !isText ? text.slice(start, end) : ''
    start = end

    return piece.match(IDENTIFIER) ?? []
  })
}
