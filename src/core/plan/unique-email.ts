import type { Facts, FieldFacts, ModelFacts } from '../facts/facts.js'
import type { UserFields } from '../user-model/user-fields.js'

type Database = Pick<Facts['prisma'], 'provider'>

/** What the schema lacks for accounts to be found by their email; null where nothing is. */
export function uniqueEmail(
  model: ModelFacts,
  fields: UserFields,
  { provider }: Database,
): string | null {
  const email = sharedEmail(model, fields)
  if (email === null) return null
  // MySQL has no index on a text without a length.
  const isLong = provider === 'mysql' && /@db\.\w*Text\b/.test(email.attributes)

  return `@@unique([${email.name}${isLong ? '(length: 191)' : ''}])`
}

/**
 * How to find rows that a migration would meet: whether there are any, only the data knows. Which
 * of them keeps the address is nothing to be decided here, so nothing is migrated before.
 */
export function findDuplicates(
  model: ModelFacts,
  fields: UserFields,
  { provider }: Database,
): string | null {
  const email = sharedEmail(model, fields)
  if (email === null) return null
  const quote = (name: string) => (provider === 'mysql' ? `\`${name}\`` : `"${name}"`)
  const spelled = `LOWER(${quote(email.column)})`

  return `SELECT ${spelled}, COUNT(*) FROM ${quote(model.table)} GROUP BY ${spelled} HAVING COUNT(${quote(email.column)}) > 1`
}

function sharedEmail(model: ModelFacts, fields: UserFields): FieldFacts | null {
  const email = model.fields.find(({ name }) => name === fields.email)

  return email === undefined || email.unique ? null : email
}
