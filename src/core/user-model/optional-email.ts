import { posix } from 'node:path'
import type { CallExpression, Identifier, Node } from '@babel/types'
import { parseSource } from '../edits/source.js'
import { type Replacement, splice } from '../edits/splice.js'
import { endOfNode, startOfNode, unwrap } from '../edits/syntax-tree.js'
import { walk } from '../facts/syntax.js'

const EMAIL = 'src/accounts/email.ts'

/**
 * A template for an app whose users need not have an email: the ones that auth deals with do, and
 * the compiler has to be told. Knows the templates, before their nouns change.
 */
export function allowNoEmail(text: string, template: string): string {
  if (!template.endsWith('.ts')) return text
  if (template === EMAIL) return `${text}${EMAIL_OF}`
  const typed = text
    .replace(/(\bdata: Prisma\.User\w*CreateInput)(?=[,)])/g, '$1 & { email: string }')
    .replace(/\bPromise<User>/g, template.startsWith('test/support/') ? `Promise<${OWNER}>` : '$&')
    .replace(/\{ user: User; browser|\blet user: User\b/g, (found) => found.replace('User', OWNER))

  return withEmailOf(typed, template)
}

const OWNER = 'User & { email: string }'

const EMAIL_OF = `
/** The email of a user who has one. Others of this app's users log in nowhere, and get no mail. */
export function emailAddressOf<Owner extends { email: string | null }>({ email }: Owner): string {
  if (email === null) throw new Error('This user has no email')

  return email
}
`

function withEmailOf(text: string, template: string): string {
  if (!/\bemail\b/.test(text)) return text
  const source = parseSource(template, text)
  if ('unreadable' in source) throw new Error(source.unreadable)
  const replacements: Replacement[] = []
  const isFixture = template.startsWith('test/support/')
  walk(source.program, (node, around) => {
    if (node.type === 'ReturnStatement' && !isFixture) return
    const replacement = replace(node, around.at(-1), text)
    if (replacement !== null) replacements.push(replacement)
  })
  if (replacements.length === 0) return text
  const path = posix.relative(posix.dirname(template), EMAIL.replace(/\.ts$/, '.js'))
  const specifier = path.startsWith('.') ? path : `./${path}`
  const [first] = source.program.body.filter(({ type }) => type === 'ImportDeclaration').slice(-1)
  const at = first ? endOfNode(first) : 0
  const line = `\nimport { emailAddressOf } from '${specifier}'`

  return splice(text, [...replacements, { start: at, end: at, text: line }])
}

function replace(node: Node, parent: Node | undefined, text: string): Replacement | null {
  const write = (piece: Node) => text.slice(startOfNode(piece), endOfNode(piece))
  const place = { start: startOfNode(node), end: endOfNode(node) }
  const owner = ownerOf(node)
  if (owner !== null && isPassedOn(node, parent)) {
    return { ...place, text: `emailAddressOf(${write(owner)})` }
  }
  if (isTakenApart(node, parent)) {
    return { ...place, text: `{ ...${write(node)}, email: emailAddressOf(${write(node)}) }` }
  }
  if (isLogIn(parent) && parent.arguments[1] === node && isUser(node)) {
    return { ...place, text: `{ email: emailAddressOf(${node.name}) }` }
  }
  if (node.type === 'ReturnStatement' && node.argument && isCreation(node.argument)) {
    const row = `const user = await ${write(node.argument)}`
    return { ...place, text: `${row}\n\n  return { ...user, email: emailAddressOf(user) }` }
  }

  return null
}

/** And not what somebody registered with. */
function isUser(node: Node): node is Identifier {
  return node.type === 'Identifier' && node.name !== 'registration'
}

/** `logIn(browser, user)` of the tests. */
function isLogIn(node: Node | undefined): node is CallExpression {
  return (
    node?.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === 'logIn'
  )
}

/** `const { email } = confirmation.user` */
function isTakenApart(node: Node, parent: Node | undefined): boolean {
  if (parent?.type !== 'VariableDeclarator' || parent.init !== node) return false
  const { id } = parent
  const takesEmail =
    id.type === 'ObjectPattern' &&
    id.properties.some(
      (property) =>
        property.type === 'ObjectProperty' &&
        property.key.type === 'Identifier' &&
        property.key.name === 'email',
    )

  return takesEmail && ROWS.test(lastName(node))
}

/** `db.user.create(…)`, of which only fixtures promise an email. */
function isCreation(node: Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false
  const { object, property } = node.callee

  return property.type === 'Identifier' && property.name === 'create' && lastName(object) === 'user'
}

const ROWS = /^(?:user|pending|changed|updated|previous|owner|taken)$/

/** The row of a user whose email this is; null for the email of a form. */
function ownerOf(node: Node): Node | null {
  if (node.type !== 'MemberExpression' || node.computed) return null
  const { object, property } = node
  if (property.type !== 'Identifier' || property.name !== 'email') return null

  const row = unwrap(object)

  return ROWS.test(lastName(row)) || isFound(row) ? object : null
}

/** `db.user.findUniqueOrThrow(…)`: a test that looks for somebody who has one. */
function isFound(node: Node): boolean {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.property.type === 'Identifier' &&
    node.callee.property.name.endsWith('OrThrow')
  )
}

function lastName(node: Node): string {
  if (node.type === 'Identifier') return node.name

  return node.type === 'MemberExpression' && node.property.type === 'Identifier'
    ? node.property.name
    : ''
}

/** What is only compared or shown may be null. */
function isPassedOn(node: Node, parent: Node | undefined): boolean {
  if (/^(?:ArrayExpression|TemplateLiteral|ReturnStatement)$/.test(parent?.type ?? '')) return true
  // `user.email.toUpperCase()`
  if (parent?.type === 'MemberExpression') return parent.object === node
  const isCall = parent?.type === 'CallExpression' || parent?.type === 'NewExpression'

  return isCall && parent.callee !== node
}
