import { createHash } from 'node:crypto'

import { type Database, inTransaction, isUniqueViolation } from './accounts/database.js'
import { normalizeEmail } from './accounts/email.js'
//% if (features.requiredFields) {
import type { NewUserFields } from './accounts/new-user.js'
//% }
import { hashPassword, needsRehash, verifyPassword } from './accounts/password.js'
import type { Mail } from './accounts/user-notifier.js'
import * as notifier from './accounts/user-notifier.js'
import { buildToken, consumeToken, expiredTokens, findToken } from './accounts/user-token.js'
import type { Prisma, User, UserToken } from './generated/prisma/client.js'

// The accounts of this app: all that the rest of it may call. It knows the database and
// nothing of HTTP, so it works the same in a route, a script and a test.

export type Deliver = (mail: Mail) => void

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
  if (needsRehash(user.hashedPassword ?? '')) await rehashPassword(db, user, password)

  return user
}

/** Whether an account may be used at all. Add your own conditions here. */
export function isActive(user: Pick<User, 'deactivatedAt'>): boolean {
  return user.deactivatedAt === null
}

function mayLogIn(user: User): boolean {
  return isActive(user) && user.confirmedAt !== null
}

// Registration

export type NewUser = {
  email: string
  password: string
  //% if (features.requiredFields) {
  fields: NewUserFields
  //% }
}

export type Registration = {
  user: User
  /** Whether the email belongs to a confirmed account, which is then left as it was. */
  taken: boolean
  /** Proof, for the browser that registered, that this password was chosen in it. */
  proof: string
}

/**
 * Registers a user who still has to confirm the address. Until then the account belongs to
 * nobody: registering again replaces the password.
 */
export async function registerUser(db: Database, attributes: NewUser): Promise<Registration> {
  const email = normalizeEmail(attributes.email)
  // Before it is known whether the address is free: both answers take as long.
  const hashedPassword = await hashPassword(attributes.password)
  const proof = proveChoice(hashedPassword)

  const user = await findOrCreateUser(db, {
    email,
    hashedPassword,
    //% if (features.requiredFields) {
    ...attributes.fields,
    //% }
  })
  const { count } = await db.user.updateMany({
    where: { id: user.id, confirmedAt: null },
    data: { hashedPassword },
  })

  return { user, taken: count === 0, proof }
}

async function findOrCreateUser(db: Database, data: Prisma.UserCreateInput): Promise<User> {
  const { email } = data
  const user = await db.user.findUnique({ where: { email } })
  if (user !== null) return user

  try {
    return await db.user.create({ data })
  } catch (error) {
    // Somebody registered the same address at the same moment.
    if (!isUniqueViolation(error)) throw error

    return db.user.findUniqueOrThrow({ where: { email } })
  }
}

/** Mails the link that proves the mailbox. It replaces every such link that was sent before. */
export async function deliverUserConfirmationInstructions(
  db: Database,
  user: User,
  deliver: Deliver,
  urlOf: (token: string) => string,
): Promise<void> {
  const { token, hashedToken } = buildToken()

  await inTransaction(db, async (db) => {
    await db.userToken.deleteMany({ where: { userId: user.id, context: 'confirm' } })
    await db.userToken.create({
      data: { userId: user.id, context: 'confirm', token: hashedToken, sentTo: user.email },
    })
  })

  deliver(notifier.confirmationInstructions(user.email, urlOf(token)))
}

/** Tells the owner of an account that somebody tried to register with its address. */
export function deliverAlreadyRegisteredNotice(
  user: User,
  deliver: Deliver,
  logInUrl: string,
): void {
  deliver(notifier.alreadyRegisteredNotice(user.email, logInUrl))
}

/** The user whom a confirmation link would confirm. Looking does not use it up. */
export async function getUserByConfirmationToken(
  db: Database,
  token: string,
): Promise<User | null> {
  const row = await findToken(db, 'confirm', token)

  return row === null || row.user.confirmedAt !== null ? null : row.user
}

/** Whether the password of this user was chosen by whoever holds the proof. */
export function isOwnChoice(user: User, proof: string | undefined): boolean {
  return user.hashedPassword !== null && proof === proveChoice(user.hashedPassword)
}

/**
 * Confirms the account of a link that was mailed, once. The mailbox is proved by this and by
 * nothing before it, so nothing from before survives: somebody else may have registered with
 * this address, to be let in when its owner confirms (account pre-hijacking, USENIX Security
 * 2022). A password stays when `proof` shows that the browser which confirms chose it;
 * `newPassword` replaces it.
 */
export async function confirmUser(
  db: Database,
  token: string,
  { proof, newPassword }: { proof?: string | undefined; newPassword?: string | undefined },
): Promise<User | null> {
  const newHash = newPassword === undefined ? null : await hashPassword(newPassword)

  return inTransaction(db, async (db) => {
    const user = await consumeToken(db, 'confirm', token)
    // A link that was mailed while another one confirmed is not a way to replace the password.
    if (user === null || user.confirmedAt !== null) return null

    const ownHash = isOwnChoice(user, proof) ? user.hashedPassword : null
    await db.userToken.deleteMany({ where: { userId: user.id } })

    return db.user.update({
      where: { id: user.id },
      data: { confirmedAt: new Date(), hashedPassword: newHash ?? ownHash },
    })
  })
}

// Sessions

/** A new session: the token for the browser, and the row that stands for it. */
export async function generateUserSessionToken(
  db: Database,
  user: Pick<User, 'id'>,
): Promise<{ token: string; userToken: UserToken }> {
  const { token, hashedToken } = buildToken()
  const userToken = await db.userToken.create({
    data: { userId: user.id, context: 'session', token: hashedToken, authenticatedAt: new Date() },
  })

  return { token, userToken }
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
export async function deleteExpiredUserTokens(db: Database): Promise<void> {
  await db.userToken.deleteMany({ where: { OR: expiredTokens() } })
}

// Passwords

/** Sets a new password and ends every session and link of the user that the old one allowed. */
export async function updateUserPassword(
  db: Database,
  user: Pick<User, 'id'>,
  password: string,
): Promise<User> {
  const hashedPassword = await hashPassword(password)

  return inTransaction(db, async (db) => {
    await db.userToken.deleteMany({ where: { userId: user.id } })

    return db.user.update({ where: { id: user.id }, data: { hashedPassword } })
  })
}

async function rehashPassword(db: Database, user: User, password: string): Promise<void> {
  const hashedPassword = await hashPassword(password)

  // Only over the hash that was verified: the password may have been changed meanwhile.
  await db.user.updateMany({
    where: { id: user.id, hashedPassword: user.hashedPassword },
    data: { hashedPassword },
  })
}

// A digest of the hash, which holds a random salt: it can be shown to the browser that chose
// the password, and nobody else can come by it.
function proveChoice(hashedPassword: string): string {
  return createHash('sha256').update(hashedPassword).digest('base64url')
}
