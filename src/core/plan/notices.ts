import type { Facts } from '../facts/facts.js'
import { companionsOf, type Names } from '../names/names.js'
import type { Generated } from '../render/render-system.js'

/** What a person should know that no file shows. */
export function noticesOfSchema({ prisma: { schemaFile, schemaWriter } }: Facts): string[] {
  return schemaWriter === null
    ? []
    : [
        `${schemaFile} is written by ${schemaWriter}: bring the models that were added there into what that reads, or the next run of it loses them.`,
      ]
}

export function noticesOfNames(names: Names): string[] {
  if (names.companions === undefined) return []
  const models = companionsOf(names).map(({ model }) => model)

  return [`Models of this app have names that ours would have: ours are ${models.join(', ')}.`]
}

/** Where the app has a file of its own in the usual place of one of ours. */
export function noticesOfPlaces(generated: readonly Generated[]): string[] {
  return generated.flatMap(({ path, gaveWayTo }) =>
    gaveWayTo === undefined ? [] : [`${gaveWayTo} is a file of this app: ours is ${path}.`],
  )
}

/** What a run about some paths alone leaves for another. */
export function noticesOfRest(passedBy: readonly string[], only: readonly string[] = []): string[] {
  if (passedBy.length === 0) return []
  const count = passedBy.length === 1 ? 'One more file has' : `${passedBy.length} more files have`

  return [
    `${count} changes in this version, outside ${only.join(' and ')}; create-auth scaffold brings them.`,
  ]
}
