import type { Node } from '@babel/types'
import { importsOf } from '../edits/imports.js'
import type { Source } from '../edits/source.js'
import { descend, isCall, loadedModule, methodOf, unwrap } from '../edits/syntax-tree.js'
import type { FastifyFacts } from './facts.js'
import { modulesIn } from './importers.js'
import { isInside } from './paths.js'
import type { Sources } from './sources.js'

/**
 * The packages whose plugins reach the whole app: registered where the app is put together, or
 * in a plugin of its own that is not encapsulated. A plugin inside an encapsulated one is out of
 * reach for us, so registering it again is no clash.
 */
export function readRegistered(
  sources: Sources,
  fastify: Pick<FastifyFacts, 'file' | 'assembly' | 'autoload'>,
): ReadonlyMap<string, string> {
  const registered = new Map<string, string>()
  for (const [path, found] of inReach(sources, fastify)) {
    for (const { module } of found) {
      const name = sources.resolve(path, module) === null ? packageName(module) : null
      if (name !== null && !registered.has(name)) registered.set(name, path)
    }
  }

  return registered
}

/** The files that act on the whole app, with what each registers. */
export function inReach(
  sources: Sources,
  { file, assembly, autoload }: Pick<FastifyFacts, 'file' | 'assembly' | 'autoload'>,
): ReadonlyMap<string, readonly Registration[]> {
  const waiting = [
    ...new Set([file, assembly.file]),
    ...filesAround(sources, file),
    ...pluginsIn(sources, autoload.plugins),
    ...autoload.open.flatMap((folder) => filesIn(sources, folder)),
  ]
  const reached = new Map<string, readonly Registration[]>()
  const seen = new Set(waiting)
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const source = /\.\s*register\b/.test(sources.textOf(path)) ? sources.read(path) : null
    const found = source ? registrationsIn(source) : []
    reached.set(path, found)
    for (const next of followed(sources, path, found)) {
      if (!seen.has(next)) waiting.push(next)
      seen.add(next)
    }
  }

  return reached
}

/** Files that import the app may register more on it. */
function filesAround(sources: Sources, file: string): string[] {
  return sources.paths.filter(
    (path) =>
      path !== file &&
      /\.\s*register\b/.test(sources.textOf(path)) &&
      modulesIn(sources.textOf(path)).some((module) => sources.resolve(path, module) === file),
  )
}

function pluginsIn(sources: Sources, folder: string | null): string[] {
  if (folder === null) return []

  return filesIn(sources, folder).filter((path) => reachesOut(sources, path))
}

function filesIn(sources: Sources, folder: string): string[] {
  return sources.paths.filter((path) => isInside(path, folder))
}

/** Local modules that may register something, without the encapsulated plugins among them. */
function followed(sources: Sources, path: string, found: readonly Registration[]): string[] {
  const registeredHere = new Set(found.map(({ module }) => module))

  return modulesIn(sources.textOf(path)).flatMap((module) => {
    const target = sources.resolve(path, module)
    if (target === null || !sources.paths.includes(target)) return []

    return registeredHere.has(module) && !reachesOut(sources, target) ? [] : [target]
  })
}

function reachesOut(sources: Sources, path: string): boolean {
  return /['"]fastify-plugin['"]|skip-override/.test(sources.textOf(path))
}

export type Registration = { module: string }

function registrationsIn({ program }: Source): Registration[] {
  const modules = new Map(importsOf(program).map(({ local, module }) => [local, module]))

  return descend(program).flatMap((node) => {
    if (!isCall(node) || methodOf(node)?.name !== 'register') return []
    const [plugin] = node.arguments
    const module = plugin && moduleOf(plugin, modules)

    return module ? [{ module }] : []
  })
}

/** `cookie`, `cookie.default`, `require('…')`, `fp(cookie)`. */
function moduleOf(plugin: Node, modules: ReadonlyMap<string, string>): string | null {
  const inner = unwrap(plugin)
  if (inner.type === 'Identifier') return modules.get(inner.name) ?? null
  if (inner.type === 'MemberExpression') return moduleOf(inner.object, modules)
  const loaded = loadedModule(inner)
  if (loaded !== null || !isCall(inner)) return loaded
  const [argument] = inner.arguments

  return argument ? moduleOf(argument, modules) : null
}

function packageName(module: string): string | null {
  if (/^(?:[./#~]|node:|@\/)/.test(module)) return null

  return module.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? null
}
