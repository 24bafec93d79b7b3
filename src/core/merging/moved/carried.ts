import type { ImportDeclaration } from '@babel/types'
import { endOfNode, startOfNode } from '../../edits/syntax-tree.js'
import type { Document } from '../document.js'
import { namesOf, printNames } from '../imported-names.js'
import type { Range } from '../lines.js'
import { specifierFrom } from './scope.js'

/** An import of the owner that goes along with a declaration, as `a` of `import { a, b } from 'm'`. */
export type Carried = { local: string; statement: ImportDeclaration }

/** The file with these imports too, in a statement for their module that is there, or in a new one. */
export function withImports(
  { text, source }: Document,
  carried: readonly Carried[],
  { document, from, to }: { document: Document; from: string; to: string },
): string {
  const statements = [...new Set(carried.map(({ statement }) => statement))].map((statement) => {
    const names = carried.filter((one) => one.statement === statement).map(({ local }) => local)
    const own = keeping(statement, document, (local) => names.includes(local))
    const specifier = statement.source.value

    return own.replace(
      new RegExp(`(['"])${specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\1`),
      (_match, quote: string) => `${quote}${specifierFrom(to, from, specifier)}${quote}`,
    )
  })
  const last = source?.program.body.findLast(({ type }) => type === 'ImportDeclaration')
  if (!last) return `${statements.join('\n')}\n\n${text}`
  const end = endOfNode(last) + (/^[^\n]*/.exec(text.slice(endOfNode(last)))?.[0].length ?? 0)

  return `${text.slice(0, end)}\n${statements.join('\n')}${text.slice(end)}`
}

/** The text without these imports; `null` where one is written in a way of its own. */
export function withoutImports(document: Document, carried: readonly Carried[]): string | null {
  let { text } = document
  const statements = [...new Set(carried.map(({ statement }) => statement))]
  for (const statement of statements.sort(
    (left, right) => startOfNode(right) - startOfNode(left),
  )) {
    const gone = carried.filter((one) => one.statement === statement).map(({ local }) => local)
    const { start, end } = rangeOf(statement)
    const isWhole = statement.specifiers.every(({ local }) => gone.includes(local.name))
    if (!isWhole && !isPlain(statement, document)) return null
    const above = document.text.slice(0, start)
    // A comment on it or above it would be about nothing.
    if (
      isWhole &&
      (/\*\/[ \t]*\n?[ \t]*$|\/\/.*\n[ \t]*$/.test(above) ||
        !/^;?[ \t]*(?:\n|$)/.test(text.slice(end)))
    )
      return null
    text = isWhole
      ? text.slice(0, start) + text.slice(end).replace(/^;?[ \t]*\n?/, '')
      : text.slice(0, start) +
        keeping(statement, document, (name) => !gone.includes(name)) +
        text.slice(end)
  }

  return text
}

/** Whether it names nothing but names in braces, so that some of them can be left out. */
export function isPlain(statement: ImportDeclaration, document: Document): boolean {
  return (
    statement.specifiers.every(({ type }) => type === 'ImportSpecifier') &&
    namesOf({ body: startOfNode(statement), end: endOfNode(statement) }, document) !== null
  )
}

function keeping(
  statement: ImportDeclaration,
  document: Document,
  keeps: (local: string) => boolean,
): string {
  const { start, end } = rangeOf(statement)
  const names = namesOf({ body: start, end }, document)
  const kept = statement.specifiers.filter(({ local }) => keeps(local.name))
  if (names === null || kept.length === statement.specifiers.length) {
    return document.text.slice(start, end)
  }

  return printNames({
    ...names,
    names: kept.map((one) => document.text.slice(startOfNode(one), endOfNode(one))),
  })
}

function rangeOf(statement: ImportDeclaration): Range {
  return { start: startOfNode(statement), end: endOfNode(statement) }
}
