import type { FieldFacts, ModelFacts } from '../facts/facts.js'
import type { Rendering } from '../render/render-system.js'
import { keepsPasswords } from '../user-model/user-fields.js'
import { findDuplicates, uniqueEmail } from './unique-email.js'

/** What a first run says about accounts that were there before it: their data is not ours to change. */
export function noticesAbout(rendering: Rendering): string[] {
  const { existing, facts, fields, names, switches } = rendering
  if (existing === null) return []
  const quote = (name: string) => (facts.prisma.provider === 'mysql' ? `\`${name}\`` : `"${name}"`)
  const table = quote(existing.table)
  const email = quote(columnOf(existing, fields.email))
  const hasEmails = existing.fields.some(({ name }) => name === fields.email)
  const hasDates = existing.fields.some(({ name }) => name === fields.confirmedAt)
  const states = existing.fields.filter((field) => isState(field, Object.values(fields)))

  return [
    hasEmails
      ? `Emails are found in lower case. Where some are stored in another: UPDATE ${table} SET ${email} = LOWER(TRIM(${email})), once no two of them are alike then.`
      : `${existing.name} has no email, and links go by mail: it gets one that may be empty, and registration asks for it. Accounts that are there keep all they have, and log in here once theirs is set: docs/existing-users.md in the repository of create-auth says how.`,
    ...noticeOfDuplicates(rendering),
    hasDates
      ? `Accounts with an empty ${fields.confirmedAt} log in after they open a link that the app mails them.`
      : `Accounts that are there log in after they open a link that the app mails them. Where you trust their addresses, set ${fields.confirmedAt} to the current time, after the migration and before you deploy.`,
    ...(states.length === 0
      ? []
      : [
          `${existing.name} has ${states.map(({ name }) => name).join(' and ')}: where that keeps somebody out, isActive in the accounts has to ask for it.`,
        ]),
    ...(keepsPasswords(existing, fields)
      ? [
          `${existing.name}.${fields.hashedPassword} holds argon2id hashes of whoever registers or logs in from now on: a log-in of your own that reads it has to call get${names.model}ByEmailAndPassword of the accounts instead.`,
        ]
      : []),
    ...(switches.oldUnknown
      ? [
          `Nothing shows how ${existing.name}.${fields.hashedPassword} was hashed: fill in verifyOldPassword in old-passwords.ts, or old passwords have to be reset.`,
        ]
      : []),
  ]
}

function noticeOfDuplicates({ existing, facts, fields }: Rendering): string[] {
  const query = existing && findDuplicates(existing, fields, facts.prisma)
  if (existing === null || query === null) return []

  return [
    `An account is found by its email, so ${existing.name} gets ${uniqueEmail(existing, fields, facts.prisma)}, and the database refuses a second account with one from then on, also where your own code makes it. Accounts that share one are in the way of that migration: find them first, and settle which keeps it: ${query}`,
  ]
}

/** What a person does before the schema is migrated, for then nothing is migrated unasked. */
export function beforeMigrating({ existing, facts, fields }: Rendering): string[] {
  const query = existing && findDuplicates(existing, fields, facts.prisma)

  return query === null ? [] : [`Settle who keeps an email that two accounts have: ${query}`]
}

function columnOf({ fields }: ModelFacts, name: string): string {
  return fields.find((field) => field.name === name)?.column ?? name
}

const STATE =
  /^(?:is_|account_|user_)*(?:in)?(?:active|enabled|disabled|banned|blocked|revoked|suspended|locked|archived|deleted|status|ativo|activo)(?:_at)?$/

/** A field that may say that an account must not be used. */
function isState({ name, list }: FieldFacts, known: readonly string[]): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()

  return !list && !known.includes(name) && STATE.test(words)
}
