import type { Facts, FieldFacts, ModelFacts } from '../facts/facts.js'
import type { Project } from '../project.js'
import { basePath, type RecordedFile } from '../record/record.js'
import {
  NEW_USER_FILES,
  type NewUserFields,
  NO_NEW_USER_FIELDS,
  newUserFields,
} from './new-user.js'
import { OLD_PASSWORDS } from './old-passwords.js'
import {
  findEmail,
  findUserFields,
  keepsPasswords,
  OUR_FIELDS,
  requiresPassword,
  type UserFields,
} from './user-fields.js'

/** What is different about a user model that was there before us. */
export type ExistingUser = {
  fields: UserFields
  newUser: NewUserFields
  requiredPassword: boolean
  optionalEmail: boolean
  oldPasswords: boolean
}

const NONE: ExistingUser = {
  fields: OUR_FIELDS,
  newUser: NO_NEW_USER_FIELDS,
  requiredPassword: false,
  optionalEmail: false,
  oldPasswords: false,
}

/**
 * Reads it off the model; what has been added to the model since the first run must not change
 * what was true before it, so later runs also ask what earlier ones wrote.
 */
export function readExistingUser(
  model: ModelFacts | null,
  { project, facts, files }: { project: Project; facts: Facts; files: RecordedFile[] },
): ExistingUser {
  if (model === null) return NONE
  const fields = findUserFields(model)
  const needed = newUserFields(model, facts.prisma, fields)
  const isFirstRun = files.length === 0
  const wrote = (wanted: string) => files.find(({ template }) => template === wanted)
  const earlier = wrote(NEW_USER_FILES.fields)
  const text = earlier === undefined ? '' : (project.get(basePath(earlier.sha256)) ?? '')

  return {
    fields,
    newUser: isFirstRun ? needed : asBefore(needed, text),
    requiredPassword: requiresPassword(model, fields),
    optionalEmail: findEmail(model)?.optional ?? true,
    oldPasswords: isFirstRun
      ? facts.hashing !== 'argon2' && keepsPasswords(model, fields)
      : wrote(OLD_PASSWORDS.code) !== undefined,
  }
}

/** What a later run finds that no form can ask for, the owner has dealt with since. */
function asBefore({ asked, decided }: NewUserFields, text: string): NewUserFields {
  const isKnown = ({ name }: FieldFacts) => new RegExp(`\\b${name}\\b`).test(text)

  return {
    asked: asked.filter((field) => field.type === 'String' || isKnown(field)),
    decided: decided.filter(isKnown),
  }
}
