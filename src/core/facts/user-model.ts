import { COMPANION_PREFIX, companionsOf, inSchema, type Names, typeNameOf } from '../names/names.js'
import { Problem } from '../problem.js'
import { quoted } from '../quoted.js'
import type { Facts, ModelFacts } from './facts.js'

type WithPrisma = Pick<Facts, 'prisma'>

/** The model that the app has for its users already, null when it is still to be written. */
export function findUserModel(facts: WithPrisma, names: Names): ModelFacts | null {
  return facts.prisma.models.get(inSchema(names)) ?? null
}

/** The names, with the one that the schema has for a model that is called like a table. */
export function withSchemaModel({ prisma }: WithPrisma, names: Names): Names {
  const { schemaModel: _before, ...plain } = names
  if (prisma.models.has(names.model)) return plain
  const alike = [...prisma.models.keys()].filter((name) => typeNameOf(name) === names.model)
  const [schemaModel] = alike

  return alike.length === 1 && schemaModel !== undefined ? { ...plain, schemaModel } : plain
}

/** The names, with others for the models beside that of the users where the app has some of those. */
export function withFreeCompanions(
  facts: WithPrisma,
  names: Names,
  managed: ReadonlySet<string>,
): Names {
  const prefixed = { ...names, companions: COMPANION_PREFIX } as const
  const isTaken = (each: Names) =>
    companionsOf(each).some(
      ({ model, table }) =>
        objectionToName(facts, model, managed.has(model)) !== null ||
        objectionToTable(facts, table, model, managed) !== null,
    )

  return isTaken(names) && !isTaken(prefixed) ? prefixed : names
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
  const { plural } = names
  const model = inSchema(names)
  const companions = companionsOf(names)
  for (const wanted of [model, ...companions.map((companion) => companion.model)]) {
    refuse(objectionToName(facts, wanted, wanted === model || managed.has(wanted)), wanted)
  }
  const tables = new Map([
    ...companions.map((companion) => [companion.table, companion.model] as const),
    ...(findUserModel(facts, names) ? [] : ([[plural, model]] as const)),
  ])
  for (const [table, wantedBy] of tables) {
    refuse(objectionToTable(facts, table, wantedBy, managed), wantedBy)
  }
}

/** Prisma Client gives `User` and `user` the same accessor, so case alone sets nothing apart. */
function objectionToName({ prisma }: WithPrisma, wanted: string, mayExist: boolean): string | null {
  const lower = wanted.toLowerCase()
  const model = [...prisma.models.values()].find(({ name }) => name.toLowerCase() === lower)
  if (model && !(mayExist && model.name === wanted)) {
    return `${model.file} has a model ${quoted(model.name)} already`
  }
  const isEnum = [...prisma.enums.keys()].some((name) => name.toLowerCase() === lower)

  return isEnum ? `${prisma.schemaFile} has an enum of that name` : null
}

function objectionToTable(
  { prisma }: WithPrisma,
  table: string,
  wantedBy: string,
  managed: ReadonlySet<string>,
): string | null {
  const owner = [...prisma.models.values()].find(
    (model) =>
      model.table.toLowerCase() === table.toLowerCase() &&
      !(managed.has(model.name) && model.name === wantedBy),
  )

  return owner ? `the table ${quoted(table)} belongs to the model ${quoted(owner.name)}` : null
}

function refuse(reason: string | null, wanted: string): void {
  if (reason === null) return

  throw new Problem(
    `There is no room for a model ${quoted(wanted)}: ${reason}.`,
    'Rename that one, or give the auth system other names, as in create-auth scaffold Identity Member members.',
  )
}
