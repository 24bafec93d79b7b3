import type { FieldFacts, ModelFacts, PrismaFacts } from '../facts/facts.js'
import type { Names } from '../names/names.js'
import { Problem } from '../problem.js'
import { findEmail } from './user-fields.js'

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

  return null
}

function objectionToEmail(model: ModelFacts, provider: PrismaFacts['provider']): Objection | null {
  const email = findEmail(model)
  if (!email) {
    return {
      reason: 'has no field email to log in with',
      next: 'Add `email String? @unique` (who has none yet logs in nowhere)',
    }
  }
  if (email.type !== 'String' || email.list) {
    return {
      reason: `has a field ${email.name} that is no String`,
      next: `Make it \`${email.name} String @unique\``,
    }
  }

  return email.unique ? null : objectionToDuplicates(email, model, provider)
}

function objectionToDuplicates(
  { name, column }: FieldFacts,
  { table }: ModelFacts,
  provider: PrismaFacts['provider'],
): Objection {
  const quote = (name: string) => (provider === 'mysql' ? `\`${name}\`` : `"${name}"`)
  const spelled = `LOWER(${quote(column)})`

  return {
    reason: `has a field ${name} that is not unique, and an account is found by it`,
    next: `Look for duplicates (SELECT ${spelled}, COUNT(*) FROM ${quote(table)} GROUP BY ${spelled} HAVING COUNT(*) > 1), merge those, add @unique, migrate`,
  }
}
