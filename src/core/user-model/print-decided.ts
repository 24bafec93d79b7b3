import type { FieldFacts } from '../facts/facts.js'
import { isIdentityElsewhere } from './new-user.js'
import { lengthOf } from './user-fields.js'

/** What a person finds in the place that is left to decide. */
export const UNDECIDED = 'Decide the first value of'

/** What a new user starts with that the registration does not ask for. */
export function printDecided(decided: readonly FieldFacts[]): string {
  const names = decided.map(({ name }) => `'${name}'`).join(' | ')
  if (decided.every(decidesItself)) return printEvident(decided, names)

  return `/**
 * What a new user starts with. Nobody can be asked for it, or may choose it: decide it here, with
 * the database at hand. Until then, nobody can register.
 */
export const newUser: (
  db: Database,
) => Promise<Pick<Prisma.UserUncheckedCreateInput, ${names}>> = async () => {
  throw new Error('${UNDECIDED}: ${decided.map(({ name }) => name).join(', ')}')
}`
}

/** What needs nobody to decide it: there is one value that is right in every app. */
export function decidesItself(field: FieldFacts): boolean {
  return isSalt(field) || isId(field) || isNobodyElsewhere(field)
}

/** A column beside the hash, from before hashes held their salt. */
export function isSalt({ name, type }: FieldFacts): boolean {
  return type === 'String' && /^(?:password_?)?salt$/i.test(name)
}

/** A text that the app's own code makes up, as the schema does not. */
function isId(field: FieldFacts): boolean {
  return field.id && field.type === 'String' && hasRoom(field)
}

function hasRoom(field: FieldFacts): boolean {
  return (lengthOf(field) ?? UUID_LENGTH) >= UUID_LENGTH
}

const UUID_LENGTH = 36

/** Whoever registers here has no account at another provider yet: a value that none gives out. */
function isNobodyElsewhere(field: FieldFacts): boolean {
  return field.type === 'String' && isIdentityElsewhere(field.name) && hasRoom(field)
}

function printEvident(fields: readonly FieldFacts[], names: string): string {
  const salt = fields.some(isSalt)
    ? ' The hash of a password holds its salt: nothing reads this one.'
    : ''
  const identity = fields.some((field) => !isSalt(field) && !field.id)
    ? ' Nobody chooses who he is elsewhere: it is a value that no other provider gives.'
    : ''
  const values = fields.map((each) => `${each.name}: ${isSalt(each) ? "''" : 'randomUUID()'}`)

  return `/** What a new user starts with.${salt}${identity} */
export const newUser: (
  db: Database,
) => Promise<Pick<Prisma.UserUncheckedCreateInput, ${names}>> = async () => {
  return { ${values.join(', ')} }
}`
}
