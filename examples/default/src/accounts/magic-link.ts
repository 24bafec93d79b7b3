import type { User } from '../generated/prisma/client.js'
import { ownHash, proveMailbox } from './confirmation.js'
import { type Database, inTransaction } from './database.js'
import type { Deliver } from './user-notifier.js'
import * as notifier from './user-notifier.js'
import { consumeToken, findToken, issueToken } from './user-token.js'

/** Mails a link that logs in without a password. It replaces every such link that was sent before. */
export async function deliverUserMagicLinkInstructions(
  db: Database,
  user: Pick<User, 'id' | 'email'>,
  deliver: Deliver,
  urlOf: (token: string) => string,
): Promise<void> {
  const token = await issueToken(db, user, 'magic-link')

  if (token !== null) deliver(notifier.magicLinkInstructions(user.email, urlOf(token)))
}

/** The user whom a link would log in. Looking does not use it up. */
export async function getUserByMagicLinkToken(db: Database, token: string): Promise<User | null> {
  const row = await findToken(db, 'magic-link', token)

  return row?.user ?? null
}

/**
 * The user of a link that was mailed, once, to be logged in. When this is the first proof of the
 * mailbox it confirms the account, and a password stays only when `proof` shows that this browser
 * chose it: the link must not let in whoever registered somebody else's address
 * (GHSA-qq9h-g4jm-xgf3).
 */
export async function logInUserByMagicLink(
  db: Database,
  token: string,
  { proof }: { proof?: string | undefined },
): Promise<User | null> {
  return inTransaction(db, async (db) => {
    const used = await consumeToken(db, 'magic-link', token)
    if (used === null) return null
    if (used.user.confirmedAt !== null) return used.user

    return proveMailbox(db, used.user, ownHash(used.user, proof))
  })
}
