import { createHash, randomBytes } from 'node:crypto'

import type { Prisma, User } from '../generated/prisma/client.js'
import type { Database } from './database.js'
import { DAY } from './duration.js'

/** From the log-in, however much the session is used. */
export const SESSION_VALID_FOR = 60 * DAY

/** From the last request. */
export const SESSION_IDLE_FOR = 14 * DAY

export const CONFIRMATION_VALID_FOR = 7 * DAY

const VALID_FOR = {
  session: SESSION_VALID_FOR,
  confirm: CONFIRMATION_VALID_FOR,
}

/** What a token is good for. A token of one context is worthless in every other. */
export type TokenContext = keyof typeof VALID_FOR

const TOKEN_BYTES = 32

// Node's decoder skips what it does not know, so that many texts decode to one token.
// Only the one text that was sent is the token.
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** A new token: what leaves the app, and the hash of it that stays. */
export function buildToken(): { token: string; hashedToken: Uint8Array<ArrayBuffer> } {
  const bytes = randomBytes(TOKEN_BYTES)

  return { token: bytes.toString('base64url'), hashedToken: sha256(bytes) }
}

/**
 * The hash under which a token is stored, or null for what cannot be a token. A plain SHA-256
 * is enough: there is nothing to guess in 32 random bytes. Whoever reads the database still
 * cannot log in with what is found there.
 */
export function hashToken(token: unknown): Uint8Array<ArrayBuffer> | null {
  if (typeof token !== 'string' || !TOKEN.test(token)) return null

  const bytes = Buffer.from(token, 'base64url')

  return bytes.toString('base64url') === token ? sha256(bytes) : null
}

/** The row of a token that is good for this, and its user. */
export async function findToken(db: Database, context: TokenContext, token: string) {
  const hashedToken = hashToken(token)
  if (hashedToken === null) return null

  const row = await db.userToken.findUnique({
    where: { context_token: { context, token: hashedToken } },
    include: { user: true },
  })

  if (row === null || row.createdAt <= ago(VALID_FOR[context])) return null
  // A link is good for the address it was sent to, and for no other the user has since.
  if (row.sentTo !== null && row.sentTo !== row.user.email) return null

  return row
}

/**
 * Uses a token up, and finds its user. Reading it and then deleting it lets two requests at the
 * same moment both read it: the one whose delete finds the row has won (CWE-367).
 */
export async function consumeToken(
  db: Database,
  context: TokenContext,
  token: string,
): Promise<User | null> {
  const row = await findToken(db, context, token)
  if (row === null) return null

  const { count } = await db.userToken.deleteMany({ where: { id: row.id } })

  return count === 1 ? row.user : null
}

/** Which tokens have expired, as conditions for a query. */
export function expiredTokens(): Prisma.UserTokenWhereInput[] {
  return Object.entries(VALID_FOR).map(([context, validFor]) => ({
    context,
    createdAt: { lte: ago(validFor) },
  }))
}

function ago(duration: number): Date {
  return new Date(Date.now() - duration)
}

function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}
