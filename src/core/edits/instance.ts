import type { BlockStatement, Node, Program, Statement } from '@babel/types'
import { importsBy, importsOf } from './imports.js'
import {
  childrenOf,
  descend,
  isCall,
  isFunction,
  loadedModule,
  methodOf,
  nameOf,
  nameOfMember,
  rootOf,
  startOfNode,
  unwrap,
} from './syntax-tree.js'

/** A list of statements that run one after the other and can see the instance. */
export type StatementList = {
  statements: readonly Statement[]
  block: Program | BlockStatement
  body: 'async' | 'sync' | 'module'
  depth: number
  /** Index of the last statement that gives the instance its value, -1 when it comes from outside. */
  creation: number
  /** Whether that makes an instance with nothing on it yet. */
  isBare: boolean
}

/** One variable or parameter of the name asked for, as names may stand for several things in a file. */
export type Instance = { likelihood: number; lists: StatementList[] }

/** Everything in the file that the name is bound to, likeliest first. */
export function findInstances(program: Program, name: string): Instance[] {
  const found: Instance[] = []
  const creates = recognizeCreation(program)
  const waiting: Visit[] = [
    { node: program, parent: null, instance: null, body: 'module', depth: 0 },
  ]
  for (let visit = waiting.pop(); visit; visit = waiting.pop()) {
    const { node } = visit
    const inside = isFunction(node)
      ? enterFunction(visit, name, creates, found)
      : enterBlock(visit, name, creates, found)
    const children = childrenOf(node).map((child) => ({ ...inside, node: child, parent: node }))
    waiting.push(...children)
  }
  for (const { lists } of found) lists.sort((left, right) => start(left) - start(right))

  return found.sort((left, right) => right.likelihood - left.likelihood)
}

type Visit = {
  node: Node
  parent: Node | null
  instance: Instance | null
  body: StatementList['body']
  depth: number
}

type Creates = (node: Node) => boolean

const UNLIKELY = 0
const PARAMETER = 1
const VARIABLE = 2
const EXPORTED_PARAMETER = 3
const CREATED = 4

function enterFunction(visit: Visit, name: string, creates: Creates, found: Instance[]): Visit {
  const { node, parent, depth } = visit
  const parameter = parameters(node).find((candidate) => boundName(candidate) === name)
  const inside: Visit = {
    ...visit,
    depth: depth + 1,
    body: 'async' in node && node.async === true ? 'async' : 'sync',
  }
  if (parameter) {
    const instance = { likelihood: likelihoodOf(parameter, parent, creates), lists: [] }
    found.push(instance)

    return { ...inside, instance }
  }

  return isCalledByName(node, parent) || isAfter(parent, name)
    ? inside
    : { ...inside, instance: null }
}

/** `app.after(() => …)` runs once, when what was registered before it is there. */
function isAfter(parent: Node | null, name: string): boolean {
  const method = parent !== null && isCall(parent) ? methodOf(parent) : null

  return method?.name === 'after' && nameOf(rootOf(method.object)) === name
}

/** Who calls a callback, or a function in an object, and how often, cannot be seen from here. */
function isCalledByName(node: Node, parent: Node | null): boolean {
  if (!/^(?:ArrowFunction|Function)Expression$/.test(node.type) || parent === null) return true
  if (isCall(parent)) return parent.callee === node

  return !/^(?:ObjectProperty|ArrayExpression|ReturnStatement)$/.test(parent.type)
}

function enterBlock(visit: Visit, name: string, creates: Creates, found: Instance[]): Visit {
  const { node, parent, body, depth } = visit
  if (node.type === 'ClassBody') return enterClass(visit, name, creates, found)
  if (node.type !== 'Program' && node.type !== 'BlockStatement') return visit
  let { instance } = visit
  if (node.body.some((statement) => declares(statement, name))) {
    instance = { likelihood: VARIABLE, lists: [] }
    found.push(instance)
  }
  if (!instance || !runsInOrder(node, parent)) return { ...visit, instance, depth: depth + 1 }

  const values = node.body.map((statement) => valuesGiven(statement, name))
  const given = values.findLastIndex((each) => each.length > 0)
  const creation = given === -1 ? lastImportOf(node, name) : given
  if (values.flat().some(creates)) instance.likelihood = CREATED
  const isBare = values.flat().some((value) => creates(value) && !registersAtOnce(value))
  instance.lists.push({ statements: node.body, block: node, body, depth, creation, isBare })

  return { ...visit, instance, depth: depth + 1 }
}

/** `fastify().register(…)` */
function registersAtOnce(value: Node): boolean {
  const inner = unwrap(value)
  const method = isCall(inner) ? methodOf(inner) : null

  return method !== null && (method.name === 'register' || registersAtOnce(method.object))
}

/** What is imported is there from the start, and yet nothing is written above the imports. */
function lastImportOf(node: Program | BlockStatement, name: string): number {
  return node.body.some((statement) => brings(statement, name))
    ? node.body.findLastIndex(({ type }) => type === 'ImportDeclaration')
    : -1
}

/** `this.app` is one thing in all methods of a class, and another one in the next class. */
function enterClass(visit: Visit, name: string, creates: Creates, found: Instance[]): Visit {
  const { node, depth } = visit
  const uses = descend(node).some((inner) => nameOf(inner) === name)
  if (!name.startsWith('this.') || node.type !== 'ClassBody' || !uses) return visit
  const isMade = node.body.some(
    (member) =>
      (member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty') &&
      nameOfMember(member.key) === name &&
      member.value &&
      creates(member.value),
  )
  const instance = { likelihood: isMade ? CREATED : VARIABLE, lists: [] }
  found.push(instance)

  return { ...visit, instance, depth: depth + 1 }
}

/** Not what an `if` or a loop may skip or repeat. */
function runsInOrder(node: Node, parent: Node | null): boolean {
  if (parent === null || parent.type === 'File' || isFunction(parent)) return true
  if (parent.type === 'TryStatement') return parent.block === node

  return parent.type === 'BlockStatement' || parent.type === 'Program'
}

function likelihoodOf(parameter: Node, parent: Node | null, creates: Creates): number {
  if (parameter.type === 'AssignmentPattern' && creates(parameter.right)) return CREATED
  if (parent === null) return PARAMETER
  if (parent.type.startsWith('Export')) return EXPORTED_PARAMETER
  if (parent.type === 'AssignmentExpression') return EXPORTED_PARAMETER
  if (!isCall(parent)) return PARAMETER
  const wraps =
    parent.callee.type === 'Identifier' && /^(?:fp|fastifyPlugin)$/.test(parent.callee.name)

  return wraps ? EXPORTED_PARAMETER : UNLIKELY
}

function parameters(node: Node): Node[] {
  return 'params' in node && Array.isArray(node.params) ? node.params : []
}

function boundName(parameter: Node): string | null {
  if (parameter.type === 'AssignmentPattern') return boundName(parameter.left)
  if (parameter.type === 'TSParameterProperty') return boundName(parameter.parameter)

  return parameter.type === 'Identifier' ? parameter.name : null
}

/** Whether the name is there from this statement on. */
export function declares(statement: Statement, name: string): boolean {
  if (brings(statement, name)) return true

  return declarators(statement).some(({ id }) => id.type === 'Identifier' && id.name === name)
}

/** An instance that another module makes is as good as one of this module. */
function brings(statement: Statement, name: string): boolean {
  const bringing = statement.type === 'ImportDeclaration' ? [statement] : declarators(statement)

  return bringing
    .flatMap(importsBy)
    .some(({ local, module }) => local === name && module !== 'fastify')
}

function declarators(statement: Statement) {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement

  return declared?.type === 'VariableDeclaration' ? declared.declarations : []
}

/** What a statement itself, not a function in it, assigns to the name. */
function valuesGiven(statement: Statement, name: string): Node[] {
  if (isFunction(statement)) return []

  return descend(statement, (child) => !isFunction(child)).flatMap((node) => {
    if (node.type === 'VariableDeclarator') {
      return node.init && node.id.type === 'Identifier' && node.id.name === name ? [node.init] : []
    }

    return node.type === 'AssignmentExpression' && nameOf(node.left) === name ? [node.right] : []
  })
}

/** Recognizes `fastify()`, `Fastify.default()` and `require('fastify')()`, with calls chained on. */
function recognizeCreation(program: Program): Creates {
  const imported = importsOf(program)
    .filter(({ module }) => module === 'fastify')
    .map(({ local }) => local)
  const isFastify = (node: Node) =>
    loadedModule(node) === 'fastify' ||
    (node.type === 'Identifier' && (imported.includes(node.name) || /^fastify$/i.test(node.name)))

  return (value) => {
    const node = unwrap(value)
    if (!isCall(node)) return false
    const root = rootOf(node)
    const called = isCall(root) && methodOf(root) === null ? unwrap(root.callee) : root

    return isFastify(root) || isFastify(called)
  }
}

function start({ block }: StatementList): number {
  return startOfNode(block)
}
