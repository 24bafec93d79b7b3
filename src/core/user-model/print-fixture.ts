import type { NewUserField } from './new-user.js'
import { toLabel } from './print-inputs.js'
import { lengthOf } from './user-fields.js'

/** A registration that fills in all that this app asks for. */
export function printFixture(asked: readonly NewUserField[]): string {
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
${asked.map((field) => `    ${field.name}: ${exampleOf(field)},`).join('\n')}
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
