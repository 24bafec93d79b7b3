import { type Static, Type } from '@fastify/type-provider-typebox'

/** A text, and nothing that could be read as a query: no object, no list, no null. */
export const Text = Type.String()

/** The token of a link that was mailed. */
export const TokenParams = Type.Object({ token: Text })

/** A checkbox of a form, or a boolean of JSON. */
export const Checkbox = Type.Union([
  Type.Boolean(),
  Type.Literal('true'),
  Type.Literal('on'),
  Type.Literal('false'),
  Type.Literal(''),
])

export function isChecked(value: Static<typeof Checkbox> | undefined): boolean {
  return value === true || value === 'true' || value === 'on'
}
