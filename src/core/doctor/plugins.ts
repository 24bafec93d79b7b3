import type { Node } from '@babel/types'
import { importsOf } from '../edits/imports.js'
import {
  descend,
  isCall,
  loadedModule,
  methodOf,
  startOfNode,
  unwrap,
} from '../edits/syntax-tree.js'
import { lineAt } from '../facts/present/place.js'
import { openSources, type Sources } from '../facts/sources.js'
import { ROOT_PLUGIN } from '../plan/mount.js'
import { type Check, type Examined, type Finding, problem } from './check.js'

/** The log-in is registered once, after what it uses, and nothing is registered twice. */
export const plugins: Check = {
  name: 'plugins',
  healthy: 'the log-in is registered once, after the plugins it uses',
  examine: (app) => {
    const sources = openSources(app.project)
    const calls = sources.paths.flatMap((path) => registrationsIn(sources, path))

    return app.record.systems.flatMap(({ files }) => {
      const plugin = files.find(({ template }) => template === ROOT_PLUGIN)?.path
      if (plugin === undefined || !app.project.has(plugin)) return []

      return examinePlugin(plugin, calls, app)
    })
  },
}

type Registration = { file: string; line: number; offset: number; module: string }

/** What there can be only one of, and what the log-in uses where the app has it. */
const ONCE = ['@fastify/cookie', '@fastify/session']

function examinePlugin(plugin: string, calls: readonly Registration[], app: Examined): Finding[] {
  const ours = calls.filter(({ module }) => module === plugin)
  const [first] = ours
  if (first === undefined) return [notRegistered(plugin, app)]
  if (ours.length > 1 && ours.every(({ file }) => file === first.file)) {
    return [
      problem(
        `${first.file} registers ${plugin} ${ours.length} times, and Fastify takes it once.`,
        `Keep one of lines ${ours.map(({ line }) => line).join(', ')}`,
      ),
    ]
  }

  return ONCE.flatMap((module) => [...twice(module, calls), ...tooLate(module, first, calls)])
}

function notRegistered(plugin: string, { facts, operations }: Examined): Finding {
  const { file } = facts.fastify
  const isLeft = operations.some(({ verb, path }) => verb === 'by hand' && path === file)

  return problem(
    `Nothing registers ${plugin}: the app has no log-in.`,
    isLeft
      ? `create-auth status shows the line to put into ${file}`
      : `create-auth scaffold puts the line into ${file} again`,
  )
}

function twice(module: string, calls: readonly Registration[]): Finding[] {
  const all = calls.filter((call) => call.module === module)
  const [one, other] = all
  if (one === undefined || other === undefined) return []

  return [
    problem(
      `${module} is registered twice (${one.file}:${one.line}, ${other.file}:${other.line}), and Fastify takes it once.`,
      `Keep the one that is registered first`,
    ),
  ]
}

function tooLate(module: string, ours: Registration, calls: readonly Registration[]): Finding[] {
  const later = calls.find(
    (call) => call.module === module && call.file === ours.file && call.offset > ours.offset,
  )
  if (later === undefined) return []

  return [
    problem(
      `${later.file}:${later.line} registers ${module} after the log-in, which needs it (line ${ours.line}).`,
      `Move line ${later.line} above line ${ours.line}`,
    ),
  ]
}

function registrationsIn(sources: Sources, path: string): Registration[] {
  const source = /\.\s*register\b/.test(sources.textOf(path)) ? sources.read(path) : null
  if (source === null) return []
  const locals = new Map(importsOf(source.program).map(({ local, module }) => [local, module]))

  return descend(source.program).flatMap((node) => {
    if (!isCall(node) || methodOf(node)?.name !== 'register') return []
    const [plugin] = node.arguments
    const module = plugin ? moduleOf(unwrap(plugin), locals) : undefined
    if (module === undefined) return []
    const offset = startOfNode(node)

    return [
      {
        file: path,
        line: lineAt(source.text, offset),
        offset,
        module: sources.resolve(path, module) ?? module,
      },
    ]
  })
}

function moduleOf(plugin: Node, locals: ReadonlyMap<string, string>): string | undefined {
  if (plugin.type === 'Identifier') return locals.get(plugin.name)

  return loadedModule(plugin) ?? undefined
}
