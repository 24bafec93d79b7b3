import type { Document } from './document.js'
import { type Names, namesOf, printNames } from './imported-names.js'
import type { Entry, List } from './lists.js'
import { textOf } from './merge-list.js'
import type { Three } from './versions.js'

/**
 * The owner's imports with each name that the new version added, without each that it removed,
 * in whatever statement it stands. What names nothing in braces, `import * as a`, is added or
 * removed whole. `null` where the new version changed comments, or an import for what it does.
 */
export function mergeEachName(blocks: Three<List>, documents: Three<Document>): string | null {
  const [base, ours, theirs] = [
    statementsOf(blocks.base, documents.base),
    statementsOf(blocks.ours, documents.ours),
    statementsOf(blocks.theirs, documents.theirs),
  ]
  if (commentsOf(base) !== commentsOf(theirs)) return null
  const gone = wholesOnlyIn(base, theirs)
  const fresh = wholesOnlyIn(theirs, base)
  const isHere = (whole: Statement) => ours.some((one) => isSame(one, whole))
  if (![...gone, ...fresh].every(isBinding) || !gone.every(isHere)) return null

  const before = base.flatMap(namesIn)
  const after = theirs.flatMap(namesIn)
  const removed = before.filter((name) => !after.includes(name))
  const kept = ours
    .filter((statement) => !gone.some((whole) => isSame(whole, statement)))
    .flatMap((statement) => without(statement, removed))
  // A comment of the owner does not go with the import below it.
  const comments = (statements: readonly Statement[]) => statements.map(({ above }) => above.trim())
  const known = [...comments(base), ...comments(kept)]
  if (!comments(ours).every((comment) => known.includes(comment))) return null
  const here = ours.flatMap(namesIn)
  const added = theirs.map((statement) => only(statement, [...before, ...here]))

  const merged = added.reduce(
    (statements, more) => (more ? include(statements, more) : statements),
    [...kept, ...fresh.filter((whole) => !isHere(whole)).map((one) => ({ ...one, above: '\n' }))],
  )

  return merged.map(print).join('').replace(/^\n+/, '')
}

/** An import with the white space and the comments above it. */
type Statement = { above: string; text: string; names: Names | null }

function statementsOf({ entries }: List, document: Document): Statement[] {
  return entries.map((entry: Entry) => {
    const text = textOf(document, { start: entry.body, end: entry.end })
    const above = textOf(document, { start: entry.start, end: entry.body })

    return { above, text, names: namesOf(entry, document) }
  })
}

function print({ above, text, names }: Statement): string {
  return above + (names ? printNames(names) : text)
}

/** `import type { a } from 'b'`, one for each name. */
function namesIn({ names }: Statement): string[] {
  return names?.names.map((name) => `${kindOf(names)}\0${name}`) ?? []
}

function kindOf({ before, after }: Names): string {
  return `${before}${after.replaceAll('"', "'").replace(/;$/, '')}`
}

function without(statement: Statement, removed: readonly string[]): Statement[] {
  const { names } = statement
  if (!names) return [statement]
  const left = names.names.filter((name) => !removed.includes(`${kindOf(names)}\0${name}`))
  if (left.length === names.names.length) return [statement]

  return left.length === 0 ? [] : [{ ...statement, names: { ...names, names: left } }]
}

function only(statement: Statement, known: readonly string[]): Statement | null {
  const { names } = statement
  if (!names) return null
  const added = names.names.filter((name) => !known.includes(`${kindOf(names)}\0${name}`))

  return added.length === 0 ? null : { ...statement, names: { ...names, names: added } }
}

/** Puts names into the statement that is there for their module, or behind all the others. */
function include(statements: readonly Statement[], more: Statement): Statement[] {
  const { names } = more
  const same = statements.findIndex(
    (one) => one.names && names && kindOf(one.names) === kindOf(names),
  )
  const found = statements[same]?.names
  if (!found || !names) return [...statements, { ...more, above: '\n' }]

  return statements.map((one, index) =>
    index === same ? { ...one, names: { ...found, names: [...found.names, ...names.names] } } : one,
  )
}

/** Statements without names in braces that the other list has not. */
function wholesOnlyIn(statements: readonly Statement[], others: readonly Statement[]): Statement[] {
  return statements.filter(
    (one) => !one.names && !others.some((other) => !other.names && isSame(one, other)),
  )
}

function isSame(one: Statement, other: Statement): boolean {
  const [left, right] = [one, other].map(({ text }) => text.replaceAll('"', "'").replace(/;$/, ''))

  return left === right
}

/** An import that binds a name, which can stand anywhere; others run in their order. */
function isBinding({ text }: Statement): boolean {
  return /^import\s+(?:type\s+)?(?:\*\s*as\s+)?[\w$]+\s+from\s/.test(text)
}

function commentsOf(statements: readonly Statement[]): string {
  return statements.map(({ above }) => above.trim()).join('')
}
