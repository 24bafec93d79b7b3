import type { Function as FunctionNode, Identifier, Node, Program } from '@babel/types'
import { importsOf } from '../edits/imports.js'
import type { Source } from '../edits/source.js'
import { descend, isCall, methodOf, nameOf, rootOf, unwrap } from '../edits/syntax-tree.js'
import { exportedClients, localClients, makesClient, mentions, type Singleton } from './clients.js'
import type { PrismaFacts } from './facts.js'
import type { Manifest } from './manifest.js'
import type { Sources } from './sources.js'
import {
  exportedName,
  exportedNameOfFunction,
  functionAround,
  initialValue,
  parameterNames,
  propertyOf,
  walk,
} from './syntax.js'
import { entryOf, neighboursOf } from './workspace.js'

type Access = PrismaFacts['access']

/**
 * How the app's own code gets at its Prisma client. A decorator wins over an import: it is the
 * client that the instance closes, and the one a test can replace.
 */
export function readAccess(sources: Sources): Access {
  const files = sources.paths
    .filter((path) => !/^(?:prisma|scripts?)\//.test(path))
    .filter((path) => MAY_GIVE_ACCESS.test(sources.textOf(path)))
    .flatMap((path) => sources.read(path) ?? [])
  const typed = new Set(files.flatMap(({ program }) => decoratorsTyped(program)))
  const singletons = files.flatMap(exportedClients)

  return (
    first(files, (source) => decoratedIn(sources, source, typed, singletons)) ??
    first(files, decoratedByPackage) ??
    singletons[0] ?? { kind: 'unknown', locals: new Map(files.flatMap(localClients)) }
  )
}

/** A client that a package of the repository exports, when the app depends on that package. */
export function readAccessAround(sources: Sources, manifest: Manifest): Singleton | null {
  const { everything } = sources
  for (const neighbour of neighboursOf(everything, manifest)) {
    const { name } = neighbour.manifest
    if (!manifest.ranges.has(name)) continue
    const entry = entryOf(everything, neighbour)
    const files = [entry, ...passedOnBy(sources, entry)].flatMap((path) => sources.read(path) ?? [])
    const [client] = files.flatMap(exportedClients).filter(({ exported }) => exported !== 'default')
    if (client) return { ...client, package: name }
  }

  return null
}

/** The files whose exports another one passes on. */
function passedOnBy(sources: Sources, entry: string): string[] {
  return [
    ...sources.textOf(entry).matchAll(/\bexport\b[^;'"]*\bfrom\s*['"](\.[^'"\n]+)['"]/g),
  ].flatMap(([, module = '']) => sources.resolve(entry, module) ?? [])
}

/** Most files only mention the type, and parsing them all is what would take long. */
const MAY_GIVE_ACCESS =
  /new\s+[\w.]*Prisma|\bdecorate\s*(?:<[^(]*>)?\(|fastify-prisma|interface\s+FastifyInstance/

function first<T>(files: readonly Source[], find: (source: Source) => T | null): T | null {
  for (const source of files) {
    const found = find(source)
    if (found !== null) return found
  }

  return null
}

/**
 * `decorate('prisma', …)`, or another name when it is known to hold a client. A plugin that keeps
 * what it decorates to itself gives nobody the client, when there is one to import.
 */
function decoratedIn(
  sources: Sources,
  source: Source,
  typed: ReadonlySet<string>,
  singletons: readonly Singleton[],
): Access | null {
  let found: Access | null = null
  walk(source.program, (node, around) => {
    const method = isCall(node) ? methodOf(node) : null
    if (found !== null || !isCall(node) || method?.name !== 'decorate') return
    const [key, value] = node.arguments
    if (key?.type !== 'StringLiteral') return
    const name = key.value
    const held = value ? singletonBehind(sources, source, value, singletons) : null
    const isClient =
      name === 'prisma' ||
      typed.has(name) ||
      held !== null ||
      (value !== undefined && isMadeHere(source.program, value))
    if (!isClient) return
    const plugin = functionAround(around)
    const isPlugin = plugin && parameterNames(plugin).includes(nameOf(rootOf(method.object)) ?? '')
    if (isPlugin && !/fastify-plugin|skip-override/.test(source.text) && singletons.length > 0)
      return
    found = {
      ...{ kind: 'decorator', name, plugin: pluginName(source.program), file: source.path },
      exported:
        isPlugin && !needsOptions(plugin) && !needsOthers(source.program)
          ? exportedNameOfFunction(source.program, plugin, around)
          : null,
      singleton: held ?? singletons[0] ?? null,
      handsOn: held !== null,
    }
  })

  return found
}

/** `(app, { url }) => …` and `(app, env: Env) => … env.url` want to be told what only the app knows. */
function needsOptions({ params: [, options], body }: FunctionNode): boolean {
  if (options?.type === 'ObjectPattern') return options.properties.length > 0
  if (options?.type !== 'Identifier' || !isOwnType(options.typeAnnotation)) return false

  return descend(body).some(
    (node) => node.type === 'MemberExpression' && nameOf(node.object) === options.name,
  )
}

function isOwnType(annotation: Identifier['typeAnnotation']): boolean {
  const type = annotation?.type === 'TSTypeAnnotation' ? annotation.typeAnnotation : null
  if (type?.type !== 'TSTypeReference') return false

  return type.typeName.type === 'Identifier' && !/^(?:Fastify|Record$)/.test(type.typeName.name)
}

/** Registered alone, a plugin that depends on others is refused by Fastify. */
function needsOthers(program: Program): boolean {
  const list = pluginOption(program, 'dependencies')

  return list?.type === 'ArrayExpression' && list.elements.length > 0
}

function isMadeHere(program: Program, value: Node): boolean {
  const inner = unwrap(value)
  const made = inner.type === 'Identifier' ? initialValue(program, inner.name) : inner

  return made !== null && makesClient(program, made)
}

/** The client that a module exports, behind the name by which it is handed on. */
function singletonBehind(
  sources: Sources,
  { path, program }: Pick<Source, 'path' | 'program'>,
  value: Node,
  singletons: readonly Singleton[],
): Singleton | null {
  const inner = unwrap(value)
  if (inner.type !== 'Identifier') return null
  const imported = importsOf(program).find((each) => each.local === inner.name)
  const file = imported ? sources.resolve(path, imported.module) : path
  const exported = imported ? imported.imported : exportedName(program, inner.name)

  return singletons.find((each) => each.file === file && each.exported === exported) ?? null
}

/** Plugins that others published for it decorate with `prisma`. */
function decoratedByPackage({ program }: Source): Access | null {
  const isUsed = importsOf(program).some(({ module }) => /(?:^|\/)fastify-prisma/.test(module))

  return isUsed
    ? {
        kind: 'decorator',
        name: 'prisma',
        plugin: null,
        file: null,
        exported: null,
        singleton: null,
        handsOn: false,
      }
    : null
}

/** The name given to fastify-plugin, which other plugins can depend on. */
function pluginName(program: Program): string | null {
  const name = pluginOption(program, 'name')

  return name?.type === 'StringLiteral' ? name.value : null
}

/** What is given to fastify-plugin beside the plugin. */
function pluginOption(program: Program, key: string): Node | null {
  const wrappers = importsOf(program)
    .filter(({ module }) => module === 'fastify-plugin')
    .map(({ local }) => local)
  for (const node of descend(program)) {
    if (!isCall(node)) continue
    const callee = unwrap(node.callee)
    if (callee.type !== 'Identifier' || !wrappers.includes(callee.name)) continue
    const value = propertyOf(node.arguments[1], key)
    if (value) return value
  }

  return null
}

/** Names that `interface FastifyInstance` declares as a PrismaClient. */
function decoratorsTyped(program: Program): string[] {
  return descend(program).flatMap((node) => {
    if (node.type !== 'TSInterfaceDeclaration' || node.id.name !== 'FastifyInstance') return []

    return node.body.body.flatMap((member) =>
      member.type === 'TSPropertySignature' &&
      member.key.type === 'Identifier' &&
      member.typeAnnotation &&
      mentions(member.typeAnnotation, 'PrismaClient')
        ? [member.key.name]
        : [],
    )
  })
}
