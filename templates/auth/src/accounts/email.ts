const LONGEST_EMAIL = 254

// The rule of <input type="email"> (WHATWG HTML). ASCII only, so that no Unicode trick makes
// two spellings of one address, and no comma, quote or bracket can name a second recipient.
const EMAIL =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/

/**
 * The one spelling of an address that is stored and looked up. Only ASCII letters change
 * case: `toLowerCase` also turns the Kelvin sign into a k, which makes two mailboxes one.
 */
export function normalizeEmail(email: string): string {
  return email.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** Whether a normalized address is one that a mail can be sent to. */
export function isEmail(email: string): boolean {
  return email.length <= LONGEST_EMAIL && EMAIL.test(email)
}

// An account from before these rules may have an address that `isEmail` refuses.
const ONE_ADDRESS = /^[^\s@,;<>"()]+@[^\s@,;<>"()]+$/

/** Whether a normalized text is one address at all, be it one that nobody could register with. */
export function isOneAddress(email: string): boolean {
  return email.length <= LONGEST_EMAIL && ONE_ADDRESS.test(email)
}
