import argon2 from 'argon2'

import { Turns } from './turns.js'

/** OWASP Password Storage Cheat Sheet, the argon2id row: 19 MiB, two passes, one lane. */
export const PASSWORD_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Characters, counted as NIST SP 800-63B-4 counts them: each code point is one. */
export const SHORTEST_PASSWORD = 15
export const LONGEST_PASSWORD = 128

// By a name: a compiler that is not strict takes a bare null for anything.
type None = null

/** What stands in place of a hash for an account without a password. No password matches it. */
export const NO_PASSWORD: None = null

// Each hash holds a thread of Node's pool of four and 19 MiB. Without a cap, a burst of
// log-ins would leave no thread for the file system and DNS of every other request.
const turns = new Turns(2, 200)

// A well-formed hash that no password has: what is verified for an account that does not
// exist, so that the answer takes as long as for one that does, whatever the cost is.
const { memoryCost, timeCost, parallelism } = PASSWORD_COST
const NO_HASH = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

const HASH =
  /^\$argon2(?:id|i|d)\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/

/** The argon2id hash of a password, in PHC string form, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const text = normalizePassword(password)

  return turns.take(() => argon2.hash(text, { type: argon2.argon2id, ...PASSWORD_COST }))
}

/**
 * Whether the password is the one the hash was made from. Without a usable hash the same work
 * is done and the answer is no: neither time nor an error tells that an account has no
 * password.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const usable = hash !== null && isAffordable(hash)
  const text = normalizePassword(password)
  const valid = await turns.take(() => argon2.verify(usable ? hash : NO_HASH, text))

  return usable && valid
}

/** Whether the hash was made in another way than today's, and is to be replaced at log-in. */
export function needsRehash(hash: string): boolean {
  return !hash.startsWith('$argon2id$') || argon2.needsRehash(hash, PASSWORD_COST)
}

// A hash that somebody wrote into the database must not be able to ask for all the memory.
function isAffordable(hash: string): boolean {
  const [, memory, time, lanes] = HASH.exec(hash) ?? []

  return Number(memory) <= 262_144 && Number(time) <= 16 && Number(lanes) <= 16
}

/**
 * A password as it is counted and hashed: NFC makes the two ways to type an ü the same. It takes
 * quadratic time, so whatever is too long to be a password is cut before it, and matches nothing.
 */
export function normalizePassword(password: string): string {
  return cut(password).normalize('NFC')
}

function cut(password: string): string {
  // A character is up to four UTF-16 units when its accents are typed apart.
  return password.slice(0, 4 * LONGEST_PASSWORD + 1)
}
