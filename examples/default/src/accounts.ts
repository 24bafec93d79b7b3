import { type Database, deleteInBatches, inTransaction } from './accounts/database.js'
import type { NotedDevice } from './accounts/devices.js'
import { normalizeEmail } from './accounts/email.js'
import { verifyPassword } from './accounts/password.js'
import { rehashPassword } from './accounts/user-password.js'
import { mayLogIn } from './accounts/user-state.js'
import { buildToken, expiredTokens, findToken, lockUser } from './accounts/user-token.js'
import type { User, UserToken } from './generated/prisma/client.js'

// The accounts of this app: all that the rest of it may call. It knows the database and
// nothing of HTTP, so it works the same in a route, a script and a test.

export {
  confirmUser,
  deliverUserConfirmationInstructions,
  getUserByConfirmationToken,
} from './accounts/confirmation.js'
export {
  deliverEmailChangedNotice,
  deliverUserUpdateEmailInstructions,
  getNewEmailByToken,
  updateUserEmail,
} from './accounts/email-change.js'
export {
  deliverUserMagicLinkInstructions,
  getUserByMagicLinkToken,
  logInUserByMagicLink,
} from './accounts/magic-link.js'
export type { NewUser, Registration } from './accounts/registration.js'
export {
  deliverAlreadyRegisteredNotice,
  isOwnChoice,
  registerUser,
} from './accounts/registration.js'
export {
  deliverUserResetPasswordInstructions,
  getUserByResetPasswordToken,
  resetUserPassword,
} from './accounts/reset-password.js'
export {
  deliverPasswordChangedNotice,
  getUserForPasswordChange,
  getUserWithPassword,
  hasPassword,
  updateUserPassword,
} from './accounts/user-password.js'
export { isActive } from './accounts/user-state.js'

// Users

export async function getUserByEmail(db: Database, email: string): Promise<User | null> {
  return db.user.findUnique({ where: { email: normalizeEmail(email) } })
}

/**
 * The user with this email and password, when that user may log in. An unknown email, a wrong
 * password, and an unconfirmed, deactivated or passwordless account all give null after the
 * same work, so that nobody learns who has an account here (OWASP ASVS 6.3.8).
 */
export async function getUserByEmailAndPassword(
  db: Database,
  email: string,
  password: string,
): Promise<User | null> {
  const user = await getUserByEmail(db, email)
  const valid = await verifyPassword(password, user?.hashedPassword ?? null)
  if (user === null || !valid || !mayLogIn(user)) return null

  return rehashPassword(db, user, password)
}

// Sessions

/** Somebody who logs in more often than this without logging out loses the oldest sessions. */
export const MOST_SESSIONS = 100

/**
 * A new session: the token for the browser, and the row that stands for it. Null when email or
 * password are no longer those that the user was let in with: they were changed meanwhile, which
 * ended every session, and this one must not be left over (CWE-367).
 */
export async function generateUserSessionToken(
  db: Database,
  { id, email, hashedPassword }: Pick<User, 'id' | 'email' | 'hashedPassword'>,
  authenticatedAt = new Date(),
  device: NotedDevice = {},
): Promise<{ token: string; userToken: UserToken } | null> {
  const { token, hashedToken } = buildToken()

  return inTransaction(db, async (db) => {
    if (!(await lockUser(db, { id, email, hashedPassword }))) return null
    const userToken = await db.userToken.create({
      data: { userId: id, context: 'session', token: hashedToken, authenticatedAt, ...device },
    })
    await deleteOldestSessions(db, { id })

    return { token, userToken }
  })
}

async function deleteOldestSessions(db: Database, { id: userId }: Pick<User, 'id'>): Promise<void> {
  const tooMany = await db.userToken.findMany({
    where: { userId, context: 'session' },
    orderBy: { createdAt: 'desc' },
    skip: MOST_SESSIONS,
    select: { id: true },
  })
  if (tooMany.length === 0) return

  await db.userToken.deleteMany({ where: { id: { in: tooMany.map(({ id }) => id) } } })
}

/** The user of a session token, and the session's row. */
export async function getUserBySessionToken(
  db: Database,
  token: string,
): Promise<{ user: User; userToken: UserToken } | null> {
  const row = await findToken(db, 'session', token)

  return row === null ? null : { user: row.user, userToken: row }
}

/** Ends a session, wherever it is used: its browser is logged out at the next request. */
export async function deleteUserSessionToken(
  db: Database,
  userTokenId: UserToken['id'],
): Promise<void> {
  await db.userToken.deleteMany({ where: { id: userTokenId, context: 'session' } })
}

/** Ends every session of a user: "log out everywhere". */
export async function deleteAllUserSessionTokens(
  db: Database,
  user: Pick<User, 'id'>,
): Promise<void> {
  await db.userToken.deleteMany({ where: { userId: user.id, context: 'session' } })
}

/** Deletes the sessions and links that have expired. They open nothing, but take up room. */
export async function deleteExpiredUserTokens(
  db: Database,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  // One context after the other, oldest first: that is the order of the index.
  const orderBy = { createdAt: 'asc' } as const
  let total = 0

  for (const where of expiredTokens()) {
    total += await deleteInBatches(
      (take) => db.userToken.findMany({ where, take, orderBy, select: { id: true } }),
      (ids) => db.userToken.deleteMany({ where: { id: { in: ids } } }),
      most - total,
    )
  }

  return total
}
