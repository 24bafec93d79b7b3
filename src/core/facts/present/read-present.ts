import { importsOf } from '../../edits/imports.js'
import { descend, isCall, methodOf } from '../../edits/syntax-tree.js'
import type { Project } from '../../project.js'
import type { Facts } from '../facts.js'
import { inReach } from '../read-registered.js'
import { openSources, type Sources } from '../sources.js'
import { propertyOf } from '../syntax.js'
import { type Named, readCookies, readDecorations } from './named-calls.js'
import { type Place, placeOf } from './place.js'
import { type OtherAuth, readAuth } from './read-auth.js'
import { type DenyingHook, readDenyingHooks } from './read-hooks.js'
import { type AppRoute, readRoutes } from './read-routes.js'

/** What is present in an app besides the log-in: ways to log in, and all that it could collide with. */
export type Present = {
  auth: OtherAuth[]
  routes: AppRoute[]
  hooks: DenyingHook[]
  decorations: Named[]
  cookies: Named[]
  /** Registrations of the plugins that there can be only one of, by package. */
  singletons: ReadonlyMap<string, Singleton>
}

/** `isShared`: reaches the whole app, so that ours can use it. */
export type Singleton = Place & { isShared: boolean; name: string | null }

export function readPresent(
  project: Project,
  facts: Facts,
  ownModels: ReadonlySet<string> = new Set(),
): Present {
  const sources = openSources(project)
  const reach = [...inReach(sources, facts.fastify).keys()]

  return {
    auth: readAuth(sources, facts.prisma.models, ownModels),
    routes: readRoutes(sources, facts.fastify),
    hooks: readDenyingHooks(sources, reach),
    decorations: readDecorations(sources),
    cookies: readCookies(sources),
    singletons: readSingletons(sources, facts),
  }
}

/** Only the hooks, which every run has to look at. */
export function readHooksPresent(project: Project, { fastify }: Facts): DenyingHook[] {
  const sources = openSources(project)

  return readDenyingHooks(sources, [...inReach(sources, fastify).keys()])
}

const SINGLETONS =
  /^(?:@fastify\/(?:cookie|session|secure-session)|fastify-secure-session|@mgcrea\/fastify-session)$/

function readSingletons(sources: Sources, { registered }: Facts): ReadonlyMap<string, Singleton> {
  const found = new Map<string, Singleton>()
  const candidates = sources.paths.filter((path) =>
    /['"](?:@fastify\/(?:cookie|session|secure-session)|fastify-secure-session|@mgcrea)/.test(
      sources.textOf(path),
    ),
  )
  for (const source of candidates.flatMap((path) => sources.read(path) ?? [])) {
    const locals = new Map(importsOf(source.program).map(({ local, module }) => [local, module]))
    for (const node of descend(source.program)) {
      if (!isCall(node) || methodOf(node)?.name !== 'register') continue
      const [plugin, options] = node.arguments
      const module = plugin?.type === 'Identifier' ? locals.get(plugin.name) : undefined
      if (module === undefined || !SINGLETONS.test(module) || found.has(module)) continue
      const name = propertyOf(options, 'sessionName')
      found.set(module, {
        ...placeOf(source, node),
        isShared: registered.has(module),
        name: name?.type === 'StringLiteral' ? name.value : null,
      })
    }
  }

  return found
}
