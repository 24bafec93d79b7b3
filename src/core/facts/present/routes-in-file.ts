import type { Node, Program } from '@babel/types'
import { importsOf } from '../../edits/imports.js'
import type { Source } from '../../edits/source.js'
import { isCall, isFunction, loadedModule, methodOf, unwrap } from '../../edits/syntax-tree.js'
import { initialValue, propertyOf, walk } from '../syntax.js'
import { type Place, placeOf } from './place.js'

/** A route as a file writes it: its prefix, as far as the file says. */
export type WrittenRoute = Place & {
  method: string
  path: string
  /** The outermost function around it, by the name it is declared or exported under. */
  within: string
}

/** A plugin that a file registers, or a function that it hands the instance to. */
export type Mount = {
  prefix: string
  within: string
  /** A function of this file by its name, or an import. Null where the file does not say which. */
  target: { local: string } | { module: string; imported: string } | null
}

export type FileRoutes = { routes: WrittenRoute[]; mounts: Mount[]; passesOn: string[] }

const METHODS = /^(?:get|post|put|patch|delete|head|options|all)$/

export function routesInFile(source: Source): FileRoutes {
  const { program } = source
  const imports = new Map(importsOf(program).map((each) => [each.local, each]))
  const found: FileRoutes = { routes: [], mounts: [], passesOn: [] }
  walk(program, (node, around) => {
    if (/^Export(?:All|Named)Declaration$/.test(node.type) && 'source' in node && node.source) {
      found.passesOn.push((node.source as { value: string }).value)
    }
    if (!isCall(node)) return
    const context = { within: outermostName(around), prefix: prefixAround(around, program) }
    for (const { method, path } of writtenBy(node)) {
      found.routes.push({
        method,
        path: joinPaths(context.prefix, path),
        within: context.within,
        ...placeOf(source, node),
      })
    }
    if (methodOf(node)?.name !== 'register') return
    const [plugin, options] = node.arguments
    if (!plugin || isFunction(innerOf(plugin))) return
    found.mounts.push({
      prefix: joinPaths(context.prefix, prefixIn(options, program)),
      within: context.within,
      target: targetOf(innerOf(plugin), imports),
    })
  })

  return found
}

/** `/api` and `/users` are `/api/users`; an empty path is the prefix itself. */
export function joinPaths(prefix: string, path: string): string {
  const joined = `${prefix}/${path}`.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '')

  return joined
}

/** `app.post('/log-in', …)`, `app.route({ method: ['GET', 'HEAD'], url })`. */
function writtenBy(call: Node): { method: string; path: string }[] {
  const method = isCall(call) ? methodOf(call) : null
  if (!isCall(call) || method === null) return []
  const [first, second] = call.arguments
  if (method.name === 'route') {
    const path = textOf(propertyOf(first, 'url') ?? propertyOf(first, 'path'))
    const methods = propertyOf(first, 'method')
    const names = methods?.type === 'ArrayExpression' ? methods.elements : [methods]

    return path === null
      ? []
      : names.flatMap((name) => {
          const text = textOf(name ?? null)
          return text === null ? [] : [{ method: text.toUpperCase(), path }]
        })
  }
  const path = METHODS.test(method.name) ? textOf(first ?? null) : null
  // A map and an HTTP client have these methods as well; a route has a path and a handler.
  if (path === null || second === undefined || !/^(?:\/|$)/.test(path)) return []
  if (second.type === 'StringLiteral') return []

  return [{ method: method.name === 'all' ? '*' : method.name.toUpperCase(), path }]
}

function textOf(node: Node | null): string | null {
  if (node?.type === 'StringLiteral') return node.value
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return null

  return node.quasis[0]?.value.cooked ?? null
}

/** What only runs can tell, such as `config.prefix`, counts as no prefix. */
function prefixIn(options: Node | undefined, program: Program): string {
  const value = propertyOf(options ? unwrap(options) : undefined, 'prefix')
  if (value?.type !== 'Identifier') return textOf(value) ?? ''

  return textOf(initialValue(program, value.name)) ?? ''
}

/** The prefixes of the functions around a node that are registered where they stand. */
function prefixAround(around: readonly Node[], program: Program): string {
  return around
    .map((node) => {
      const isPlugin =
        isCall(node) &&
        methodOf(node)?.name === 'register' &&
        node.arguments[0] !== undefined &&
        isFunction(innerOf(node.arguments[0]))

      return isPlugin ? prefixIn(node.arguments[1], program) : ''
    })
    .reduce(joinPaths, '')
}

function outermostName(around: readonly Node[]): string {
  for (const node of around) {
    if (node.type === 'ExportDefaultDeclaration') return 'default'
    if (node.type === 'FunctionDeclaration' && node.id) return node.id.name
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') return node.id.name
  }

  return ''
}

/** The plugin itself, of `fp(plugin)` too. */
function innerOf(node: Node): Node {
  const inner = unwrap(node)
  if (!isCall(inner) || loadedModule(inner) !== null) return inner
  const [argument] = inner.arguments

  return argument ? innerOf(argument) : inner
}

function targetOf(
  node: Node,
  imports: ReadonlyMap<string, { imported: string; module: string }>,
): Mount['target'] {
  const loaded = loadedModule(node)
  if (loaded !== null) return { module: loaded, imported: 'default' }
  if (node.type === 'MemberExpression' && node.object.type === 'Identifier') {
    const known = imports.get(node.object.name)
    const imported = node.property.type === 'Identifier' ? node.property.name : '*'

    return known ? { module: known.module, imported } : null
  }
  if (node.type !== 'Identifier') return null
  const known = imports.get(node.name)

  return known ? { module: known.module, imported: known.imported } : { local: node.name }
}
