import type { CallExpression, Node, ObjectExpression, ObjectPattern } from '@babel/types'
import { parseSource } from '../edits/source.js'
import { type Replacement, splice } from '../edits/splice.js'
import { endOfNode, methodOf, startOfNode } from '../edits/syntax-tree.js'
import { walk } from '../facts/syntax.js'
import {
  isBesideUser,
  isConstraint,
  isOfAnswer,
  isOfRow,
  isRow,
  isRowLiteral,
  keyOf,
  namesField,
  takesRowApart,
} from './rows-of-users.js'
import type { UserFields } from './user-fields.js'

type Marks = ReadonlyMap<string, string>

// No noun is in them, so that renaming leaves them alone.
const MARKS = { id: 'theIdOfTheirs', email: 'theEmailOfTheirs' } as const

/** Whether the app calls the id or the email of its users something else. */
export function hasOtherNames(fields: UserFields): boolean {
  return fields.id !== 'id' || fields.email !== 'email'
}

/**
 * Marks the `id` and the `email` of a user's row in a template, which are names that other things
 * have as well: tokens have ids, forms and mails have an email. Knows the templates, before their
 * nouns change.
 */
export function markRowFields(text: string, template: string, fields: UserFields): string {
  const marks = new Map(Object.entries(MARKS).filter(([ours]) => fields[ours as Name] !== ours))
  if (marks.size === 0) return text
  if (template.endsWith('.ejs')) return markInPage(text, marks)
  if (!template.endsWith('.ts')) return text
  const source = parseSource(template, text)
  if ('unreadable' in source) throw new Error(source.unreadable)
  const replacements: Replacement[] = []
  walk(source.program, (node, around) => {
    if (!isOfAnswer(node, around)) replacements.push(...replace(node, around, marks, text))
  })

  return splice(text, replacements)
}

type Name = keyof typeof MARKS

/** Writes the app's own names where the marks are. */
export function nameRowFields(text: string, fields: UserFields): string {
  return text.replaceAll(MARKS.id, fields.id).replaceAll(MARKS.email, fields.email)
}

function markInPage(text: string, marks: Marks): string {
  return text.replace(/\buser\.(id|email)\b/g, (whole, name: string) => {
    const mark = marks.get(name)

    return mark === undefined ? whole : `user.${mark}`
  })
}

function replace(node: Node, around: readonly Node[], marks: Marks, text: string): Replacement[] {
  switch (node.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return !node.computed && isRow(node.object) ? written(node.property, marks) : []
    case 'ObjectPattern':
      return takesRowApart(node, around) ? keysOf(node, marks) : []
    case 'ObjectExpression':
      return isRowLiteral(node, around) ? keysOf(node, marks) : []
    case 'TSPropertySignature':
      return isOfRow(node.typeAnnotation ?? null) || isBesideUser(around) || isConstraint(around)
        ? written(node.key, marks)
        : []
    case 'StringLiteral':
      return namesField(around) ? quoted(node, marks) : []
    case 'CallExpression':
      return [...outward(node), ...logIn(node, marks, text)]
    case 'VariableDeclarator':
      return outwardScope(node, around, text)
    default:
      return []
  }
}

/** What leaves the app is called as every client of the auth knows it. */
function outward(node: CallExpression): Replacement[] {
  if (methodOf(node)?.name !== 'send') return []
  const [body] = node.arguments
  if (body?.type !== 'ObjectExpression') return []
  const user = body.properties.find(
    (each) => each.type === 'ObjectProperty' && keyOf(each) === 'user',
  )
  const isWhole = user?.type === 'ObjectProperty' && !user.shorthand

  return isWhole
    ? [{ start: endOfScope(user.value), end: endOfScope(user.value), text: '.toJSON()' }]
    : []
}

/** Of `request.currentScope.user`, where `request.currentScope` ends. */
function endOfScope(node: Node): number {
  return node.type === 'MemberExpression' ? endOfNode(node.object) : endOfNode(node)
}

/** `const { user } = request.currentScope`, for an answer that has it in it. */
function outwardScope(node: Node, around: readonly Node[], text: string): Replacement[] {
  if (node.type !== 'VariableDeclarator' || node.init?.type !== 'MemberExpression') return []
  const { property } = node.init
  const block = around.findLast(({ type }) => type === 'BlockStatement')
  if (property.type !== 'Identifier' || property.name !== 'currentScope' || !block) return []
  const isSent = /\bsend\(\{ user\b(?!:)/.test(text.slice(startOfNode(block), endOfNode(block)))
  const end = endOfNode(node.init)

  return isSent ? [{ start: end, end, text: '.toJSON()' }] : []
}

/** `logIn(browser, user)` of the tests sends a form; what was registered is one already. */
function logIn(node: CallExpression, marks: Marks, text: string): Replacement[] {
  const { callee } = node
  const [, user] = node.arguments
  const mark = marks.get('email')
  const logsIn = callee.type === 'Identifier' && /^(?:logIn|enter)$/.test(callee.name)
  if (!logsIn || !user || !mark || user.type === 'ObjectExpression') return []
  const { start, end } = placeOf(user)
  const written = text.slice(start, end)
  if (written === 'registration') return []
  const row = user.type === 'AwaitExpression' ? `(${written})` : written

  return [{ start, end, text: `{ email: ${row}.${mark} }` }]
}

function keysOf(node: ObjectExpression | ObjectPattern, marks: Marks): Replacement[] {
  return node.properties.flatMap((property) => {
    if (property.type !== 'ObjectProperty' || property.computed) return []
    const key = written(property.key, marks)

    return property.shorthand
      ? key.map(({ start, text }) => ({ start, end: start, text: `${text}: ` }))
      : key
  })
}

function written(key: Node, marks: Marks): Replacement[] {
  const mark = key.type === 'Identifier' ? marks.get(key.name) : undefined

  return mark === undefined ? [] : [{ ...placeOf(key), text: mark }]
}

function quoted(node: Extract<Node, { type: 'StringLiteral' }>, marks: Marks): Replacement[] {
  const mark = marks.get(node.value)
  if (mark === undefined) return []

  return [{ start: startOfNode(node) + 1, end: endOfNode(node) - 1, text: mark }]
}

function placeOf(node: Node): { start: number; end: number } {
  return { start: startOfNode(node), end: endOfNode(node) }
}
