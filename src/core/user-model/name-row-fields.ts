import type { CallExpression, Node, ObjectExpression, ObjectPattern } from '@babel/types'
import { parseSource } from '../edits/source.js'
import { type Replacement, splice } from '../edits/splice.js'
import {
  type Call,
  endOfNode,
  isCall,
  methodOf,
  startOfNode,
  unwrap,
} from '../edits/syntax-tree.js'
import { walk } from '../facts/syntax.js'
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

/** `user.email` where `const { user } = await browser.session()` stands before it. */
function isOfAnswer(node: Node, around: readonly Node[]): boolean {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return false
  const block = around.findLast(({ type }) => type === 'BlockStatement')
  const name = firstNameIn(node)
  if (block?.type !== 'BlockStatement') return false

  return block.body.some(
    (statement) =>
      statement.type === 'VariableDeclaration' &&
      statement.declarations.some(({ id, init }) => init && isAnswer(init) && declares(id, name)),
  )
}

function declares(id: Node, name: string): boolean {
  return id.type === 'Identifier' ? id.name === name : id.type === 'ObjectPattern' && has(id, name)
}

/** `session` of `session.user.email`. */
function firstNameIn(node: Node): string {
  if (node.type === 'Identifier') return node.name

  return node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression'
    ? firstNameIn(unwrap(node.object))
    : ''
}

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

const ROWS =
  /^(?:user|pending|changed|updated|previous|owner|taken|other|created|registered|asRead|confirmed|stranger|someone|somebody|nobody|someUser|otherUser|waiting|passwordless|disabled|found|before|attacker)$/

/** A row of the users, by what it is called or where it comes from. */
function isRow(node: Node): boolean {
  const inner = unwrap(node)
  if (inner.type === 'Identifier') return ROWS.test(inner.name)
  if (spreadsRow(inner)) return true
  if (inner.type === 'MemberExpression' || inner.type === 'OptionalMemberExpression') {
    if (isAnswer(inner.object)) return false

    return inner.property.type === 'Identifier' && ROWS.test(inner.property.name)
  }

  return (
    isCall(inner) &&
    (modelOf(inner) === 'user' || isFixture(inner) || /^getUser/.test(nameOfCall(inner)))
  )
}

/** `userFixture(db)` of the tests. */
function isFixture(call: Call): boolean {
  return /^(?:user|unconfirmedUser)Fixture$/.test(nameOfCall(call))
}

/** `getUserByEmail` of `accounts.getUserByEmail(…)` and of `getUserByEmail(…)`. */
function nameOfCall(call: Call): string {
  return call.callee.type === 'Identifier' ? call.callee.name : (methodOf(call)?.name ?? '')
}

/** What a client of the app gets to see: `response.json()`, `browser.session()`. */
function isAnswer(node: Node): boolean {
  const inner = unwrap(node)

  return isCall(inner) && /^(?:json|session)$/.test(methodOf(inner)?.name ?? '')
}

/** `user` of `db.user.findUnique(…)`. */
function modelOf(call: Node): string | null {
  const method = isCall(call) ? methodOf(call) : null
  const owner = method && unwrap(method.object)

  return owner?.type === 'MemberExpression' && owner.property.type === 'Identifier'
    ? owner.property.name
    : null
}

/** `{ id }: Pick<User, 'id'>`, and `const { id } = row.user`. */
function takesRowApart(node: ObjectPattern, around: readonly Node[]): boolean {
  const annotation = node.typeAnnotation
  if (annotation) return isUserType(annotation)
  const parent = around.at(-1)
  if (parent?.type === 'ArrowFunctionExpression') return isForRows(around.at(-2))
  if (parent?.type !== 'VariableDeclarator' || parent.id !== node || !parent.init) return false
  const init = unwrap(parent.init)
  const isWhole = init.type === 'Identifier' && /^(?:row|data)$/.test(init.name)

  return (isWhole && has(node, 'email')) || isRow(init)
}

/** `users.map(({ email }) => email)` */
function isForRows(call: Node | undefined): boolean {
  const list = call && isCall(call) ? methodOf(call)?.object : undefined

  return (
    (list?.type === 'Identifier' && list.name === 'users') ||
    (list?.type === 'ArrayExpression' && list.elements.some((each) => each !== null && isRow(each)))
  )
}

function isUserType(node: Node): boolean {
  if (node.type === 'TSTypeAnnotation') return isUserType(node.typeAnnotation)
  if (node.type !== 'TSTypeReference' || node.typeName.type !== 'Identifier') return false
  if (/^(?:User|ScopeUser|Owner)$/.test(node.typeName.name)) return true
  const [first] = node.typeParameters?.params ?? []

  return /^(?:Pick|Partial|Omit)$/.test(node.typeName.name) && !!first && isUserType(first)
}

/** What only a row of the users has. */
const OF_ROWS = ['hashedPassword', 'confirmedAt', 'deactivatedAt']

function isRowLiteral(node: ObjectExpression, around: readonly Node[]): boolean {
  const parent = around.at(-1)
  if (spreadsRow(node)) return true
  if (OF_ROWS.some((name) => has(node, name))) return parent?.type !== 'ReturnStatement'
  if (parent && isCall(parent)) return isPassedWithDatabase(node, parent)
  if (parent?.type !== 'ObjectProperty' || parent.key.type !== 'Identifier') return false
  const { name } = parent.key
  // `{ where: { user: { email } } }`, `{ user: { select: { email: true } } }`
  if (name === 'user') return !isOutward(around)
  if (!/^(?:where|data|select|orderBy|create|update|NOT)$/.test(name)) return false
  const outer = around.findLast(
    (each) =>
      isCall(each) || (each !== parent && each.type === 'ObjectProperty' && keyOf(each) === 'user'),
  )

  return outer !== undefined && (isCall(outer) ? modelOf(outer) === 'user' : true)
}

/** `{ ...user, email }` */
function spreadsRow(node: Node): boolean {
  return (
    node.type === 'ObjectExpression' &&
    node.properties.some((each) => each.type === 'SpreadElement' && isRow(each.argument))
  )
}

/** `lockUser(db, { id, email })` */
function isPassedWithDatabase(node: ObjectExpression, call: Node): boolean {
  if (!isCall(call) || call.arguments[1] !== node) return false
  const [first] = call.arguments
  const database = first && unwrap(first)
  const name =
    database?.type === 'Identifier'
      ? database.name
      : database?.type === 'MemberExpression' && database.property.type === 'Identifier'
        ? database.property.name
        : ''
  const isOnlyOurs = node.properties.every(
    (each) => each.type === 'ObjectProperty' && keyOf(each) in MARKS,
  )

  return name === 'db' && isOnlyOurs
}

/** `email: User['email']` */
function isOfRow(annotation: Node | null): boolean {
  if (annotation?.type !== 'TSTypeAnnotation') return false
  const { typeAnnotation: type } = annotation

  return type.type === 'TSIndexedAccessType' && isUserType(type.objectType)
}

/** `User & { email: string }` */
function isBesideUser(around: readonly Node[]): boolean {
  const intersection = around.at(-2)

  return (
    intersection?.type === 'TSIntersectionType' &&
    intersection.types.some(
      (type) =>
        isUserType(type) ||
        (type.type === 'TSTypeReference' && type.typeName.type === 'TSQualifiedName'),
    )
  )
}

/** `<Owner extends { email: string | null }>` */
function isConstraint(around: readonly Node[]): boolean {
  return around.at(-2)?.type === 'TSTypeParameter'
}

/** `'id'` of `Pick<User, 'id' | 'email'>` and of `User['id']`. */
function namesField(around: readonly Node[]): boolean {
  const outer = around.findLast(({ type }) =>
    /^(?:TSTypeReference|TSIndexedAccessType)$/.test(type),
  )
  if (outer?.type === 'TSIndexedAccessType') return isUserType(outer.objectType)

  return outer?.type === 'TSTypeReference' && isUserType(outer)
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

function isOutward(around: readonly Node[]): boolean {
  return around.some(
    (node) => isCall(node) && /^(?:send|toEqual|toMatchObject)$/.test(methodOf(node)?.name ?? ''),
  )
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

function has(node: ObjectExpression | ObjectPattern, name: string): boolean {
  return node.properties.some((each) => each.type === 'ObjectProperty' && keyOf(each) === name)
}

function keyOf(node: Node): string {
  return node.type === 'ObjectProperty' && !node.computed && node.key.type === 'Identifier'
    ? node.key.name
    : ''
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
