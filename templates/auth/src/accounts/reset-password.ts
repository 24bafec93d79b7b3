import type { User } from '../generated/prisma/client.js'
import { proveMailbox } from './confirmation.js'
import { type Database, inTransaction } from './database.js'
import { hashPassword } from './password.js'
import type { Deliver } from './user-notifier.js'
import * as notifier from './user-notifier.js'
import { replacePassword } from './user-password.js'
import { consumeToken, findToken, issueToken } from './user-token.js'

/** Mails a link for choosing a new password. It replaces every such link that was sent before. */
export async function deliverUserResetPasswordInstructions(
  db: Database,
  user: Pick<User, 'id' | 'email'>,
  deliver: Deliver,
  urlOf: (token: string) => string,
): Promise<void> {
  const token = await issueToken(db, user, 'reset')

  if (token !== null) deliver(notifier.resetPasswordInstructions(user.email, urlOf(token)))
}

/** The user whose password a link would replace. Looking does not use it up. */
export async function getUserByResetPasswordToken(
  db: Database,
  token: string,
): Promise<User | null> {
  const row = await findToken(db, 'reset', token)

  return row?.user ?? null
}

/**
 * Sets a new password with a link that was mailed, once, and ends every session and link of the
 * user. The link proves the mailbox, so an account that waited to be confirmed is confirmed.
 */
export async function resetUserPassword(
  db: Database,
  token: string,
  password: string,
): Promise<User | null> {
  // Before the transaction: while it waits for its turn to be hashed, nobody waits for a lock.
  const hashedPassword = await hashPassword(password)

  return inTransaction(db, async (db) => {
    const used = await consumeToken(db, 'reset', token)
    if (used === null) return null
    if (used.user.confirmedAt === null) return proveMailbox(db, used.user, hashedPassword)

    return replacePassword(db, used.user, hashedPassword)
  })
}
