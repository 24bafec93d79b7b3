import type { User } from '../generated/prisma/client.js'
import { type Database, hasCode, inTransaction } from './database.js'

/**
 * Deletes what belongs to a user, or gives it to somebody else, right before the user goes. It
 * is one transaction with that: either all of it happens or nothing. Rows of yours that refer
 * to the user and are not dealt with here keep the account from being deleted, unless their
 * relation says `onDelete: Cascade` or `SetNull`.
 */
const deleteBelongings: (db: Database, user: Pick<User, 'id'>) => Promise<void> = async () => {
  // Nothing of yours belongs to a user yet.
}

/** What became of it. IN_USE: something in the database still refers to the user. */
export type Deletion = 'DELETED' | 'GONE' | 'IN_USE'

/** Deletes an account for good, with its sessions and links. One of two at once deletes it. */
export async function deleteUser(db: Database, user: Pick<User, 'id'>): Promise<Deletion> {
  try {
    return await inTransaction(db, async (db) => {
      await deleteBelongings(db, user)
      const { count } = await db.user.deleteMany({ where: { id: user.id } })

      return count === 1 ? 'DELETED' : 'GONE'
    })
  } catch (error) {
    if (!isStillReferenced(error)) throw error

    return 'IN_USE'
  }
}

// Prisma's codes for a foreign key that forbids it, and for a required relation.
function isStillReferenced(error: unknown): boolean {
  return hasCode(error, 'P2003') || hasCode(error, 'P2014')
}
