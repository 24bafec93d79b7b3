import type { User } from '../generated/prisma/client.js'
import { type Database, inTransaction } from './database.js'
import { hashPassword, NO_PASSWORD, needsRehash, verifyPassword } from './password.js'
import type { Deliver } from './user-notifier.js'
import * as notifier from './user-notifier.js'
import { lockUser } from './user-token.js'

/** The user as stored, when this is the password. Null for a wrong one, and when none is set. */
export async function getUserWithPassword(
  db: Database,
  { id }: Pick<User, 'id'>,
  password: string,
): Promise<User | null> {
  const user = await db.user.findUnique({ where: { id } })
  const valid = await verifyPassword(password, user?.hashedPassword ?? null)
  if (user === null || !valid) return null

  return rehashPassword(db, user, password)
}

/** The user whose password is to change: as stored, when the current one is right or none is set. */
export async function getUserForPasswordChange(
  db: Database,
  { id }: Pick<User, 'id'>,
  currentPassword: string | undefined,
): Promise<User | null> {
  const user = await db.user.findUnique({ where: { id } })
  if (user !== null && user.hashedPassword === NO_PASSWORD) return user

  return currentPassword === undefined ? null : getUserWithPassword(db, { id }, currentPassword)
}

/**
 * Sets a new password, and ends every session and link of the user that the old one allowed. Null
 * when the user was changed since it was read, by somebody with a link for a new password perhaps:
 * whoever knew the old password must not have the last word.
 */
export async function updateUserPassword(
  db: Database,
  { id, email, hashedPassword }: Pick<User, 'id' | 'email' | 'hashedPassword'>,
  password: string,
): Promise<User | null> {
  const newHash = await hashPassword(password)

  return inTransaction(db, async (db) => {
    if (!(await lockUser(db, { id, email, hashedPassword }))) return null

    return replacePassword(db, { id }, newHash)
  })
}

/** The user first, then the tokens: a log-in that waits for the user's row finds it changed. */
export async function replacePassword(
  db: Database,
  { id }: Pick<User, 'id'>,
  hashedPassword: string,
): Promise<User> {
  const user = await db.user.update({ where: { id }, data: { hashedPassword } })
  await db.userToken.deleteMany({ where: { userId: id } })

  return user
}

/** Makes a hash with the work of today, when the stored one was made with less. */
export async function rehashPassword(
  db: Database,
  user: User,
  password: string,
): Promise<User | null> {
  const { id, hashedPassword } = user
  if (hashedPassword === NO_PASSWORD || !needsRehash(hashedPassword)) return user
  const newHash = await hashPassword(password)

  // Only over the hash that was verified: the password may have been changed meanwhile.
  const { count } = await db.user.updateMany({
    where: { id, hashedPassword },
    data: { hashedPassword: newHash },
  })

  return count === 1 ? { ...user, hashedPassword: newHash } : null
}

/** Tells the owner of an account that it has a new password (OWASP ASVS 6.3.7). */
export function deliverPasswordChangedNotice(user: Pick<User, 'email'>, deliver: Deliver): void {
  deliver(notifier.passwordChangedNotice(user.email))
}
