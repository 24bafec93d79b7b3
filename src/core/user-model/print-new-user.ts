import type { FieldFacts } from '../facts/facts.js'
import type { Generated } from '../render/render-system.js'
import {
  isIdentityElsewhere,
  NEW_USER_FILES,
  type NewUserField,
  type NewUserFields,
} from './new-user.js'
import { printInput, toLabel } from './print-inputs.js'
import { lengthOf } from './user-fields.js'

type NewUserFile = Pick<Generated, 'template' | 'text'>

/** The files that know those fields by name: one entry a line for each. */
export function printNewUserFiles({ asked, decided }: NewUserFields): NewUserFile[] {
  const fields = { template: NEW_USER_FILES.fields, text: printFields({ asked, decided }) }
  if (asked.length === 0) return [fields]

  return [
    fields,
    { template: NEW_USER_FILES.inputs, text: `${asked.map(printInput).join('\n\n')}\n` },
    { template: NEW_USER_FILES.fixture, text: printFixture(asked) },
  ]
}

/** What a person finds in the place that is left to decide. */
export const UNDECIDED = 'Decide the first value of'

function isUnique({ unique }: FieldFacts): boolean {
  return unique
}

function printFields({ asked, decided }: NewUserFields): string {
  const parts = [
    printImports({ asked, decided }),
    '// What a user of this app needs besides an email and a password.',
    ...(asked.length === 0 ? [] : [printAsked(asked)]),
    ...(asked.some(isUnique) ? [printTaken(asked.filter(isUnique))] : []),
    ...(decided.length === 0 ? [] : [printDecided(decided)]),
    ...(asked.some(({ type }) => type === 'Boolean') ? [IS_CHECKED] : []),
  ]

  return `${parts.join('\n\n')}\n`
}

function printImports({ asked, decided }: NewUserFields): string {
  const isChecked = asked.some(isUnique)
  const isEvident = decided.length > 0 && decided.every(decidesItself)
  const node =
    isEvident && !decided.every(isSalt) ? ["import { randomUUID } from 'node:crypto'", ''] : []
  const packages =
    asked.length === 0
      ? []
      : ["import { type Static, type TObject, Type } from '@fastify/type-provider-typebox'", '']
  const own = [
    ...(decided.length === 0
      ? []
      : ["import type { Prisma } from '../generated/prisma/client.js'"]),
    ...(isChecked || decided.length > 0 ? ["import type { Database } from './database.js'"] : []),
    ...(isChecked
      ? [
          "import { messages } from './messages.js'",
          "import type { FieldErrors } from './user-fields.js'",
        ]
      : []),
  ]

  return [...node, ...packages, ...own].join('\n').trimEnd()
}

function printAsked(asked: readonly NewUserField[]): string {
  return `/** What the registration asks for. */
export const newUserFields = {
${lines(asked, (field) => `  ${field.name}: ${schemaOf(field)},`)}
}

export type NewUserBody = Static<TObject<typeof newUserFields>>

export type NewUserFields = ReturnType<typeof pickNewUserFields>

/** The fields of a new user among all that was sent. Nothing else gets into the row. */
export function pickNewUserFields(body: NewUserBody) {
  return {
${lines(asked, (field) => `    ${field.name}: ${valueIn(field)},`)}
  }
}`
}

const INTEGER = String.raw`^-?\\d{1,9}$`
const LARGE_INTEGER = String.raw`^-?\\d{1,18}$`
const NUMBER = String.raw`^-?\\d{1,15}(?:\\.\\d{1,10})?$`
const DATE = String.raw`^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$`

/** A form sends everything as text, JSON need not. */
function schemaOf(field: NewUserField): string {
  const text = (pattern: string) => `Type.String({ pattern: '${pattern}' })`
  switch (field.type) {
    case 'String':
      return `Type.String({ minLength: 1, maxLength: ${Math.min(200, lengthOf(field) ?? 200)} })`
    case 'Int':
      return `Type.Union([Type.Integer({ minimum: -999999999, maximum: 999999999 }), ${text(INTEGER)}])`
    case 'BigInt':
      return text(LARGE_INTEGER)
    case 'Float':
      return `Type.Union([Type.Number(), ${text(NUMBER)}])`
    case 'Decimal':
      return text(NUMBER)
    case 'Boolean':
      return "Type.Optional(Type.Union([Type.Boolean(), Type.Literal('true'), Type.Literal('on'), Type.Literal('false')]))"
    case 'DateTime':
      return text(DATE)
    default:
      return `Type.Union([${field.values.map((value) => `Type.Literal('${value}')`).join(', ')}])`
  }
}

function valueIn({ name, type }: NewUserField): string {
  if (type === 'Int' || type === 'Float') return `Number(body.${name})`
  if (type === 'BigInt') return `BigInt(body.${name})`
  if (type === 'DateTime') return `new Date(body.${name})`

  return type === 'Boolean' ? `isChecked(body.${name})` : `body.${name}`
}

const IS_CHECKED = `function isChecked(value: boolean | string | undefined): boolean {
  return value === true || value === 'true' || value === 'on'
}`

function printTaken(unique: readonly NewUserField[]): string {
  return `/**
 * Sentences for values that another user has. Asked before it is known whether the email is free,
 * so that nobody learns that from it. An account that nobody has confirmed may be replaced.
 */
export async function findTakenFields(
  db: Database,
  email: string,
  fields: NewUserFields,
): Promise<FieldErrors> {
  const errors: FieldErrors = {}
${unique
  .map(
    ({ name }) => `
  if (
    (await db.user.count({
      where: { ${name}: fields.${name}, NOT: { email, confirmedAt: null } },
    })) > 0
  ) {
    errors.${name} = [messages.fieldTaken]
  }`,
  )
  .join('')}

  return errors
}`
}

function printDecided(decided: readonly FieldFacts[]): string {
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
function decidesItself(field: FieldFacts): boolean {
  return isSalt(field) || isId(field) || isNobodyElsewhere(field)
}

/** A column beside the hash, from before hashes held their salt. */
function isSalt({ name, type }: FieldFacts): boolean {
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

function printFixture(asked: readonly NewUserField[]): string {
  const needsUuid = asked.some((field) => field.unique && field.type === 'String')
  const imports = [
    ...(needsUuid ? ["import { randomUUID } from 'node:crypto'", ''] : []),
    "import type { NewUserBody } from '../../src/accounts/new-user.js'",
  ]

  return `${imports.join('\n')}

/** What a user of this app needs besides an email and a password, as a form sends it. */
export function newUserFixture(): {
  [Name in keyof NewUserBody]-?: NewUserBody[Name] & string
} {
  return {
${lines(asked, (field) => `    ${field.name}: ${exampleOf(field)},`)}
  }
}
`
}

function exampleOf(field: NewUserField): string {
  switch (field.type) {
    case 'String':
      return exampleText(field)
    case 'Int':
    case 'Float':
    case 'BigInt':
    case 'Decimal':
      return field.unique ? 'String(Math.floor(Math.random() * 999_999_999))' : "'1'"
    case 'Boolean':
      return "'on'"
    case 'DateTime':
      return "'2000-01-01'"
    default:
      return `'${field.values[0] ?? ''}'`
  }
}

function exampleText(field: NewUserField): string {
  const length = lengthOf(field) ?? 200
  if (field.unique) return length < 36 ? `randomUUID().slice(-${length})` : 'randomUUID()'

  return `'${`Test ${toLabel(field.name).toLowerCase()}`.slice(0, length)}'`
}

function lines(fields: readonly NewUserField[], print: (field: NewUserField) => string): string {
  return fields.map(print).join('\n')
}
