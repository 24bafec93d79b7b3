import type { MemberExpression, Node, Program } from '@babel/types'
import type { Source } from '../edits/source.js'
import { descend, isCall, isFunction, unwrap } from '../edits/syntax-tree.js'
import type { PrismaFacts } from './facts.js'
import { exportedName, initialValue, nameAssigned } from './syntax.js'

/** A client that a module makes once, and exports. */
export type Singleton = Extract<PrismaFacts['access'], { kind: 'import' }>

/** A client in a variable of the module that it does not export. */
export function localClients({ path, program }: Source): [file: string, name: string][] {
  return program.body
    .flatMap((statement) =>
      statement.type === 'VariableDeclaration' ? statement.declarations : [],
    )
    .filter(({ init }) => init && makesClient(program, init))
    .flatMap(({ id }) => (id.type === 'Identifier' ? [[path, id.name]] : []))
}

/** The clients that a module makes and exports. */
export function exportedClients({ path, program }: Source): Singleton[] {
  const names = descend(program).flatMap((node) => namesHoldingClient(program, node))

  return names.map((exported) => ({ kind: 'import', file: path, exported }))
}

function namesHoldingClient(program: Program, node: Node): string[] {
  const name = nameHoldingClient(program, node)

  return name === null ? [] : [name]
}

function nameHoldingClient(program: Program, node: Node): string | null {
  switch (node.type) {
    case 'VariableDeclarator':
      if (node.id.type !== 'Identifier' || !node.init) return null
      return makesClient(program, node.init) ? exportedName(program, node.id.name) : null
    case 'AssignmentExpression':
      if (!makesClient(program, node.right)) return null
      return node.left.type === 'Identifier'
        ? exportedName(program, node.left.name)
        : nameAssigned(node.left)
    case 'ExportDefaultDeclaration':
      return makesClient(program, node.declaration) ? 'default' : null
    default:
      return null
  }
}

/** Whether evaluating it makes a client: not a function that would, unless it is called here. */
export function makesClient(program: Program, value: Node): boolean {
  const inner = unwrap(value)
  if (isFunction(inner)) return false
  if (inner.type === 'MemberExpression') return isKeptIn(program, inner)
  const inside = descend(
    inner,
    (child, parent) => !isFunction(child) || (isCall(parent) && parent.callee === child),
  )
  for (const node of inside) {
    if (node.type === 'NewExpression' && mentions(node.callee, 'PrismaClient')) return true
    if (isCall(node) && node.callee.type === 'Identifier') {
      const called = functionNamed(program, node.callee.name)
      if (called && constructsClient(called)) return true
    }
  }

  return false
}

/** `globalThis.prisma`, which the same module fills. */
function isKeptIn(program: Program, place: MemberExpression): boolean {
  return descend(program).some(
    (node) =>
      node.type === 'AssignmentExpression' &&
      node.left.type === 'MemberExpression' &&
      node.right.type === 'NewExpression' &&
      isSamePlace(node.left, place) &&
      makesClient(program, node.right),
  )
}

function isSamePlace(one: MemberExpression, other: MemberExpression): boolean {
  const nameIn = ({ object, property }: MemberExpression) =>
    object.type === 'Identifier' && property.type === 'Identifier'
      ? `${object.name}.${property.name}`
      : null

  return nameIn(one) !== null && nameIn(one) === nameIn(other)
}

function constructsClient(called: Node): boolean {
  return descend(called).some(
    (node) => node.type === 'NewExpression' && mentions(node.callee, 'PrismaClient'),
  )
}

function functionNamed(program: Program, name: string): Node | null {
  const value = initialValue(program, name)
  if (value) return isFunction(value) ? value : null
  const found = program.body
    .map((statement) => ('declaration' in statement ? statement.declaration : statement))
    .find((statement) => statement?.type === 'FunctionDeclaration' && statement.id?.name === name)

  return found ?? null
}

/** Whether a name stands anywhere in it. */
export function mentions(node: Node, name: string): boolean {
  return descend(node).some((inner) => inner.type === 'Identifier' && inner.name === name)
}
