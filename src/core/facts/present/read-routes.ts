import { findAutoloadCalls, MENTIONS_AUTOLOAD } from '../autoload.js'
import type { FastifyFacts } from '../facts.js'
import { folderOf, isInside } from '../paths.js'
import type { Sources } from '../sources.js'
import type { Place } from './place.js'
import {
  type FileRoutes,
  joinPaths,
  type Mount,
  routesInFile,
  type WrittenRoute,
} from './routes-in-file.js'

/** A route of the app's own, with the whole of its path. */
export type AppRoute = Place & { method: string; path: string }

/**
 * The routes that the app's own files write down, followed from where it is put together through
 * the plugins that are registered, with their prefixes. A file that nobody is seen to register
 * counts as it stands: its paths may be whole.
 */
export function readRoutes(
  sources: Sources,
  { file, autoload }: Pick<FastifyFacts, 'file' | 'autoload'>,
): AppRoute[] {
  const walkThrough = new RouteWalk(sources)
  walkThrough.visit(file, '*', '')
  for (const path of filesThatAutoload(sources)) walkThrough.visit(path, '*', '')
  for (const [path, prefix] of autoloaded(sources, autoload.routes)) {
    walkThrough.visit(path, '*', prefix)
  }
  for (const path of sources.paths) {
    if (!walkThrough.knows(path)) walkThrough.visit(path, '*', '')
  }

  return walkThrough.found
}

/** A cycle of files that import each other must end, and so must a chain of re-exports. */
const DEEPEST = 12

class RouteWalk {
  readonly found: AppRoute[] = []
  readonly #seen = new Set<string>()
  readonly #files = new Set<string>()
  readonly #parsed = new Map<string, FileRoutes>()

  constructor(private readonly sources: Sources) {}

  knows(path: string): boolean {
    return this.#files.has(path)
  }

  visit(path: string, name: string, prefix: string, depth = 0): void {
    const key = `${path} ${name} ${prefix}`
    if (depth > DEEPEST || this.#seen.has(key)) return
    this.#seen.add(key)
    this.#files.add(path)
    const file = this.#read(path)
    const isAsked = within(file, name)
    for (const route of file.routes.filter(isAsked)) {
      this.found.push(wholeRoute(route, prefix))
    }
    for (const mount of file.mounts.filter(isAsked)) this.#follow(path, mount, prefix, depth)
    for (const module of file.passesOn) this.#enter(path, module, name, prefix, depth)
  }

  #follow(path: string, { target, prefix }: Mount, before: string, depth: number): void {
    const joined = joinPaths(before, prefix)
    if (target === null) return
    if ('local' in target) this.visit(path, target.local, joined, depth + 1)
    else this.#enter(path, target.module, target.imported, joined, depth)
  }

  #enter(from: string, module: string, name: string, prefix: string, depth: number): void {
    const target = this.sources.resolve(from, module)
    if (target !== null && this.sources.paths.includes(target)) {
      this.visit(target, name, prefix, depth + 1)
    }
  }

  #read(path: string): FileRoutes {
    const known = this.#parsed.get(path)
    if (known) return known
    const source = MAY_ROUTE.test(this.sources.textOf(path)) ? this.sources.read(path) : null
    const file = source ? routesInFile(source) : { routes: [], mounts: [], passesOn: [] }
    this.#parsed.set(path, file)

    return file
  }
}

const MAY_ROUTE =
  /\.\s*(?:get|post|put|patch|delete|head|options|all|route|register)\s*[(<]|\bexport\b[^;'"]*\bfrom\b/

/**
 * What is written inside the function that was asked for. Where no function has that name, the
 * file says it otherwise (`module.exports = …`), and all of it counts.
 */
function within(file: FileRoutes, name: string): (entry: { within: string }) => boolean {
  const names = new Set([...file.routes, ...file.mounts].map((entry) => entry.within))

  return (entry) => !names.has(name) || entry.within === name
}

function wholeRoute({ method, path, file, line }: WrittenRoute, prefix: string): AppRoute {
  return { method, path: joinPaths(prefix, path), file, line }
}

function filesThatAutoload(sources: Sources): string[] {
  return sources.paths.filter((path) => MENTIONS_AUTOLOAD.test(sources.textOf(path)))
}

/** The files of the folders that load themselves; a folder's name is part of the path. */
function autoloaded(sources: Sources, routes: string | null): [path: string, prefix: string][] {
  const folders = filesThatAutoload(sources)
    .flatMap((path) => {
      const source = sources.read(path)

      return source === null ? [] : findAutoloadCalls(source)
    })
    .flatMap(({ folder }) => folder ?? [])
  const all = new Set([...folders, ...(routes === null ? [] : [routes])])

  return sources.paths.flatMap((path): [string, string][] => {
    const folder = [...all].find((each) => each !== '' && isInside(path, each))
    if (folder === undefined) return []
    const own = /\bautoPrefix\b\s*[=:]\s*['"]([^'"]*)['"]/.exec(sources.textOf(path))?.[1]
    const below = folderOf(path).slice(folder.length).replaceAll('/_', '/:')

    return [[path, own ?? below]]
  })
}
