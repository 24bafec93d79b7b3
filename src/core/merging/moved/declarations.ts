import type { Node } from '@babel/types'
import { endOfNode, namesIn, startOfNode } from '../../edits/syntax-tree.js'
import { rememberFor } from '../../remember.js'
import type { Document } from '../document.js'
import type { Range } from '../lines.js'
import { tokensWithin } from '../tokens.js'

/** A function, class, constant or type at the top of a file, with the comment that is attached to it. */
export type Declaration = Range & {
  name: string
  isExported: boolean
  /** The same as `start`, with the white space above it. */
  gap: number
  /** Where it begins itself, behind the comment. */
  body: number
}

/** By name, in order. A name that is there twice, an overload, is no name to go by. */
export const declarationsIn = rememberFor(
  (document: Document): ReadonlyMap<string, Declaration> => {
    const all = (document.source?.program.body ?? []).flatMap((node, index, nodes) => {
      const name = nameOf(inner(node))

      return name === null ? [] : [toDeclaration(name, node, nodes[index - 1], document)]
    })
    const isOnce = ({ name }: Declaration) => all.filter((one) => one.name === name).length === 1

    return new Map(all.filter(isOnce).map((one) => [one.name, one]))
  },
)

/** Its tokens: two texts with the same ones differ in formatting alone. */
export function keysOf({ tokens }: Document, { start, end }: Range): string[] {
  return tokensWithin(tokens, start, end).map(({ key }) => key)
}

/** The text without some ranges of it. */
export function without(text: string, ranges: readonly Range[]): string {
  let rest = text
  for (const { start, end } of [...ranges].sort((left, right) => right.start - left.start)) {
    rest = rest.slice(0, start) + rest.slice(end)
  }

  return rest
}

/** What a file declares at its top, also where it is many names in one statement. */
export function namesDeclaredAtTop({ source }: Document): string[] {
  return (source?.program.body ?? []).map(inner).flatMap((node) => {
    const name = nameOf(node)
    if (name !== null) return [name]
    if (node.type !== 'VariableDeclaration') return 'id' in node ? named(node.id) : []

    return node.declarations.flatMap(({ id }) => named(id))
  })
}

function named(id: unknown): string[] {
  return id ? namesIn(id as Node).map(({ name }) => name) : []
}

function inner(node: Node): Node {
  return node.type === 'ExportNamedDeclaration' && node.declaration ? node.declaration : node
}

function nameOf(node: Node): string | null {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSEnumDeclaration':
      return node.id?.name ?? null
    case 'VariableDeclaration': {
      const [only, ...more] = node.declarations

      return only?.id.type === 'Identifier' && more.length === 0 ? only.id.name : null
    }
    default:
      return null
  }
}

function toDeclaration(
  name: string,
  node: Node,
  before: Node | undefined,
  { text, source }: Document,
): Declaration {
  const floor = before ? lineEnd(text, endOfNode(before)) : 0
  const above = (source?.comments ?? []).filter(
    (comment) => (comment.start ?? 0) >= floor && (comment.end ?? 0) <= startOfNode(node),
  )
  let start = startOfNode(node)
  for (const comment of above.reverse()) {
    // Behind an empty line it is about a part of the file.
    if (/\n\s*\n/.test(text.slice(comment.end ?? 0, start))) break
    start = comment.start ?? start
  }

  return {
    name,
    start,
    end: lineEnd(text, endOfNode(node)),
    gap: text.slice(0, start).trimEnd().length,
    body: startOfNode(node),
    isExported: node.type === 'ExportNamedDeclaration',
  }
}

/** Where the line ends behind a statement, when nothing else but a comment stands on it. */
function lineEnd(text: string, end: number): number {
  return end + (/^;?[ \t]*(?:\/\/.*)?(?=\n|$)/.exec(text.slice(end))?.[0].trimEnd().length ?? 0)
}

export function isSame(name: string, base: Document, ours: Document): boolean {
  const keys = (document: Document) => {
    const found = declarationsIn(document).get(name)

    return found ? keysOf(document, found).join('\0') : ''
  }

  return keys(base) === keys(ours)
}
