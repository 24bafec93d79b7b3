import type { Comment, Node } from '@babel/types'
import type { Replacement } from '../../edits/splice.js'
import { endOfNode, startOfNode } from '../../edits/syntax-tree.js'

type Commented = { text: string; comments: readonly Comment[] }

/** Whether a statement, or a member of a class, is for the compiler alone. */
export function isTypeOnly(node: Node): boolean {
  switch (node.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSDeclareFunction':
    case 'TSDeclareMethod':
    case 'TSModuleDeclaration':
    case 'TSIndexSignature':
      return true
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      return declaresOnlyTypes(node)
    case 'ExportDefaultDeclaration':
      return isTypeOnly(node.declaration)
    case 'ExportAllDeclaration':
      return node.exportKind === 'type'
    default:
      return ('declare' in node && node.declare === true) || isAbstractMember(node)
  }
}

export function isTypeSpecifier(node: Node): boolean {
  return (
    ('importKind' in node && node.importKind === 'type') ||
    ('exportKind' in node && node.exportKind === 'type')
  )
}

function declaresOnlyTypes(node: Node): boolean {
  if (isTypeSpecifier(node)) return true
  if (node.type === 'ExportNamedDeclaration' && node.declaration)
    return isTypeOnly(node.declaration)

  const specifiers = 'specifiers' in node ? (node.specifiers ?? []) : []

  return specifiers.length > 0 && specifiers.every(isTypeSpecifier)
}

function isAbstractMember(node: Node): boolean {
  return node.type === 'ClassProperty' && node.abstract === true
}

/** Takes whole lines away, with the comments that belong to them and the blank lines left over. */
export function removeLines(nodes: readonly Node[], source: Commented): Replacement[] {
  const { text } = source
  const ranges = nodes
    .map((node) => lineRange(node, source))
    .toSorted(([one], [other]) => one - other)
  const joined: [start: number, end: number][] = []
  for (const [start, end] of ranges) {
    const last = joined.at(-1)
    if (last && /^\s*$/.test(text.slice(last[1], start))) last[1] = end
    else joined.push([start, end])
  }

  return joined.map((range) => closeGap(range, text))
}

function lineRange(node: Node, { text, comments }: Commented): [start: number, end: number] {
  const lineEnd = text.indexOf('\n', endOfNode(node))
  const isImport = node.type === 'ImportDeclaration'

  return [
    lineStart(text, isImport ? startOfNode(node) : startWithComments(startOfNode(node))),
    lineEnd === -1 ? text.length : lineEnd + 1,
  ]

  function startWithComments(start: number): number {
    const above = comments.find(
      ({ end, start: from }) =>
        typeof end === 'number' &&
        end <= start &&
        /^[ \t]*\n[ \t]*$/.test(text.slice(end, start)) &&
        /(?:^|\n)[ \t]*$/.test(text.slice(0, from)),
    )

    return typeof above?.start === 'number' ? startWithComments(above.start) : start
  }
}

/** One blank line stays where there was one, none at the edge of a block or of the file. */
function closeGap([from, to]: [start: number, end: number], text: string): Replacement {
  const [before = ''] = /(?:^|\n)(?:[ \t]*\n)*$/.exec(text.slice(0, from)) ?? []
  const [after = ''] = /^(?:[ \t]*\n)*/.exec(text.slice(to)) ?? []
  const start = from - before.length
  const end = to + after.length
  const atEdge =
    /(?:^|[{([])$/.test(text.slice(0, start)) || /^[ \t]*(?:$|[})\]])/.test(text.slice(end))
  const wasApart = before.length > 1 || after !== '' || /\n[ \t]*\n/.test(text.slice(from, to - 1))
  const isFirst = start === 0

  return { start, end, text: (isFirst ? '' : '\n') + (wasApart && !atEdge && !isFirst ? '\n' : '') }
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}
