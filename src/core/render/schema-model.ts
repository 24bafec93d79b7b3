import { casings, type Names } from '../names/names.js'

/**
 * A model that the app's schema calls like a table, `users`: the schema and Prisma Client have it by
 * that name, the rest of the code says `User`.
 */
export function nameSchemaModel(text: string, template: string, names: Names): string {
  const { model, schemaModel } = names
  if (schemaModel === undefined) return text
  if (template.endsWith('.prisma')) return text.replaceAll(word(model), schemaModel)
  if (!template.endsWith('.ts')) return text
  const accessor = new RegExp(`\\.${casings(names).model.camel}(?=\\.${METHODS}\\()`, 'g')
  const input = new RegExp(
    `\\bPrisma\\.${model}(?=(?:Unchecked)?(?:Create|Update)\\w*Input\\b)`,
    'g',
  )

  return text
    .replace(accessor, `.${schemaModel}`)
    .replace(input, `Prisma.${schemaModel}`)
    .replace(FROM_CLIENT, (line) => line.replace(word(model), `${schemaModel} as ${model}`))
}

const METHODS = '(?:find|create|update|upsert|delete|count|aggregate|groupBy)\\w*'

/** What the template imports from the client, before it is known where that is in the app. */
const FROM_CLIENT = /^import [^\n]*\/generated\/prisma\/client\.js'$/gm

function word(name: string): RegExp {
  return new RegExp(`\\b${name}\\b`, 'g')
}
