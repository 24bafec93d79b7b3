import type { FieldFacts, ModelFacts, PrismaFacts } from './facts/facts.js'
import type { Names } from './names.js'
import { Problem } from './problem.js'
import { isEmail } from './user-fields.js'

/** Why nobody could log in with a model, and what its owner can do about it. */
type Objection = { reason: string; next: string }

/** Refuses a user model of the app that nobody could log in with. */
export function refuseUnfitModel(
  model: ModelFacts,
  { context, plural }: Names,
  { provider }: Pick<PrismaFacts, 'provider'>,
): void {
  const objection = objectionToId(model) ?? objectionToEmail(model, provider)
  if (objection === null) return
  const other = `create-auth scaffold ${context} Member ${plural === 'members' ? 'accounts' : 'members'}`

  throw new Problem(
    `The model ${model.name} in ${model.file} ${objection.reason}.`,
    `${objection.next}, and run this again; or give the accounts a model of their own: ${other}`,
  )
}

function objectionToId({ fields }: ModelFacts): Objection | null {
  const id = fields.find((field) => field.id)
  if (!id) {
    return {
      reason: 'has no single field that is its @id, and a session has to refer to one',
      next: 'Give it an id (what identifies it now can stay, as @@unique)',
    }
  }
  if (!['String', 'Int', 'BigInt'].includes(id.type)) {
    return {
      reason: `has an id of type ${id.type}, and the generated code needs String, Int or BigInt`,
      next: 'Give it such an id',
    }
  }

  return id.name === 'id'
    ? null
    : {
        reason: `calls its id ${id.name}, and the generated code reads id`,
        next: `Call it id in the schema, where its column can stay (${asRenamed(id, 'id')})`,
      }
}

function objectionToEmail(model: ModelFacts, provider: PrismaFacts['provider']): Objection | null {
  const email = model.fields.find(({ name }) => name === 'email')
  if (!email) return objectionToOther(model.fields.find(isEmail))
  if (email.type !== 'String' || email.list) {
    return {
      reason: 'has a field email that is no String',
      next: 'Make it `email String @unique`',
    }
  }

  return email.unique ? null : objectionToDuplicates(email, model, provider)
}

function objectionToOther(email: FieldFacts | undefined): Objection {
  if (!email) {
    return {
      reason: 'has no field email to log in with',
      next: 'Add `email String? @unique` (who has none yet logs in nowhere)',
    }
  }

  return {
    reason: `calls its email ${email.name}, and the generated code reads email`,
    next: `Call it email in the schema, where its column can stay (${asRenamed(email, 'email')})`,
  }
}

/** The line as it could be: the column keeps its name, and so does the data. */
function asRenamed({ column, type, attributes }: FieldFacts, name: string): string {
  const others = attributes.replace(/\s*@map\((?:[^()"]|"[^"]*")*\)/, '')

  return `${name} ${[type, others, `@map("${column}")`].filter(Boolean).join(' ')}`
}

function objectionToDuplicates(
  { column }: FieldFacts,
  { table }: ModelFacts,
  provider: PrismaFacts['provider'],
): Objection {
  const quote = (name: string) => (provider === 'mysql' ? `\`${name}\`` : `"${name}"`)
  const spelled = `LOWER(${quote(column)})`

  return {
    reason: 'has a field email that is not unique, and an account is found by it',
    next: `Look for duplicates (SELECT ${spelled}, COUNT(*) FROM ${quote(table)} GROUP BY ${spelled} HAVING COUNT(*) > 1), merge those, add @unique, migrate`,
  }
}
