import type { Function as FunctionNode, Node } from '@babel/types'
import { importsOf } from '../edits/imports.js'
import type { Source } from '../edits/source.js'
import {
  isCall,
  loadedModule,
  methodOf,
  nameOf,
  nameOfMember,
  rootOf,
  unwrap,
} from '../edits/syntax-tree.js'
import { exportedName, exportedNameOfFunction, functionAround, walk } from './syntax.js'

/** A place where a Fastify instance is made. */
export type Creation = {
  file: string
  instance: string
  /** The function it is made in, null at the top of the module. */
  within: FunctionNode | null
  exported: string | null
  /** How much of the app is put together on this instance in this file. */
  weight: number
  listens: boolean
}

/** Creations by `fastify()` itself, or by one of the given functions. */
export function findCreations(source: Source, makers?: ReadonlySet<string>): Creation[] {
  const { program, path } = source
  const creates = recognizeCreation(source, makers)
  const found: Creation[] = []
  walk(program, (node, around) => {
    const [target, value] = assignmentIn(node)
    if (target === null || value === null || !creates(value)) return
    const within = functionAround(around)
    const calls = methodsCalledOn(within ?? program, target)

    found.push({
      file: path,
      instance: target,
      within,
      exported: within
        ? exportedNameOfFunction(program, within, around)
        : exportedName(program, target),
      weight: calls.filter((name) => ASSEMBLES.test(name)).length,
      listens: listensWhenLoaded(source),
    })
  })

  return found
}

/** The names of the methods called on an identifier or on `this.…`, chains included. */
export function methodsCalledOn(node: Node, instance: string): string[] {
  const names: string[] = []
  walk(node, (inner) => {
    const method = isCall(inner) ? methodOf(inner) : null
    if (method && nameOf(rootOf(method.object)) === instance) names.push(method.name)
  })

  return names
}

const ASSEMBLES = /^(?:register|decorate|route|get|post|put|patch|delete|addHook|set[A-Z]\w*)$/

/** What a variable, a parameter or a property is set to. */
export function assignmentIn(node: Node): [target: string | null, value: Node | null] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [nameOf(node.id), node.init ?? null]
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return [nameOf(node.left), node.right]
    case 'ClassProperty':
    case 'ClassPrivateProperty':
      return [nameOfMember(node.key), node.value ?? null]
    default:
      return [null, null]
  }
}

/** `fastify()` however it was imported, also with calls chained on. */
export function recognizeCreation(
  { program }: Source,
  ours?: ReadonlySet<string>,
): (value: Node) => boolean {
  const locals = importsOf(program).filter(({ module }) => module === 'fastify')
  const makers =
    ours ??
    new Set(
      locals
        .filter(({ imported }) => /^(?:default|fastify|\*)$/.test(imported))
        .map(({ local }) => local),
    )
  const isMaker = (node: Node): boolean => {
    const inner = unwrap(node)
    if (!ours && loadedModule(inner) === 'fastify') return true
    if (inner.type === 'Identifier') return makers.has(inner.name)
    if (inner.type !== 'MemberExpression' || inner.property.type !== 'Identifier') return false

    return /^(?:default|fastify)$/.test(inner.property.name) && isMaker(inner.object)
  }
  const creates = (value: Node): boolean => {
    const inner = unwrap(value)
    if (inner.type === 'LogicalExpression') return creates(inner.right)
    if (!isCall(inner)) return false
    const method = methodOf(inner)

    return isMaker(inner.callee) || (method !== null && creates(method.object))
  }

  return creates
}

/** A module that checks how it was started does not listen when a test imports it. */
function listensWhenLoaded({ program, text }: Source): boolean {
  if (/require\.main\b|import\.meta\.(?:main|filename)\b|process\.argv\[1\]/.test(text))
    return false
  let listens = false
  walk(program, (node) => {
    if (isCall(node) && methodOf(node)?.name === 'listen') listens = true
  })

  return listens
}
