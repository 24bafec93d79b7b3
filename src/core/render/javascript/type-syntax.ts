import type { Node } from '@babel/types'
import type { Replacement } from '../../edits/splice.js'
import { childrenOf, descend, endOfNode, startOfNode } from '../../edits/syntax-tree.js'
import { parameterProperties } from './parameter-properties.js'

/** Everything below a node that only the compiler reads, as what has to be cut. */
export function typesBelow(node: Node, text: string): Replacement[] {
  const nodes = descend(node, (child) => !isType(child))

  return nodes.flatMap((inner) => [
    ...childrenOf(inner)
      .filter(isType)
      .map((type) => cutType(type, text)),
    ...cutsOf(inner, text),
  ])
}

/** `: string`, `<Result>`, and whatever else stands in no place of its own. */
export function isType({ type }: Node): boolean {
  return /^TS(?:TypeAnnotation|TypeParameterDeclaration|TypeParameterInstantiation)$/.test(type)
}

function cutType(type: Node, text: string): Replacement {
  const start = startOfNode(type)
  const [optional = ''] =
    type.type === 'TSTypeAnnotation' ? (/[?!]$/.exec(text.slice(start - 1, start)) ?? []) : []

  return cut(start - optional.length, endOfNode(type))
}

function cutsOf(node: Node, text: string): Replacement[] {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return cutCast(node, node.expression, text)
    case 'Identifier':
      return node.optional && !node.typeAnnotation ? cutMark(node, node.name.length, text) : []
    case 'ClassDeclaration':
    case 'ClassExpression':
      return cutHeritage(node, text)
    case 'ClassProperty':
    case 'ClassAccessorProperty':
      return cutModifiers(node, node.key, text)
    case 'ClassMethod':
      return [...cutModifiers(node, node.key, text), ...parameterProperties(node, text)]
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return cutThis(node.params)
    case 'TSEnumDeclaration':
    case 'TSImportEqualsDeclaration':
    case 'TSExportAssignment':
    case 'TSTypeAssertion':
      throw new Error(`A template holds a ${node.type}, which is more than a type.`)
    default:
      return []
  }
}

/** `x as Y` is `x`; brackets that only the cast needed go with it. */
function cutCast(node: Node, expression: Node, text: string): Replacement[] {
  const end = endOfNode(expression)
  const [closing = ''] = /^(?:\s*\))*/.exec(text.slice(end, endOfNode(node))) ?? []
  const type = cut(end + closing.length, endOfNode(node))
  const { parenthesized, parenStart } = node.extra ?? {}
  if (parenthesized !== true || typeof parenStart !== 'number') return [type]
  if (!STANDS_ALONE.test(expression.type)) return [type]
  const close = text.indexOf(')', endOfNode(node))

  return [cut(parenStart, startOfNode(node)), cut(type.start, close + 1)]
}

const STANDS_ALONE =
  /^(?:Identifier|ThisExpression|(?:Optional)?(?:Member|Call)Expression|StringLiteral|ArrayExpression|TS\w+Expression)$/

function cutMark(node: Node, length: number, text: string): Replacement[] {
  const at = text.indexOf('?', startOfNode(node) + length)

  return [cut(at, at + 1)]
}

/** `abstract class`, and `implements` with all that follows it. */
function cutHeritage(node: Node, text: string): Replacement[] {
  if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return []
  const [first] = node.implements ?? []
  const last = node.implements?.at(-1)
  const abstract = /^abstract\s+/.exec(text.slice(startOfNode(node)))
  const cuts = abstract ? [cut(startOfNode(node), startOfNode(node) + abstract[0].length)] : []
  if (!first || !last) return cuts
  const [word = ''] = /\s+implements\s+$/.exec(text.slice(0, startOfNode(first))) ?? []

  return [...cuts, cut(startOfNode(first) - word.length, endOfNode(last))]
}

const MODIFIER = /\b(?:private|public|protected|readonly|override|abstract|declare)\s+/g

function cutModifiers(member: Node, key: Node, text: string): Replacement[] {
  const start = startOfNode(member)

  return [...text.slice(start, startOfNode(key)).matchAll(MODIFIER)].map((match) =>
    cut(start + match.index, start + match.index + match[0].length),
  )
}

/** A parameter called `this` is none. */
function cutThis([first, second]: readonly Node[]): Replacement[] {
  if (first?.type !== 'Identifier' || first.name !== 'this') return []

  return [cut(startOfNode(first), second ? startOfNode(second) : endOfNode(first))]
}

function cut(start: number, end: number): Replacement {
  return { start, end, text: '' }
}
