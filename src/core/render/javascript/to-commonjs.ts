import type {
  ExportNamedDeclaration,
  ImportDeclaration,
  Node,
  Statement,
  StringLiteral,
} from '@babel/types'
import { parseSource } from '../../edits/source.js'
import { type Replacement, splice } from '../../edits/splice.js'
import { endOfNode, startOfNode } from '../../edits/syntax-tree.js'

/**
 * A module of ours in the words of an app that says `require`. What it exports stands together;
 * a default export is the module itself, and what else there is hangs on it.
 */
export function toCommonJs(text: string): string {
  const source = parseSource('template.js', text)
  if ('unreadable' in source) throw new Error(source.unreadable)
  const { body } = source.program
  const replacements = body.flatMap((statement) => replace(statement, text))
  const parts = [splice(text, replacements).trim(), printExports(body)]
  const inOrder = body.every(isReadyAtOnce) ? parts.toReversed() : [printEarly(body), ...parts]

  return `${["'use strict'", ...inOrder].filter(Boolean).join('\n\n')}\n`
}

/**
 * Functions are there before the first line runs. A module that exports nothing else says so
 * before it loads others, which may be the ones that wait for it.
 */
function isReadyAtOnce(statement: Statement): boolean {
  if (isDefaultExport(statement)) return false

  return (
    statement.type !== 'ExportNamedDeclaration' ||
    statement.declaration?.type === 'FunctionDeclaration'
  )
}

/** The same for a module that becomes its default export only later. */
function printEarly(body: readonly Statement[]): string {
  const loadsOurs = body.some(
    (statement) => statement.type === 'ImportDeclaration' && statement.source.value.startsWith('.'),
  )
  const functions = body.filter(isReadyAtOnce).flatMap(exportedBy)
  if (!loadsOurs || functions.length === 0 || !body.some(isDefaultExport)) return ''

  return [
    '// For those that load this module while it is loading them.',
    ...functions.map((name) => `exports.${name} = ${name}`),
  ].join('\n')
}

function isDefaultExport({ type }: Statement): boolean {
  return type === 'ExportDefaultDeclaration'
}

function replace(statement: Statement, text: string): Replacement[] {
  switch (statement.type) {
    case 'ImportDeclaration':
      if (statement.source.value === ONLY_IMPORTED) return []

      return [{ ...rangeOf(statement), text: printRequire(statement, text) }]
    case 'ExportNamedDeclaration': {
      const { declaration, source } = statement
      if (source) return [{ ...rangeOf(statement), text: printPassedOn(statement, source, text) }]
      if (!declaration) throw new Error('A template exports what it does not declare there.')

      return [{ start: startOfNode(statement), end: startOfNode(declaration), text: '' }]
    }
    case 'ExportDefaultDeclaration': {
      const { declaration } = statement
      const isNamed = defaultName(declaration) !== null
      const start = startOfNode(statement)

      return [{ start, end: startOfNode(declaration), text: isNamed ? '' : 'module.exports = ' }]
    }
    default:
      if (statement.type.startsWith('Export')) {
        throw new Error(`A template holds a ${statement.type}, which has no word in CommonJS.`)
      }
      return []
  }
}

// It refuses to be required. What a test imports it would load a second time, next to what the
// app requires, so that alone is imported.
const ONLY_IMPORTED = 'vitest'

const LONGEST_LINE = 100

function printRequire({ specifiers, source }: ImportDeclaration, text: string): string {
  const loaded = `require(${text.slice(startOfNode(source), endOfNode(source))})`
  const named = specifiers.flatMap((specifier) =>
    specifier.type === 'ImportSpecifier'
      ? [text.slice(startOfNode(specifier), endOfNode(specifier)).replace(/\s+as\s+/, ': ')]
      : [],
  )
  const whole = specifiers.filter(({ type }) => type !== 'ImportSpecifier')
  const lines = [
    ...whole.map(({ local }) => `const ${local.name} = ${loaded}`),
    ...(named.length === 0 ? [] : [printList('const ', named, ` = ${loaded}`)]),
  ]

  return lines.length === 0 ? loaded : lines.join('\n')
}

function printExports(body: readonly Statement[]): string {
  const named = body.flatMap(exportedBy)
  const whole = body.find((statement) => statement.type === 'ExportDefaultDeclaration')
  const name = whole ? defaultName(whole.declaration) : null
  const lines = [
    ...(name === null ? [] : [`module.exports = ${name}`]),
    ...(whole
      ? named.map((each) => `module.exports.${each} = ${each}`)
      : named.length === 0
        ? []
        : [printList('module.exports = ', named, '')]),
  ]

  return lines.join('\n')
}

/** `export { a } from './b.js'`: loaded here, and exported with everything else. */
function printPassedOn(
  { specifiers }: ExportNamedDeclaration,
  source: StringLiteral,
  text: string,
): string {
  const names = specifiers.map((specifier) => text.slice(...edgesOf(specifier)))

  return printList('const ', names, ` = require(${text.slice(...edgesOf(source))})`)
}

function edgesOf(node: Node): [start: number, end: number] {
  return [startOfNode(node), endOfNode(node)]
}

function exportedBy(statement: Statement): string[] {
  if (statement.type !== 'ExportNamedDeclaration') return []
  const { declaration, specifiers, source } = statement
  if (source) return specifiers.map(passedOnBy)
  if (!declaration) return []
  const ids =
    declaration.type === 'VariableDeclaration'
      ? declaration.declarations.map(({ id }) => id)
      : 'id' in declaration
        ? [declaration.id]
        : []

  return ids.map((id) => {
    if (id?.type !== 'Identifier') throw new Error('A template exports what has no name.')

    return id.name
  })
}

function passedOnBy(specifier: ExportNamedDeclaration['specifiers'][number]): string {
  const { exported } = specifier
  if (
    specifier.type !== 'ExportSpecifier' ||
    exported.type !== 'Identifier' ||
    exported.name !== specifier.local.name
  ) {
    throw new Error('A template passes something on under another name.')
  }

  return exported.name
}

/** A default export that is declared, or was before, can be named at the end of the file. */
function defaultName(declaration: Node): string | null {
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') {
    return declaration.id?.name ?? null
  }

  return null
}

function printList(before: string, names: readonly string[], after: string): string {
  const line = `${before}{ ${names.join(', ')} }${after}`
  if (line.length <= LONGEST_LINE) return line

  return `${before}{\n${names.map((name) => `  ${name},\n`).join('')}}${after}`
}

function rangeOf(node: Node): { start: number; end: number } {
  return { start: startOfNode(node), end: endOfNode(node) }
}
