import type { Function as FunctionNode, Node } from '@babel/types'
import { aliasesIn } from '../edits/aliases.js'
import { importsOf } from '../edits/imports.js'
import { findInstances, type StatementList } from '../edits/instance.js'
import { stepOf } from '../edits/registrations.js'
import type { Source } from '../edits/source.js'
import { type Call, descend, isCall, methodOf, nameOf, rootOf } from '../edits/syntax-tree.js'
import { calledFunction } from './functions.js'
import { withImporters } from './importers.js'
import type { Sources } from './sources.js'
import { exportedName, functionAround, parameterNames } from './syntax.js'

/** Where an instance has a name: in a function, or at the top of a module. */
export type Holder = { file: string; instance: string; within: FunctionNode | null }

/**
 * Where a plugin is to be registered. That is where the instance is made, unless all that is
 * done there is to hand it to functions which register plugins and routes.
 */
export function findAssembly(sources: Sources, holder: Holder, depth = 0): Holder {
  const { plugins, routes, handOvers } = survey(sources, holder)
  if (plugins + routes === 0 && handOvers.length === 0 && depth === 0) {
    return busiest(
      sources,
      [...importedBy(sources, holder), ...receivedIn(sources, holder)],
      holder,
    )
  }
  const only = depth < DEEPEST ? onlyPlugin(sources, holder) : null
  if (only !== null) return findAssembly(sources, only, depth + 1)
  const deeper = [...handOvers].map((each) => ({ ...each, ...countIn(sources, each.to) }))
  const next = plugins > 0 ? undefined : deepest(deeper)

  return next && depth < DEEPEST ? findAssembly(sources, next.to, depth + 1) : holder
}

/** The app's one plugin, where all else is registered: `server.register(app)` and nothing besides. */
function onlyPlugin(sources: Sources, holder: Holder): Holder | null {
  const source = sources.read(holder.file)
  const registering = source === null ? [] : registeringCalls(source, holder)
  const [plugin] = registering.length === 1 ? (registering[0]?.arguments ?? []) : []
  const found = source && plugin ? calledFunction(sources, source, plugin) : null
  const instance = found && parameterAt(found.node, 0)
  if (!found || !instance) return null
  const to = { file: found.source.path, instance, within: found.node }
  const { plugins, routes } = countIn(sources, to)

  return plugins > 0 && routes > 0 ? to : null
}

function registeringCalls(source: Source, { instance, ...holder }: Holder): Call[] {
  const aliases = aliasesIn(listsOf(source, { instance, ...holder }), instance)
  const names = new Set<string | null>([instance, ...aliases])

  return descend(holder.within ?? source.program).filter((node): node is Call => {
    const method = isCall(node) ? methodOf(node) : null

    return method?.name === 'register' && names.has(nameOf(rootOf(method.object)))
  })
}

/** Of several holders the one with most put on it; `otherwise` where nothing is put on any. */
function busiest(sources: Sources, holders: readonly Holder[], otherwise: Holder): Holder {
  const [most] = holders
    .map((holder) => ({ holder, ...countIn(sources, holder) }))
    .filter(({ plugins, routes }) => plugins + routes > 0)
    .toSorted((one, other) => other.plugins + other.routes - one.plugins - one.routes)

  return most ? findAssembly(sources, most.holder, 1) : otherwise
}

/** Modules that import an instance which another one only makes and exports. */
function importedBy(sources: Sources, { file: maker, instance, within }: Holder): Holder[] {
  const source = sources.read(maker)
  const exported = source && within === null && exportedName(source.program, instance)
  if (!exported) return []
  const files = withBarrels(sources, maker)

  return withImporters(sources, files)
    .flatMap((file) => sources.read(file) ?? [])
    .flatMap(({ path: file, program }) =>
      importsOf(program)
        .filter(({ imported }) => imported === exported)
        .filter(({ module }) => files.has(sources.resolve(file, module) ?? ''))
        .map(({ local }): Holder => ({ file, instance: local, within: null })),
    )
}

/** Functions of the same file that are given an instance by somebody who cannot be seen. */
function receivedIn(sources: Sources, { file }: Holder): Holder[] {
  const source = sources.read(file)

  return [...(source === null ? [] : descend(source.program))].flatMap((node) => {
    const within = functionAround([node])

    return within === null
      ? []
      : parameterNames(within).map((instance): Holder => ({ file, instance, within }))
  })
}

/** A file, and those that pass on what it exports. */
function withBarrels(sources: Sources, file: string): Set<string> {
  const files = new Set([file])
  for (const path of withImporters(sources, files)) {
    if (/^export\s[^;]*\sfrom\s/m.test(sources.textOf(path))) files.add(path)
  }

  return files
}

/** Whether plugins or routes are put on the instance there, or by a function that is given it. */
export function isAssembled(sources: Sources, holder: Holder): boolean {
  const { plugins, routes } = countIn(sources, holder)

  return plugins + routes > 0
}

/** A function that registers routes as well has to be gone into: behind it would be too late. */
function deepest(handOvers: readonly (HandOver & Counts)[]): HandOver | undefined {
  const registering = handOvers.filter(({ plugins }) => plugins > 0)
  const first = registering.find(({ inOrder }) => inOrder)
  if (first) return first.routes > 0 ? first : undefined

  return registering.toSorted((one, other) => other.plugins - one.plugins)[0]
}

type Counts = { plugins: number; routes: number }

const DEEPEST = 4

type HandOver = {
  to: Holder
  /** A statement of its own, that runs when it is its turn. */
  inOrder: boolean
}

/** What is registered on an instance right there, and who else is given it. */
function survey(sources: Sources, holder: Holder) {
  const source = sources.read(holder.file)
  if (source === null) return { plugins: 0, routes: 0, handOvers: [] }
  const lists = listsOf(source, holder)
  const context = {
    instance: holder.instance,
    aliases: aliasesIn(lists, holder.instance),
    text: source.text,
    modules: new Map(importsOf(source.program).map(({ local, module }) => [local, module])),
  }
  const steps = lists.flatMap(({ statements }) =>
    statements.map((statement) => stepOf(statement, context)),
  )
  const statements = new Set(lists.flatMap((list) => list.statements))

  return {
    plugins: steps.filter((step) => step.registers && step.registersPlugin).length,
    routes: steps.filter((step) => step.registers && step.addsRoute).length,
    handOvers: handOversIn(sources, source, { ...holder, ...context }, statements),
  }
}

/** The lists of statements that mean this very instance, and not another one of its name. */
function listsOf({ program }: Source, { instance, within }: Holder): StatementList[] {
  const found = findInstances(program, instance)
  const around = within?.body ?? program
  const own = found.find(({ lists }) => lists.some(({ block }) => block === around))

  return own?.lists ?? []
}

function handOversIn(
  sources: Sources,
  source: Source,
  { instance, aliases, within }: Holder & { aliases: ReadonlySet<string> },
  statements: ReadonlySet<Node>,
): HandOver[] {
  const inOrder = new Set(
    [...statements].flatMap((statement) =>
      statement.type === 'ExpressionStatement' || statement.type === 'VariableDeclaration'
        ? descend(statement, (node) => !/Function/.test(node.type))
        : [],
    ),
  )

  const names = new Set<string | null>([instance, ...aliases])

  return descend(within ?? source.program).flatMap((node) => {
    if (!isCall(node)) return []
    const at = node.arguments.findIndex((argument) => names.has(nameOf(argument)))
    const called = at === -1 ? null : calledFunction(sources, source, node.callee)
    const parameter = called && parameterAt(called.node, at)
    if (!called || !parameter) return []
    const to = { file: called.source.path, instance: parameter, within: called.node }

    return [{ to, inOrder: inOrder.has(node) }]
  })
}

function parameterAt({ params }: FunctionNode, at: number): string | null {
  const parameter = params[at]
  const target = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter

  return target?.type === 'Identifier' ? target.name : null
}

/** All that a function registers, itself and through those it calls. */
function countIn(sources: Sources, holder: Holder, depth = 0): Counts {
  const { plugins, routes, handOvers } = survey(sources, holder)
  const inner = depth < DEEPEST ? handOvers.map(({ to }) => countIn(sources, to, depth + 1)) : []

  return {
    plugins: inner.reduce((sum, each) => sum + each.plugins, plugins),
    routes: inner.reduce((sum, each) => sum + each.routes, routes),
  }
}
