import type { User } from '../generated/prisma/client.js'
import { type Database, inTransaction, isUniqueViolation } from './database.js'
import type { Deliver } from './user-notifier.js'
import * as notifier from './user-notifier.js'
import { consumeToken, findToken, issueToken } from './user-token.js'

type Links = {
  /** The page that changes the address, for the mail to the new one. */
  confirmUrl: (token: string) => string
  logInUrl: string
}

/**
 * Mails a link to a new address, which has to prove itself before it is the user's, and tells the
 * old one. The link replaces every such link that was sent before. Where the new address has an
 * account already, its owner is told that instead, and whoever asked notices no difference.
 */
export async function deliverUserUpdateEmailInstructions(
  db: Database,
  user: Pick<User, 'id' | 'email'>,
  newEmail: string,
  deliver: Deliver,
  { confirmUrl, logInUrl }: Links,
): Promise<void> {
  const token = await issueToken(db, user, 'change-email', newEmail)
  if (token === null) return

  deliver(notifier.emailChangeRequestedNotice(user.email, newEmail))
  const taken = await db.user.findUnique({ where: { email: newEmail } })
  if (taken === null) deliver(notifier.updateEmailInstructions(newEmail, confirmUrl(token)))
  else deliver(notifier.emailTakenNotice(taken.email, logInUrl))
}

/** The address that a link would give this user. Looking does not use it up. */
export async function getNewEmailByToken(
  db: Database,
  user: Pick<User, 'id'>,
  token: string,
): Promise<string | null> {
  const row = await findToken(db, 'change-email', token)
  if (row === null || row.userId !== user.id) return null

  return row.sentTo
}

/**
 * Gives the user the address that a link was mailed to, once, and ends every session and link of
 * the old one. The address is that of this very link, not one that is remembered elsewhere: two
 * changes at once cannot confirm an address with the link to another (CVE-2026-32700).
 */
export async function updateUserEmail(
  db: Database,
  user: Pick<User, 'id'>,
  token: string,
): Promise<User | null> {
  const email = await getNewEmailByToken(db, user, token)
  if (email === null) return null

  try {
    return await inTransaction(db, async (db) => {
      const used = await consumeToken(db, 'change-email', token)
      if (used === null) return null
      await db.userToken.deleteMany({ where: { userId: user.id } })

      return db.user.update({ where: { id: user.id }, data: { email, confirmedAt: new Date() } })
    })
  } catch (error) {
    // Somebody registered with the address since the link was mailed.
    if (!isUniqueViolation(error)) throw error

    return null
  }
}

/** Tells the old address that it is no longer the account's (OWASP ASVS 6.3.7). */
export function deliverEmailChangedNotice(
  oldEmail: string,
  newEmail: string,
  deliver: Deliver,
): void {
  deliver(notifier.emailChangedNotice(oldEmail, newEmail))
}
