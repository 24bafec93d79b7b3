import { createHash, randomBytes } from 'node:crypto'

import type { Prisma, User, UserToken } from '../generated/prisma/client.js'
import { type Database, inTransaction } from './database.js'
import { DAY, HOUR, MINUTE } from './duration.js'
import { isActive } from './user-state.js'

/** From the log-in, however much the session is used. */
export const SESSION_VALID_FOR = 60 * DAY

/** From the last request. */
export const SESSION_IDLE_FOR = 14 * DAY

export const CONFIRMATION_VALID_FOR = 7 * DAY

export const RESET_PASSWORD_VALID_FOR = HOUR

/** The longest that OWASP ASVS 6.5.5 allows for what logs in by mail. */
export const MAGIC_LINK_VALID_FOR = 10 * MINUTE

export const EMAIL_CHANGE_VALID_FOR = DAY

const VALID_FOR = {
  session: SESSION_VALID_FOR,
  confirm: CONFIRMATION_VALID_FOR,
  reset: RESET_PASSWORD_VALID_FOR,
  'magic-link': MAGIC_LINK_VALID_FOR,
  'change-email': EMAIL_CHANGE_VALID_FOR,
}

/** What a token is good for. A token of one context is worthless in every other. */
export type TokenContext = keyof typeof VALID_FOR

const TOKEN_BYTES = 32

// Node's decoder skips what it does not know, so that many texts decode to one token.
// Only the one text that was sent is the token.
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** A new token: what leaves the app, and the hash of it that stays. */
export function buildToken(): { token: string; hashedToken: UserToken['token'] } {
  const bytes = randomBytes(TOKEN_BYTES)

  return { token: bytes.toString('base64url'), hashedToken: sha256(bytes) }
}

/**
 * The hash under which a token is stored, or null for what cannot be a token. A plain SHA-256
 * is enough: there is nothing to guess in 32 random bytes. Whoever reads the database still
 * cannot log in with what is found there.
 */
export function hashToken(token: unknown): UserToken['token'] | null {
  if (typeof token !== 'string' || !TOKEN.test(token)) return null

  const bytes = Buffer.from(token, 'base64url')

  return bytes.toString('base64url') === token ? sha256(bytes) : null
}

/** The row of a token that is good for this, and its user. It is good for nobody deactivated. */
export async function findToken(db: Database, context: TokenContext, token: string) {
  const hashedToken = hashToken(token)
  if (hashedToken === null) return null

  const row = await db.userToken.findUnique({
    where: { context_token: { context, token: hashedToken } },
    include: { user: true },
  })

  if (row === null || !isActive(row.user)) return null
  if (row.createdAt <= ago(VALID_FOR[context])) return null
  // A link is good for the address that the user had when it was mailed, and for no other.
  const boundTo = row.oldEmail ?? row.sentTo

  return boundTo === null || boundTo === row.user.email ? row : null
}

/**
 * Makes a token to be mailed, in place of the one before: only the newest link of a kind works.
 * Null when the user has another address by now.
 */
export async function issueToken(
  db: Database,
  { id, email }: Pick<User, 'id' | 'email'>,
  context: Exclude<TokenContext, 'session'>,
  newEmail?: string,
): Promise<string | null> {
  const { token, hashedToken } = buildToken()

  return inTransaction(db, async (db) => {
    if (!(await lockUser(db, { id, email }))) return null
    await db.userToken.deleteMany({ where: { userId: id, context } })
    await db.userToken.create({
      data: {
        userId: id,
        context,
        token: hashedToken,
        sentTo: newEmail ?? email,
        oldEmail: newEmail === undefined ? null : email,
      },
    })

    return token
  })
}

/**
 * Uses a token up, in a transaction. Reading it and then deleting it lets two requests at the
 * same moment both read it: the one whose delete finds the row has won (CWE-367).
 */
export async function consumeToken(
  db: Database,
  context: TokenContext,
  token: string,
): Promise<{ user: User } | null> {
  const row = await findToken(db, context, token)
  if (row === null) return null

  const { id, email, hashedPassword } = row.user
  if (!(await lockUser(db, { id, email, hashedPassword }))) return null
  const { count } = await db.userToken.deleteMany({ where: { id: row.id } })

  return count === 1 ? { user: row.user } : null
}

/**
 * Holds a user's row until the transaction ends, when the user still is as it was read. Whatever
 * opens or ends log-ins takes this row before any other, so that they happen one after the other
 * and none waits for one that waits for it. An update locks on every database; that it sets
 * `updatedAt` is the price.
 */
export async function lockUser(
  db: Database,
  asRead: Pick<User, 'id' | 'email'> & Partial<Pick<User, 'hashedPassword'>>,
): Promise<boolean> {
  const { count } = await db.user.updateMany({ where: asRead, data: { email: asRead.email } })

  return count === 1
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

function sha256(bytes: Uint8Array): UserToken['token'] {
  // A Buffer is what every version of Prisma takes for bytes.
  return Buffer.from(createHash('sha256').update(bytes).digest())
}
