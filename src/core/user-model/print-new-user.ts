import type { FieldFacts } from '../facts/facts.js'
import type { Generated } from '../render/render-system.js'
import { NEW_USER_FILES, type NewUserFields } from './new-user.js'
import { IS_CHECKED, printAsked, printTaken } from './print-asked.js'
import { decidesItself, isSalt, printDecided } from './print-decided.js'
import { printFixture } from './print-fixture.js'
import { printInput } from './print-inputs.js'

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
