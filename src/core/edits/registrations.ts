import type { Node, Statement } from '@babel/types'
import {
  type Call,
  descend,
  endOfNode,
  isCall,
  isFunction,
  loadedModule,
  methodOf,
  nameOf,
  namesIn,
  rootOf,
  startOfNode,
  unwrap,
} from './syntax-tree.js'

/** What a statement does with the instance. */
export type Step = {
  registersPlugin: boolean
  addsRoute: boolean
  /** Adds routes in a scope of their own. */
  opensScope: boolean
  /** Calls `register`, for plugins or for routes. */
  registers: boolean
  /** Puts something on the instance, or gives it to a function that may do so. */
  mayDecorate: boolean
  /** Listens, gets ready or hands the instance out: nothing can be registered behind it. */
  ends: boolean
  /** Names and modules of what it registers or decorates. */
  names: ReadonlySet<string>
  /** What is there on the instance as soon as the statement ran. */
  decorates: ReadonlySet<string>
  /** How the call is written; `null` when it is part of a larger statement. */
  prefix: Prefix | null
}

export type Prefix = 'await ' | 'void ' | ''

export type Context = {
  instance: string
  /** Other names of it. */
  aliases: ReadonlySet<string>
  text: string
  /** Which module a local name is from. */
  modules: ReadonlyMap<string, string>
}

export function stepOf(statement: Statement, context: Context): Step {
  const uses = isFunction(statement)
    ? []
    : callsIn(statement).flatMap((call) => useOf(call, context))
  const returned = statement.type === 'ReturnStatement' || returnsInstance(statement, context)

  return {
    registersPlugin: uses.some(({ kind }) => kind === 'plugin'),
    addsRoute: uses.some(({ kind }) => kind === 'route'),
    opensScope: uses.some(({ kind, method = '' }) => kind === 'route' && !ROUTES.has(method)),
    registers: uses.some(({ method }) => method === 'register'),
    mayDecorate: uses.some(({ kind, method }) => method === undefined || PUTS.has(kind)),
    ends: returned || uses.some(({ kind }) => kind === 'end'),
    names: new Set(uses.flatMap(({ names }) => names)),
    decorates: new Set(uses.flatMap(({ kind, names }) => (kind === 'decorator' ? names : []))),
    prefix: uses.length > 0 ? prefixOf(statement) : null,
  }
}

type Use = {
  kind: 'plugin' | 'route' | 'end' | 'decorator' | 'other'
  names: string[]
  method?: string
}

const PUTS = new Set<Use['kind']>(['plugin', 'decorator', 'route'])
const ENDS = new Set(['listen', 'ready', 'inject'])
const ROUTES = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all', 'route'])

function callsIn(statement: Statement): Call[] {
  return descend(statement, runsHere).filter(isCall)
}

// The callback of `routes.forEach(…)` runs on the spot, any other function somewhen else.
function runsHere(node: Node, parent: Node): boolean {
  if (!isFunction(node)) return true
  const method = isCall(parent) ? methodOf(parent) : null

  return method !== null && /^(?:forEach|map)$/.test(method.name)
}

function useOf(call: Call, context: Context): Use[] {
  const method = methodOf(call)
  if (method && isInstance(rootOf(method.object), context)) {
    const kind = kindOfMethod(method.name, call, context)

    return [{ kind, names: namesOf(call, context), method: method.name }]
  }
  const receives = call.arguments.some((argument) => isInstance(argument, context))
  if (method || !receives) return []
  const names = mentioned(call.callee, context)

  return [{ kind: kindOfFunction(names), names }]
}

/** Of a function that the instance is passed to. */
function kindOfFunction(names: readonly string[]): Use['kind'] {
  if (names.some(soundsLikeRoutes)) return 'route'

  return names.some((name) => /plugin|register|set_?up|middleware|decorat|configure/i.test(name))
    ? 'plugin'
    : 'other'
}

function kindOfMethod(name: string, call: Call, context: Context): Use['kind'] {
  if (ENDS.has(name)) return 'end'
  if (ROUTES.has(name)) return 'route'
  if (name === 'use') return 'plugin'
  if (name === 'decorate') return 'decorator'
  if (name !== 'register') return 'other'

  return registersRoutes(call, context) ? 'route' : 'plugin'
}

function namesOf(call: Call, context: Context): string[] {
  const [first] = call.arguments
  if (!first) return []
  if (first.type === 'StringLiteral') return [first.value]

  return mentioned(first, context)
}

/** Identifiers outside of functions, and the modules they or inline loads are from. */
function mentioned(node: Node, { modules }: Context): string[] {
  const outside = (child: Node) => !isFunction(child)
  if (!outside(node)) return []
  const names = namesIn(node, outside).map(({ name }) => name)
  const loaded = descend(node, outside).flatMap((child) => loadedModule(child) ?? [])

  return [...names, ...names.flatMap((name) => modules.get(name) ?? []), ...loaded]
}

function registersRoutes(call: Call, context: Context): boolean {
  const [plugin, options] = call.arguments
  if (!plugin) return false
  if (isFunction(unwrap(plugin))) return true
  const names = mentioned(plugin, context)
  const optionsText = options ? context.text.slice(startOfNode(options), endOfNode(options)) : ''
  if (names.some((name) => /autoload$/i.test(name))) return ROUTE_FOLDER.test(optionsText)
  // A package is no route of the app: @fastify/static has a prefix, @fastify/routes the name.
  if (names.some(isPackage)) return false
  if (names.some(soundsLikeRoutes)) return true

  return options?.type === 'ObjectExpression' && options.properties.some(isPrefix)
}

const ROUTE_FOLDER = /routes?|modules|domains|controllers?|endpoints/i

function soundsLikeRoutes(name: string): boolean {
  return name.includes('/')
    ? /[/.-](?:routes?|routers?|controllers?|modules|api|endpoints|handlers)(?:[/.]|$)/i.test(name)
    : /(?:routes?|routers?|controllers?|endpoints)$/i.test(name)
}

function isPackage(module: string): boolean {
  return /^@[\w.-]+\/[\w.-]+$|^[\w.]+-[\w.-]+$/.test(module)
}

function isPrefix(property: Node): boolean {
  return (
    property.type === 'ObjectProperty' &&
    property.key.type === 'Identifier' &&
    property.key.name === 'prefix'
  )
}

function isInstance(node: Node, { instance, aliases }: Context): boolean {
  const name = nameOf(node)

  return name !== null && (name === instance || aliases.has(name))
}

function returnsInstance(statement: Statement, context: Context): boolean {
  return descend(statement, (child) => !isFunction(child)).some(
    (node) =>
      node.type === 'ReturnStatement' &&
      node.argument !== null &&
      node.argument !== undefined &&
      isInstance(rootOf(node.argument), context),
  )
}

function prefixOf(statement: Statement): Prefix | null {
  if (statement.type !== 'ExpressionStatement') return null
  if (statement.expression.type === 'AwaitExpression') return 'await '
  const { expression } = statement

  return expression.type === 'UnaryExpression' && expression.operator === 'void' ? 'void ' : ''
}
