import { defaultFeatures } from '../features.js'
import { type Names, parseNames } from '../names/names.js'
import { defaultPrefix, parsePrefix, refuseSharedPrefix } from '../names/prefix.js'
import { Problem } from '../problem.js'
import { type AuthRecord, findSystem } from '../record/record.js'
import type { WantedSystem } from './plan-systems.js'

/** The nouns as they were typed: context, model, plural. */
export type Words = readonly [string | undefined, string | undefined, string | undefined]

export const NO_WORDS: Words = [undefined, undefined, undefined]

/** As if these names had been typed. */
export function wordsFor(names: Names | null): Words {
  return names === null ? NO_WORDS : [names.context, names.model, names.plural]
}

/**
 * The auth systems that a run is about: the one that was named, or all that the app has, or a
 * first one with the default names. Features are those of the last run.
 */
export function chooseSystems(record: AuthRecord, words: Words): [WantedSystem, ...WantedSystem[]] {
  const [first, ...others] = record.systems
  const isNamed = words.some((word) => word !== undefined)
  if (first && !isNamed) return [first, ...others]

  const names = completeNames(record, words)
  const known = findSystem(record, names)
  refuseOtherNames(record, names)

  return [{ names, prefix: known?.prefix, features: known?.features ?? defaultFeatures() }]
}

/** The plural of a system that is there already need not be typed again. */
function completeNames(record: AuthRecord, [context, model, plural]: Words): Names {
  const known = record.systems.find(({ names }) => names.model === model)

  return parseNames(context, model, plural ?? known?.names.plural)
}

/** A system keeps its names, and shares none of them with another one. */
function refuseOtherNames(record: AuthRecord, wanted: Names): void {
  for (const { names } of record.systems) {
    const same = (['context', 'model', 'plural'] as const).filter(
      (role) => flat(names[role]) === flat(wanted[role]),
    )
    if (same.length === 0 || same.length === 3) continue

    throw new Problem(
      `This app has the auth system ${printNames(names)}, and ${printNames(wanted)} shares ${same.map((role) => wanted[role]).join(' and ')} with it.`,
      `Upgrade that one with create-auth scaffold ${printNames(names)}, or choose names that differ in all three.`,
    )
  }
}

function printNames({ context, model, plural }: Names): string {
  return `${context} ${model} ${plural}`
}

/** Names that differ only in case or in underscores give the same files and tables. */
function flat(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}

/** The systems with the routes of one moved, where somebody said so. */
export function withPrefix(
  systems: readonly [WantedSystem, ...WantedSystem[]],
  prefix: string | undefined,
  record: AuthRecord,
): [WantedSystem, ...WantedSystem[]] {
  const [first, ...others] = systems
  if (others.length > 0 && prefix !== undefined) throw severalSystems(first)
  if (others.length > 0) return [first, ...others]
  const moved = prefix === undefined ? first : { ...first, prefix: parsePrefix(prefix) }
  refuseSharedPrefix(prefixOf(moved), prefixesBeside(first, record))

  return [moved]
}

function prefixesBeside({ names }: WantedSystem, { systems }: AuthRecord): string[] {
  return systems.filter((system) => system.names.model !== names.model).map(prefixOf)
}

function prefixOf({ prefix, names }: WantedSystem): string {
  return prefix ?? defaultPrefix(names)
}

function severalSystems({ names }: WantedSystem): Problem {
  return new Problem(
    'This app has several auth systems, and --prefix is for one of them.',
    `Name it, as in create-auth scaffold ${printNames(names)} --prefix /auth.`,
    2,
  )
}
