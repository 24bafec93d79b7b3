import { isCommonPassword } from './common-passwords.js'
import { isEmail, isOneAddress, normalizeEmail } from './email.js'
import { messages } from './messages.js'
import { LONGEST_PASSWORD, normalizePassword, SHORTEST_PASSWORD } from './password.js'

/** What is wrong with a form: sentences by field. Nothing is wrong when it is empty. */
export type FieldErrors = Record<string, string[]>

export function hasErrors(errors: FieldErrors): boolean {
  return Object.keys(errors).length > 0
}

/** Checks a normalized email address. */
export function checkEmail(email: string): FieldErrors {
  return isEmail(email) ? {} : { email: [messages.emailInvalid] }
}

/** Checks what somebody wrote to get a mail. Whether anybody has the address is not told. */
export function checkRecipient(email: string): FieldErrors {
  return isOneAddress(normalizeEmail(email)) ? {} : { email: [messages.emailInvalid] }
}

/** Checks a new password. An old one is never checked, only verified: rules change. */
export function checkNewPassword(password: string, own: string[]): FieldErrors {
  const problem = findPasswordProblem(password, own)

  return problem === null ? {} : { password: [problem] }
}

function findPasswordProblem(password: string, own: string[]): string | null {
  // What is hashed is what counts: an é is one character, also when its accent was typed apart.
  const length = [...normalizePassword(password)].length
  if (length < SHORTEST_PASSWORD) return messages.passwordTooShort(SHORTEST_PASSWORD)
  if (length > LONGEST_PASSWORD) return messages.passwordTooLong(LONGEST_PASSWORD)
  if (isCommonPassword(password, own)) return messages.passwordTooCommon

  return null
}
