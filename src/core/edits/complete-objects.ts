import type { Node, ObjectExpression, ObjectProperty } from '@babel/types'
import type { Edit } from './edit.js'
import { type Insertion, insert } from './insertion.js'
import { parseSource, type Source } from './source.js'
import { childrenOf, endOfNode, isCall, methodOf, nameOf, startOfNode } from './syntax-tree.js'
import { indentationAt, lineEndAt } from './whitespace.js'

/** What is known of a type: the keys that it had, and those that it has from now on as well. */
export type Grown = { type: string; keys: readonly string[]; added: readonly string[] }

/**
 * Adds `key: null` to every object that is written out with all keys of a type, which the compiler
 * takes for none from now on. An object of a file that never names the type is something else.
 */
export function completeObjects(path: string, text: string, grown: Grown): Edit {
  const source = parseSource(path, text)
  if ('unreadable' in source || !imports(source, grown.type)) return { kind: 'already done' }
  const insertions = wholeObjects(source.program, grown).flatMap((object) => {
    const known = keysOf(object)
    const missing = grown.added.filter((key) => !known.includes(key))

    return missing.length === 0 ? [] : addKeys(source, object, missing)
  })
  if (insertions.length === 0) return { kind: 'already done' }

  return {
    kind: 'done',
    text: insert(text, insertions),
    inserted: insertions.map((insertion) => insertion.text),
  }
}

function imports({ program }: Source, type: string): boolean {
  return program.body.some(
    (statement) =>
      statement.type === 'ImportDeclaration' &&
      statement.specifiers.some(({ local }) => local.name === type),
  )
}

function wholeObjects(node: Node, grown: Grown, parents: readonly Node[] = []): ObjectExpression[] {
  const below = childrenOf(node).flatMap((child) => wholeObjects(child, grown, [node, ...parents]))
  const isWhole =
    node.type === 'ObjectExpression' &&
    grown.keys.every((key) => keysOf(node).includes(key)) &&
    isKept(node, parents)

  return isWhole ? [node, ...below] : below
}

function keysOf({ properties }: ObjectExpression): string[] {
  return propertiesOf(properties).map(({ key }) => nameOf(key) ?? '')
}

function propertiesOf(properties: ObjectExpression['properties']): ObjectProperty[] {
  return properties.filter(
    (property) => property.type === 'ObjectProperty' && !property.computed,
  ) as ObjectProperty[]
}

const CASTS = /^(?:TS(?:As|Satisfies)Expression|TSTypeAssertion|ParenthesizedExpression)$/

/**
 * Given a name, returned or put in a list. What a function is called with may be compared with an
 * answer, or be a part of a query.
 */
function isKept(object: Node, parents: readonly Node[]): boolean {
  const [parent, ...above] = parents
  if (parent === undefined) return false
  if (CASTS.test(parent.type)) return isKept(parent, above)
  if (parent.type === 'ArrayExpression') return isKept(parent, above)
  if (isCall(parent)) return methodOf(parent)?.name === 'push'

  return (
    /^(?:VariableDeclarator|ReturnStatement|ClassProperty|ClassPrivateProperty)$/.test(
      parent.type,
    ) ||
    (parent.type === 'ArrowFunctionExpression' && parent.body === object)
  )
}

/** Behind the last property, on lines of their own where that is on one. */
function addKeys(source: Source, object: ObjectExpression, keys: readonly string[]): Insertion[] {
  const last = propertiesOf(object.properties).at(-1)
  if (last === undefined) return []
  const { text } = source
  const [start, end] = [startOfNode(last), endOfNode(last)]
  const isOnLine = /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))
  const space = isOnLine ? lineEndAt(text, start) + indentationAt(text, start) : ' '
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0
  const added = keys.map((key) => `${key}: null`)

  return comma === 0
    ? [{ at: end, text: added.map((each) => `,${space}${each}`).join('') }]
    : [{ at: end + comma, text: added.map((each) => `${space}${each},`).join('') }]
}
