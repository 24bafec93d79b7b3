import type { Program, Statement } from '@babel/types'
import { aliasesIn } from './aliases.js'
import { calledLast } from './called-last.js'
import { importsOf, isSameModule } from './imports.js'
import { declares, findInstances, type Instance, type StatementList } from './instance.js'
import { type Context, type Prefix, type Step, stepOf } from './registrations.js'
import type { Source } from './source.js'
import { endOfNode, startOfNode } from './syntax-tree.js'

export type Wanted = {
  instance: string
  /** Names or modules of registrations that have to come first. */
  after: readonly string[]
  /** Names of decorators that are read when the registration runs. */
  reads: readonly string[]
  /** Variables of the file that it uses. */
  uses?: readonly string[]
}

/** Where a registration goes, and how its neighbours are written. */
export type Place = {
  list: StatementList
  /** The statement to follow; `null` for the list's beginning. */
  anchor: Statement | null
  followsRegistration: boolean
  prefix: Prefix
  /** Whether what the plugins before it decorate is there already when the line runs. */
  loaded: boolean
  /** The statement that creates the instance, when it is in the same list. */
  creation: Statement | null
}

export function findPlace(source: Source, wanted: Wanted): Place | { reason: string } {
  const context: Omit<Context, 'aliases'> = {
    instance: wanted.instance,
    text: source.text,
    modules: new Map(importsOf(source.program).map(({ local, module }) => [local, module])),
  }
  const candidates = findInstances(source.program, wanted.instance)
    .map((instance) => survey(instance, context))
    .sort((left, right) => right.likelihood - left.likelihood || right.plugins - left.plugins)
  const [best, second] = candidates
  if (!best) return { reason: `There is no \`${wanted.instance}\` in ${source.path}.` }
  if (second && second.likelihood === best.likelihood && second.plugins === best.plugins) {
    return { reason: `\`${wanted.instance}\` stands for several things in ${source.path}.` }
  }

  const list = chooseList(best.lists, wanted, source.program)
  if (list === 'several') {
    return { reason: `Plugins are registered on \`${wanted.instance}\` all over ${source.path}.` }
  }

  return placeIn(list, wanted, source.path)
}

type Surveyed = StatementList & { steps: readonly Step[] }

function survey(instance: Instance, outside: Omit<Context, 'aliases'>) {
  const context = { ...outside, aliases: aliasesIn(instance.lists, outside.instance) }
  const lists: Surveyed[] = instance.lists.map((list) => ({
    ...list,
    steps: list.statements.map((statement) => stepOf(statement, context)),
  }))
  const plugins = Math.max(0, ...lists.map(countPlugins))

  return { likelihood: instance.likelihood, lists, plugins }
}

/**
 * The list with what has to come first in it, of several the one that runs last; else with most
 * plugins; else where the instance is made. Where two functions have as many plugins, which one runs first is not to be seen: then it
 * is `several`, or right where the instance is made when nothing has to be there before.
 */
function chooseList(
  lists: readonly Surveyed[],
  { after, reads }: Pick<Wanted, 'after' | 'reads'>,
  program: Program,
): Surveyed | null | 'several' {
  const deepestFirst = [...lists].sort((left, right) => right.depth - left.depth)
  const required = deepestFirst.filter(({ steps }) => steps.some((step) => isOneOf(step, after)))
  const [deepest] = required
  const apart = required.filter((list) => list === deepest || (deepest && !contains(list, deepest)))
  if (deepest) return apart.length === 1 ? deepest : (calledLast(program, apart) ?? 'several')
  const most = Math.max(0, ...lists.map(countPlugins))
  const [chosen, ...others] = deepestFirst.filter((list) => countPlugins(list) === most)
  if (most > 0 && chosen && others.every((other) => contains(other, chosen))) return chosen
  const maker = deepestFirst.find(({ creation }) => creation >= 0)
  if (most > 0) return (reads.length === 0 && maker) || 'several'

  return maker ?? deepestFirst.at(-1) ?? null
}

function contains({ block: outer }: Surveyed, { block: inner }: Surveyed): boolean {
  return startOfNode(outer) <= startOfNode(inner) && endOfNode(inner) <= endOfNode(outer)
}

function placeIn(list: Surveyed | null, wanted: Wanted, path: string): Place | { reason: string } {
  if (!list) return { reason: `\`${wanted.instance}\` is not used in ${path}.` }
  const { steps, statements, creation } = list
  const required = steps.findLastIndex((step) => isOneOf(step, wanted.after))
  const read = steps.findLastIndex((step) => isOneOf(step, wanted.reads))
  const declared = statements.findLastIndex((statement) =>
    wanted.uses?.some((name) => declares(statement, name)),
  )
  const index = Math.max(creation, required, read, declared, lastPluginBeforeRoutes(list))
  if (steps.findIndex(({ ends }) => ends) <= index && steps.some(({ ends }) => ends)) {
    return {
      reason: `In ${path}, \`${wanted.instance}\` starts before all it needs is registered.`,
    }
  }
  if (wanted.after.length > 0 && isAhead(list, index, wanted)) {
    const [read = ''] = wanted.reads

    return { reason: `${path} does not show what puts \`${read}\` on \`${wanted.instance}\`.` }
  }

  return {
    list,
    anchor: statements[index] ?? null,
    followsRegistration: index !== creation && isRegistration(steps[index]),
    prefix: prefixAt(list, index),
    loaded: isLoaded(steps.slice(0, index + 1), wanted.reads, required),
    creation: statements[creation] ?? null,
  }
}

/** Whether nothing can have put on a new instance what is to be read from it. */
function isAhead({ steps, creation, isBare }: Surveyed, index: number, { reads }: Wanted): boolean {
  const before = steps.slice(creation + 1, index + 1)

  return isBare && reads.length > 0 && !before.some(({ mayDecorate }) => mayDecorate)
}

function lastPluginBeforeRoutes({ steps, creation }: Surveyed): number {
  const tooLate = steps.findIndex(
    ({ opensScope, ends }, index) => index > creation && (opensScope || ends),
  )
  const early = tooLate === -1 ? steps : steps.slice(0, tooLate)

  return early.findLastIndex(({ registersPlugin }) => registersPlugin)
}

/** As the nearest neighbour has it; without any, awaited where that is always allowed. */
function prefixAt({ steps, body }: Surveyed, index: number): Prefix {
  const prefix =
    steps.slice(0, index + 1).findLast(isRegistration)?.prefix ?? steps.find(isRegistration)?.prefix
  if (typeof prefix !== 'string') return body === 'async' ? 'await ' : ''

  return body === 'sync' && prefix === 'await ' ? '' : prefix
}

/** A statement of its own, not one in an `if`. */
function isRegistration(step: Step | undefined): boolean {
  return step !== undefined && step.prefix !== null && step.registers
}

function isOneOf({ names }: Step, wanted: readonly string[]): boolean {
  return wanted.some(
    (name) => names.has(name) || (/^\.{1,2}\//.test(name) && hasModule(names, name)),
  )
}

function hasModule(names: ReadonlySet<string>, module: string): boolean {
  return [...names].some((name) => name.includes('/') && isSameModule(name, module))
}

/**
 * An await loads all that was registered before it; what a plain call registers later may
 * decorate the instance with what is to be read.
 */
function isLoaded(before: readonly Step[], reads: readonly string[], required: number): boolean {
  if (reads.every((name) => before.some(decorates(name)))) return true
  // What a function that is given the instance awaits in turn cannot be seen from here.
  const loads = (step: Step | undefined) => step?.prefix === 'await ' && step.registers
  if (required >= 0) return before.slice(required).some(loads)

  return loads(before.findLast(({ registersPlugin }) => registersPlugin))
}

function decorates(name: string): (step: Step) => boolean {
  return (step) => step.decorates.has(name)
}

function countPlugins({ steps }: Surveyed): number {
  return steps.filter(({ registersPlugin }) => registersPlugin).length
}
