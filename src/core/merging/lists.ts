import type { Node } from '@babel/types'
import { childrenOf, endOfNode, startOfNode } from '../edits/syntax-tree.js'
import type { Document } from './document.js'
import type { Range } from './lines.js'
import { isFreeEntry, nameOf } from './names-of-entries.js'

/** One entry of a list, from the end of the entry before it: its comments belong to it. */
export type Entry = Range & {
  id: string
  /** What kind of entry it is: only one of the same kind can be the same under another name. */
  type: string
  /** Where it begins itself, behind the comments above it. */
  body: number
  /** The lists inside of it. */
  inner: () => List[]
  /** May stand before or after what the other side added at the same place. */
  isFree: boolean
  /** The rest of its line, behind the comma. */
  rest: string
}

/** What stands between two entries; a line end is as good as a semicolon between statements. */
export type Separator = ',' | ';' | 'line end' | 'nothing'

/** Statements, members or properties: what stands between two braces. */
export type List = Range & {
  type: string
  entries: Entry[]
  separator: Separator
  endsInSeparator: boolean
}

/** The outermost lists of a node, in order. */
export function listsIn(node: Node, document: Document): List[] {
  const list = toList(node, document)
  if (list) return [list]

  return childrenOf(node)
    .sort((left, right) => startOfNode(left) - startOfNode(right))
    .flatMap((child) => listsIn(child, document))
}

/** The entries of a range of the text. */
export function listOf(
  type: string,
  nodes: readonly Node[],
  range: Range,
  document: Document,
): List {
  const separator = separatorOf(type)
  const hasCommas = separator === ','
  const names = nodes.map((node) => nameOf(node, document))
  let start = range.start
  let endsInSeparator = false
  const entries = nodes.map((node, index): Entry => {
    const nodeEnd = endOfNode(node)
    const comma = hasCommas
      ? (/^\s*,/.exec(document.text.slice(nodeEnd, range.end))?.[0] ?? '')
      : ''
    const from = nodeEnd + comma.length
    const rest =
      /^[ \t]*(?:\/\/.*|\/\*.*?\*\/[ \t]*(?=\n|$))?/.exec(
        document.text.slice(from, range.end),
      )?.[0] ?? ''
    const entry = {
      id: uniqueName(names, index, document.text.slice(startOfNode(node), nodeEnd)),
      type: node.type,
      body: startOfNode(node),
      inner: () => listsIn(node, document),
      isFree: isFreeEntry(node),
      start,
      end: hasCommas ? nodeEnd : from + rest.trimEnd().length,
      rest: hasCommas ? rest.trimEnd() : '',
    }
    endsInSeparator = comma !== ''
    start = from + rest.trimEnd().length

    return entry
  })

  return { type, entries, ...range, separator, endsInSeparator }
}

function separatorOf(type: string): Separator {
  if (type === 'JSXOpeningElement') return 'nothing'

  return /^(?:Object(?:Expression|Pattern)|ArrayExpression|ExportNamedDeclaration)$/.test(type)
    ? ','
    : 'line end'
}

function toList(node: Node, document: Document): List | null {
  const nodes = nodesOf(node)
  if (nodes === null) return null
  const directives = 'directives' in node ? node.directives : []
  const first = directives?.at(-1)
  const start = first ? endOfNode(first) : startOfNode(node) + (node.type === 'Program' ? 0 : 1)
  const end = node.type === 'Program' ? document.text.length : endOfNode(node) - 1

  return listOf(node.type, nodes, { start, end }, document)
}

function nodesOf(node: Node): readonly Node[] | null {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'ClassBody':
    case 'TSInterfaceBody':
    case 'TSModuleBlock':
      return node.body
    case 'TSTypeLiteral':
      return node.members
    case 'ObjectExpression':
      return node.properties
    case 'ArrayExpression':
      return node.elements.every((element) => element !== null) ? node.elements : null
    default:
      return null
  }
}

/** A name that is there twice says nothing; the whole entry then stands for itself. */
export function uniqueName(names: readonly string[], index: number, text: string): string {
  const name = names[index] ?? ''
  if (names.filter((other) => other === name).length === 1) return name
  const before = names.slice(0, index).filter((other) => other === name).length

  return `${text.replace(/\s+/g, ' ')}\0${before}`
}
