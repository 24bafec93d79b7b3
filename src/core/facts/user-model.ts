import { companionsOf, type Names } from '../names/names.js'
import { Problem } from '../problem.js'
import { quoted } from '../quoted.js'
import type { Facts, ModelFacts } from './facts.js'

type WithPrisma = Pick<Facts, 'prisma'>

/** The model that the app has for its users already, null when it is still to be written. */
export function findUserModel(facts: WithPrisma, names: Names): ModelFacts | null {
  return facts.prisma.models.get(names.model) ?? null
}

/**
 * Refuses names that the schema uses for something else. `managed` names the models that an
 * earlier run wrote; the model of the users may be the app's own.
 */
export function assertNamesAreFree(
  facts: WithPrisma,
  names: Names,
  managed: ReadonlySet<string>,
): void {
  const { model, plural } = names
  const companions = companionsOf(names)
  for (const wanted of [model, ...companions.map((companion) => companion.model)]) {
    refuseTakenName(facts, wanted, wanted === model || managed.has(wanted))
  }
  const tables = new Map([
    ...companions.map((companion) => [companion.table, companion.model] as const),
    ...(findUserModel(facts, names) ? [] : ([[plural, model]] as const)),
  ])
  for (const [table, wantedBy] of tables) refuseTakenTable(facts, table, wantedBy, managed)
}

/** Prisma Client gives `User` and `user` the same accessor, so case alone sets nothing apart. */
function refuseTakenName({ prisma }: WithPrisma, wanted: string, mayExist: boolean): void {
  const lower = wanted.toLowerCase()
  const model = [...prisma.models.values()].find(({ name }) => name.toLowerCase() === lower)
  if (model && !(mayExist && model.name === wanted)) {
    throw taken(`${model.file} has a model ${quoted(model.name)} already`, wanted)
  }
  const isEnum = [...prisma.enums.keys()].some((name) => name.toLowerCase() === lower)
  if (isEnum) throw taken(`${prisma.schemaFile} has an enum of that name`, wanted)
}

function refuseTakenTable(
  { prisma }: WithPrisma,
  table: string,
  wantedBy: string,
  managed: ReadonlySet<string>,
): void {
  const owner = [...prisma.models.values()].find(
    (model) =>
      model.table.toLowerCase() === table.toLowerCase() &&
      !(managed.has(model.name) && model.name === wantedBy),
  )
  if (!owner) return

  throw taken(`the table ${quoted(table)} belongs to the model ${quoted(owner.name)}`, wantedBy)
}

function taken(reason: string, wanted: string): Problem {
  return new Problem(
    `There is no room for a model ${quoted(wanted)}: ${reason}.`,
    'Rename that one, or give the auth system other names, as in create-auth scaffold Identity Member members.',
  )
}
