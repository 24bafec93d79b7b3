import type { FieldFacts, ModelFacts } from '../facts/facts.js'
import type { Names } from '../names/names.js'
import { Problem } from '../problem.js'
import { findEmail } from './user-fields.js'

/** Why nobody could log in with a model, and what its owner can do about it. */
type Objection = { reason: string; next: string }

/** Refuses a user model of the app that nobody could log in with. */
export function refuseUnfitModel(model: ModelFacts, { context, plural }: Names): void {
  const objection = objectionToId(model) ?? objectionToEmail(model)
  if (objection === null) return
  const other = `create-auth scaffold ${context} Member ${plural === 'members' ? 'accounts' : 'members'}`

  throw new Problem(
    `The model ${model.name} in ${model.file} ${objection.reason}.`,
    `${objection.next}, and run this again; or give the accounts a model of their own: ${other}`,
  )
}

function idOf({ fields }: ModelFacts): FieldFacts | undefined {
  return fields.find((field) => field.id)
}

function objectionToId(model: ModelFacts): Objection | null {
  const id = idOf(model)
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

/** One that is missing is added, and one that is not unique yet is left to its owner. */
function objectionToEmail(model: ModelFacts): Objection | null {
  const email = findEmail(model)
  if (email === undefined) return null
  if (email.type !== 'String' || email.list) {
    return {
      reason: `has a field ${email.name} that is no String`,
      next: `Make it \`${email.name} String @unique\``,
    }
  }
  const others = email.uniqueWith ?? []
  // With the id among them it says nothing: every row has its own.
  const isOfGroup = others.length > 0 && !others.includes(idOf(model)?.name ?? '')
  if (email.unique || !isOfGroup) return null

  return {
    reason: `has a field ${email.name} that is unique together with ${others.join(' and ')} only, and whoever logs in is found by the ${email.name} alone`,
    next: `Where no two accounts have one ${email.name}, add @unique to it`,
  }
}
