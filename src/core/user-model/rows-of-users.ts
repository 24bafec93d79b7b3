import type { Node, ObjectExpression, ObjectPattern } from '@babel/types'
import { type Call, isCall, methodOf, unwrap } from '../edits/syntax-tree.js'

// Which places of a template speak of a row of the users. Other things have an id and an email as
// well: tokens, forms, mails, and what a client of the app gets to see.

const ROWS =
  /^(?:user|pending|changed|updated|previous|owner|taken|other|created|registered|asRead|confirmed|stranger|someone|somebody|nobody|someUser|otherUser|waiting|passwordless|disabled|found|before|attacker)$/

/** A row of the users, by what it is called or where it comes from. */
export function isRow(node: Node): boolean {
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
export function takesRowApart(node: ObjectPattern, around: readonly Node[]): boolean {
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

export function isRowLiteral(node: ObjectExpression, around: readonly Node[]): boolean {
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
    (each) => each.type === 'ObjectProperty' && /^(?:id|email)$/.test(keyOf(each)),
  )

  return name === 'db' && isOnlyOurs
}

/** `email: User['email']` */
export function isOfRow(annotation: Node | null): boolean {
  if (annotation?.type !== 'TSTypeAnnotation') return false
  const { typeAnnotation: type } = annotation

  return type.type === 'TSIndexedAccessType' && isUserType(type.objectType)
}

/** `User & { email: string }` */
export function isBesideUser(around: readonly Node[]): boolean {
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
export function isConstraint(around: readonly Node[]): boolean {
  return around.at(-2)?.type === 'TSTypeParameter'
}

/** `'id'` of `Pick<User, 'id' | 'email'>` and of `User['id']`. */
export function namesField(around: readonly Node[]): boolean {
  const outer = around.findLast(({ type }) =>
    /^(?:TSTypeReference|TSIndexedAccessType)$/.test(type),
  )
  if (outer?.type === 'TSIndexedAccessType') return isUserType(outer.objectType)

  return outer?.type === 'TSTypeReference' && isUserType(outer)
}

/** `user.email` where `const { user } = await browser.session()` stands before it. */
export function isOfAnswer(node: Node, around: readonly Node[]): boolean {
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

function isOutward(around: readonly Node[]): boolean {
  return around.some(
    (node) => isCall(node) && /^(?:send|toEqual|toMatchObject)$/.test(methodOf(node)?.name ?? ''),
  )
}

function has(node: ObjectExpression | ObjectPattern, name: string): boolean {
  return node.properties.some((each) => each.type === 'ObjectProperty' && keyOf(each) === name)
}

export function keyOf(node: Node): string {
  return node.type === 'ObjectProperty' && !node.computed && node.key.type === 'Identifier'
    ? node.key.name
    : ''
}
