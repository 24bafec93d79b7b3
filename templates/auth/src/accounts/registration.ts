import { createHash } from 'node:crypto'

import type { Prisma, User } from '../generated/prisma/client.js'
import { type Database, isUniqueViolation } from './database.js'
import { normalizeEmail } from './email.js'
//% if (features.requiredFields) {
import type { NewUserFields } from './new-user.js'
//% }
//% if (features.decidedFields) {
import { newUser } from './new-user.js'
//% }
import { hashPassword, NO_PASSWORD } from './password.js'
import type { Deliver } from './user-notifier.js'
import * as notifier from './user-notifier.js'

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
    //% if (features.decidedFields) {
    ...(await newUser(db)),
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

    //% if (features.uniqueFields) {
    if ((await db.user.count({ where: { email } })) === 0) throw new FieldTaken()

    //% }
    return db.user.findUniqueOrThrow({ where: { email } })
  }
}
//% if (features.uniqueFields) {

/** Somebody took a value at the same moment that one user alone may have. */
export class FieldTaken extends Error {
  override readonly name = 'FieldTaken'
  readonly statusCode = 422
}
//% }

/** Tells the owner of an account that somebody tried to register with its address. */
export function deliverAlreadyRegisteredNotice(
  user: User,
  deliver: Deliver,
  logInUrl: string,
): void {
  deliver(notifier.alreadyRegisteredNotice(user.email, logInUrl))
}

/** Whether the password of this user was chosen by whoever holds the proof. */
export function isOwnChoice(user: User, proof: string | undefined): boolean {
  return user.hashedPassword !== NO_PASSWORD && proof === proveChoice(user.hashedPassword)
}

// A digest of the hash, which holds a random salt: it can be shown to the browser that chose
// the password, and nobody else can come by it.
function proveChoice(hashedPassword: string): string {
  return createHash('sha256').update(hashedPassword).digest('base64url')
}
