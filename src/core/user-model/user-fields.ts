import type { FieldFacts, ModelFacts } from '../facts/facts.js'
import { Problem } from '../problem.js'
import { nameFor } from './naming-style.js'

/**
 * What the generated code calls the fields of a user that it cannot do without, and the names
 * that they have in the app's own model.
 */
export type UserFields = Readonly<Record<Role, string>>

type Role = 'id' | 'email' | 'hashedPassword' | 'confirmedAt' | 'deactivatedAt'

export const OUR_FIELDS: UserFields = {
  id: 'id',
  email: 'email',
  hashedPassword: 'hashedPassword',
  confirmedAt: 'confirmedAt',
  deactivatedAt: 'deactivatedAt',
}

/**
 * The fields of an existing model that do the work of ours already, and free names for those that
 * are to be added. One password is kept in one place: a second column would not know of a change.
 */
export function findUserFields(model: ModelFacts): UserFields {
  return {
    id: model.fields.find(({ id }) => id)?.name ?? 'id',
    email: findEmail(model)?.name ?? 'email',
    hashedPassword: findPassword(model),
    confirmedAt: findDate(model, 'confirmedAt', CONFIRMED),
    deactivatedAt: findDate(model, 'deactivatedAt', DEACTIVATED),
  }
}

/** Whether the model keeps passwords in a field that was there before ours. */
export function keepsPasswords(model: ModelFacts, fields: UserFields): boolean {
  return model.fields.some(({ name }) => name === fields.hashedPassword)
}

/** Whether every row has to have something in place of a password. */
export function requiresPassword(model: ModelFacts, fields: UserFields): boolean {
  const field = model.fields.find(({ name }) => name === fields.hashedPassword)

  return field !== undefined && !field.optional
}

const PASSWORDS = words(`hashedPassword passwordHash passwordDigest encryptedPassword password
  pass passHash passwd pwd pwdHash secretHash senha senhaHash contrasena contrasenia clave
  passwort passwortHash kennwort motDePasse wachtwoord haslo parola sifre heslo`)

const CONFIRMED = words(`confirmedAt emailConfirmedAt emailVerifiedAt emailVerified emailValidatedAt
  verifiedAt addressConfirmedAt`)

const DEACTIVATED = words(`deactivatedAt disabledAt suspendedAt blockedAt bannedAt deletedAt
  accountDeactivatedAt`)

/** An argon2id hash of ours, with salt and cost, has as many characters. */
export const HASH_LENGTH = 97

function findPassword(model: ModelFacts): string {
  const found = inOrder(model, PASSWORDS)
  const texts = found.filter(({ type, list }) => type === 'String' && !list)
  const [field, ...others] = texts
  const second = others.find(({ optional, hasDefault }) => !optional && !hasDefault)
  if (field && second) {
    throw new Problem(
      `${model.name} in ${model.file} has two fields for a password, ${field.name} and ${second.name}, which would not agree for long.`,
      `Keep the one that holds the hashes, make the other one optional or remove it, and run this again.`,
    )
  }
  if (field) return field.name
  const other = found.find(({ optional, hasDefault }) => !optional && !hasDefault)
  if (other) throw noText(other, model)

  return bareHash(model)?.name ?? freeName(model, ['hashedPassword', 'argon2Hash', 'argon2idHash'])
}

/** `hash String` is that of the password, where nothing else is. */
function bareHash({ fields }: ModelFacts): FieldFacts | undefined {
  return fields.find(
    ({ name, type, list, unique, hasDefault }) =>
      flat(name) === 'hash' && type === 'String' && !list && !unique && !hasDefault,
  )
}

/** Whether the hashes of ours fit into a field; one without a length takes any. */
export function takesHashes(field: FieldFacts): boolean {
  return (lengthOf(field) ?? HASH_LENGTH) >= HASH_LENGTH && !isPadded(field)
}

/** PostgreSQL fills a Char up with blanks, and a hash with blanks behind it is no hash. */
function isPadded(field: FieldFacts): boolean {
  return /@\w+\.N?Char\(/.test(field.attributes) && lengthOf(field) !== HASH_LENGTH
}

function noText({ name, type }: FieldFacts, { name: model, file }: ModelFacts): Problem {
  return new Problem(
    `${model}.${name} in ${file} has the type ${type}, and a password hash is a String.`,
    `Make it optional, or rename it if it is no password, and run this again.`,
  )
}

/** How many characters a text has room for, null when the schema does not say. */
export function lengthOf({ attributes }: FieldFacts): number | null {
  const [, length] = /@\w+\.(?:N?VarChar|N?Char|String)\((\d+)\)/.exec(attributes) ?? []

  return length === undefined ? null : Number(length)
}

function findDate(model: ModelFacts, ours: string, candidates: readonly string[]): string {
  const found = inOrder(model, candidates).find(
    ({ type, optional, list }) => type === 'DateTime' && optional && !list,
  )

  return found?.name ?? freeName(model, [ours, ...(ALTERNATIVES.get(ours) ?? [])])
}

const ALTERNATIVES: ReadonlyMap<string, readonly string[]> = new Map([
  ['confirmedAt', ['emailConfirmedAt', 'addressConfirmedAt']],
  ['deactivatedAt', ['accountDeactivatedAt']],
])

const EMAILS = words('email emailAddress mail mailAddress correo correoElectronico login_email')

/** The field that an account is found by, whatever it is called. */
export function findEmail({ fields }: ModelFacts): FieldFacts | undefined {
  const emails = fields.filter(isEmail)

  return (
    fields.find(({ name }) => name === 'email') ?? emails.find(({ unique }) => unique) ?? emails[0]
  )
}

/** Whether a field is called like one for an email. */
export function isEmail({ name, type, list }: FieldFacts): boolean {
  return type === 'String' && !list && EMAILS.includes(flat(name))
}

/** Whether a field is called like one for a password. */
export function isPassword({ name, type, list }: FieldFacts): boolean {
  return type === 'String' && !list && PASSWORDS.includes(flat(name))
}

/** The fields with one of these names, in the order of the names, however they are written. */
function inOrder({ fields }: ModelFacts, names: readonly string[]): FieldFacts[] {
  return names.flatMap((name) => fields.filter((field) => flat(field.name) === name))
}

function freeName(owner: ModelFacts, names: readonly string[]): string {
  const { name: model, file, fields } = owner
  const taken = new Set(fields.flatMap(({ name, column }) => [flat(name), flat(column)]))
  const free = names.find((name) => !taken.has(flat(name)))
  if (free !== undefined) return nameFor(free, owner)

  throw new Problem(
    `${model} in ${file} has fields called ${names.join(' and ')} that hold something else.`,
    'Rename one of them (with @map, its column may stay) and run this again.',
  )
}

function flat(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}

function words(list: string): string[] {
  return list.trim().split(/\s+/).map(flat)
}
