import type { Node } from '@babel/types'
import type { Source } from './source.js'
import { descend, endOfNode } from './syntax-tree.js'

/** How the owner writes, for what is inserted next to it. */
export type SourceStyle = { quote: "'" | '"'; semicolon: ';' | '' }

export const PLAIN_STYLE: SourceStyle = { quote: "'", semicolon: '' }

export function styleOf(source: Source): SourceStyle {
  const nodes = descend(source.program)

  return { quote: quoteOf(nodes), semicolon: semicolonOf(source.text, nodes) }
}

/** A string literal that says exactly this, whatever is in it. */
export function quoted(value: string, quote: SourceStyle['quote']): string {
  const inner = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  if (quote === '"') return `"${inner}"`

  return `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function quoteOf(nodes: readonly Node[]): SourceStyle['quote'] {
  const modules = nodes.flatMap((node) =>
    node.type === 'ImportDeclaration' ? [firstCharacter(node.source)] : [],
  )
  const all = modules.length > 0 ? modules : nodes.map(firstCharacter)
  const double = all.filter((character) => character === '"').length
  const single = all.filter((character) => character === "'").length

  return double > single ? '"' : "'"
}

function firstCharacter(node: Node): string | undefined {
  const raw = node.type === 'StringLiteral' ? node.extra?.raw : undefined

  return typeof raw === 'string' ? raw[0] : undefined
}

const TERMINATED = new Set([
  'ExpressionStatement',
  'ImportDeclaration',
  'ReturnStatement',
  'ExportDefaultDeclaration',
])

function semicolonOf(text: string, nodes: readonly Node[]): SourceStyle['semicolon'] {
  const ends = nodes
    .filter(({ type }) => TERMINATED.has(type))
    .map((node) => text[endOfNode(node) - 1])
  const withSemicolon = ends.filter((character) => character === ';').length

  return withSemicolon * 2 > ends.length ? ';' : ''
}
