import type { User } from '../generated/prisma/client.js'
import { type Database, inTransaction } from './database.js'
import { hashPassword, NO_PASSWORD } from './password.js'
import { isOwnChoice } from './registration.js'
import type { Deliver } from './user-notifier.js'
import * as notifier from './user-notifier.js'
import { consumeToken, findToken, issueToken } from './user-token.js'

/** Mails the link that proves the mailbox. It replaces every such link that was sent before. */
export async function deliverUserConfirmationInstructions(
  db: Database,
  user: Pick<User, 'id' | 'email'>,
  deliver: Deliver,
  urlOf: (token: string) => string,
): Promise<void> {
  const token = await issueToken(db, user, 'confirm')

  if (token !== null) deliver(notifier.confirmationInstructions(user.email, urlOf(token)))
}

/** The user whom a confirmation link would confirm. Looking does not use it up. */
export async function getUserByConfirmationToken(
  db: Database,
  token: string,
): Promise<User | null> {
  const row = await findToken(db, 'confirm', token)

  return row === null || row.user.confirmedAt !== null ? null : row.user
}

/**
 * Confirms the account of a link that was mailed, once. A password stays when `proof` shows that
 * the browser which confirms chose it; `newPassword` replaces it.
 */
export async function confirmUser(
  db: Database,
  token: string,
  { proof, newPassword }: { proof?: string | undefined; newPassword?: string | undefined },
): Promise<User | null> {
  const newHash = newPassword === undefined ? null : await hashPassword(newPassword)

  return inTransaction(db, async (db) => {
    const used = await consumeToken(db, 'confirm', token)
    // A link that was mailed while another one confirmed is not a way to replace the password.
    if (used === null || used.user.confirmedAt !== null) return null

    return proveMailbox(db, used.user, newHash ?? ownHash(used.user, proof))
  })
}

/** The hash of the password, when the browser that shows the proof chose it. */
export function ownHash(user: User, proof: string | undefined): User['hashedPassword'] {
  return isOwnChoice(user, proof) ? user.hashedPassword : NO_PASSWORD
}

/**
 * The mailbox of an account is proved by this and by nothing before it, so nothing from before
 * survives: somebody else may have registered with this address, to be let in when its owner
 * confirms (account pre-hijacking, USENIX Security 2022).
 */
export async function proveMailbox(
  db: Database,
  { id }: Pick<User, 'id'>,
  hashedPassword: User['hashedPassword'],
): Promise<User> {
  await db.userToken.deleteMany({ where: { userId: id } })

  return db.user.update({ where: { id }, data: { confirmedAt: new Date(), hashedPassword } })
}
