import type { NewUserField } from './new-user.js'
import { lengthOf } from './user-fields.js'

/** What the registration asks for: the schema of each field, and its value in the row. */
export function printAsked(asked: readonly NewUserField[]): string {
  return `/** What the registration asks for. */
export const newUserFields = {
${asked.map((field) => `  ${field.name}: ${schemaOf(field)},`).join('\n')}
}

export type NewUserBody = Static<TObject<typeof newUserFields>>

export type NewUserFields = ReturnType<typeof pickNewUserFields>

/** The fields of a new user among all that was sent. Nothing else gets into the row. */
export function pickNewUserFields(body: NewUserBody) {
  return {
${asked.map((field) => `    ${field.name}: ${valueIn(field)},`).join('\n')}
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

export const IS_CHECKED = `function isChecked(value: boolean | string | undefined): boolean {
  return value === true || value === 'true' || value === 'on'
}`

/** The sentences for values that must be one user's alone. */
export function printTaken(unique: readonly NewUserField[]): string {
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
