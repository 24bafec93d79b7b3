import type { Node } from '@babel/types'
import { parseSource } from '../edits/source.js'
import { type Replacement, splice } from '../edits/splice.js'
import { descend, endOfNode, startOfNode } from '../edits/syntax-tree.js'
import type { UserFields } from './user-fields.js'

/**
 * Our code with the names that fields have in the app's own model. Only properties change, the
 * variables that hold their values keep our names: `{ hashedPassword }` becomes
 * `{ password: hashedPassword }`.
 */
export function nameFields(text: string, fields: UserFields, path: string): string {
  const { id: _id, email: _email, ...others } = fields
  const names = new Map(Object.entries(others).filter(([ours, theirs]) => ours !== theirs))
  if (![...names.keys()].some((ours) => text.includes(ours))) return text
  if (path.endsWith('.ejs')) return namePropertiesInPage(text, names)
  const source = parseSource(path, text)
  if ('unreadable' in source) throw new Error(source.unreadable)

  return splice(
    text,
    descend(source.program).flatMap((node) => replace(node, names)),
  )
}

type Names = ReadonlyMap<string, string>

function replace(node: Node, names: Names): Replacement[] {
  switch (node.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return node.computed ? [] : written(node.property, names)
    case 'ObjectProperty':
      if (node.computed) return []
      return node.shorthand ? writtenOut(node.key, names) : written(node.key, names)
    case 'TSPropertySignature':
    case 'ClassProperty':
      return written(node.key, names)
    case 'StringLiteral': {
      const theirs = names.get(node.value)
      if (theirs === undefined) return []
      return [{ start: startOfNode(node) + 1, end: endOfNode(node) - 1, text: theirs }]
    }
    default:
      return []
  }
}

function written(key: Node, names: Names): Replacement[] {
  const theirs = key.type === 'Identifier' ? names.get(key.name) : undefined

  return theirs === undefined
    ? []
    : [{ start: startOfNode(key), end: endOfNode(key), text: theirs }]
}

function writtenOut(key: Node, names: Names): Replacement[] {
  return written(key, names).map(({ start, text }) => ({ start, end: start, text: `${text}: ` }))
}

function namePropertiesInPage(text: string, names: Names): string {
  return [...names].reduce(
    (page, [ours, theirs]) => page.replace(new RegExp(`\\.${ours}\\b`, 'g'), `.${theirs}`),
    text,
  )
}
