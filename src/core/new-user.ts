import type { FieldFacts, ModelFacts } from './facts/facts.js'
import { Problem } from './problem.js'
import type { Generated } from './render-system.js'

/** The generated files that hold what a user of this app needs besides an email and a password. */
export const NEW_USER_FILES = {
  fields: 'src/accounts/new-user.ts',
  inputs: 'src/views/users/new-user-fields.ejs',
  fixture: 'test/support/new-user-fixture.ts',
} as const

type NewUserFile = Pick<Generated, 'template' | 'text'>

/**
 * The fields of an existing user model without which no row can be created, and which our
 * registration has to ask for. Fails for one that a text field of a form cannot fill.
 */
export function requiredFields(model: ModelFacts, models: ReadonlySet<string>): FieldFacts[] {
  const missing = model.fields.filter((field) => isRequired(field, models))
  const awkward = missing.find(({ type }) => type !== 'String')
  if (awkward) {
    throw new Problem(
      `${model.name}.${awkward.name} (${awkward.type}) is required and has no default, so nobody could register.`,
      `Give it a default or make it optional in ${model.file}, and run the command again.`,
    )
  }

  return missing
}

const KNOWN = new Set(['id', 'email', 'hashedPassword', 'confirmedAt', 'deactivatedAt'])

function isRequired(field: FieldFacts, models: ReadonlySet<string>): boolean {
  const { name, type, optional, list, id, hasDefault, attributes } = field
  if (KNOWN.has(name) || optional || list || id || hasDefault) return false

  return !models.has(type) && !/@updatedAt\b/.test(attributes)
}

/** One entry a line for each field: the three files that know them by name. */
export function printNewUserFiles(fields: readonly FieldFacts[]): NewUserFile[] {
  return [
    { template: NEW_USER_FILES.fields, text: printFields(fields) },
    { template: NEW_USER_FILES.inputs, text: printInputs(fields) },
    { template: NEW_USER_FILES.fixture, text: printFixture(fields) },
  ]
}

function printFields(fields: readonly FieldFacts[]): string {
  return `import { type Static, Type } from '@fastify/type-provider-typebox'

// What a user of this app needs besides an email and a password. The registration asks for it.

export const newUserFields = {
${lines(fields, ({ name }) => `  ${name}: Type.String({ minLength: 1, maxLength: 200 }),`)}
}

export type NewUserFields = {
  [Name in keyof typeof newUserFields]: Static<(typeof newUserFields)[Name]>
}

/** The fields of a new user among all that was sent. Nothing else gets into the row. */
export function pickNewUserFields(body: NewUserFields): NewUserFields {
  return {
${lines(fields, ({ name }) => `    ${name}: body.${name},`)}
  }
}
`
}

function printInputs(fields: readonly FieldFacts[]): string {
  return lines(
    fields,
    ({ name }) => `<%- include('field', {
  name: '${name}',
  label: '${toLabel(name)}',
  type: 'text',
  autocomplete: '${name === 'name' ? 'name' : 'on'}',
}) %>
`,
  )
}

function printFixture(fields: readonly FieldFacts[]): string {
  return `import type { NewUserFields } from '../../src/accounts/new-user.js'

/** What a user of this app needs besides an email and a password. */
export const newUserFixture: NewUserFields = {
${lines(fields, ({ name }) => `  ${name}: 'Test ${toLabel(name).toLowerCase()}',`)}
}
`
}

function lines(fields: readonly FieldFacts[], print: (field: FieldFacts) => string): string {
  return fields.map(print).join('\n')
}

// `displayName` and `display_name` read as "Display name".
function toLabel(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()

  return words.charAt(0).toUpperCase() + words.slice(1)
}
