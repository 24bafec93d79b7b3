import type { FieldFacts, ModelFacts } from './facts/facts.js'
import type { Names } from './names.js'
import { Problem } from './problem.js'

/** Refuses a user model of the app that nobody could log in with. */
export function refuseUnfitModel(model: ModelFacts, { context, plural }: Names): void {
  const id = model.fields.find((field) => field.id)
  const email = model.fields.find(({ name }) => name === 'email')
  const reason = objectionToId(id) ?? objectionToEmail(email)
  if (reason === null) return

  throw new Problem(
    `The model ${model.name} in ${model.file} ${reason}.`,
    `Change that, or give the accounts a model of their own: create-auth scaffold ${context} Member ${plural === 'members' ? 'accounts' : 'members'}`,
  )
}

function objectionToId(id: FieldFacts | undefined): string | null {
  if (!id) return 'has no single field that is its @id'

  return ['String', 'Int'].includes(id.type)
    ? null
    : `has an id of type ${id.type}, and the generated code needs String or Int`
}

function objectionToEmail(email: FieldFacts | undefined): string | null {
  if (!email) return 'has no field email to log in with'
  const isFit = email.type === 'String' && !email.optional && !email.list && email.unique

  return isFit ? null : 'has a field email that is not `String @unique`'
}
