import type { User } from '../generated/prisma/client.js'

/** Whether an account may be used at all. Add your own conditions here. */
export function isActive(user: Pick<User, 'deactivatedAt'>): boolean {
  return user.deactivatedAt === null
}

/** Whether a password may log this user in. A link from the mailbox proves the address itself. */
export function mayLogIn(user: User): boolean {
  return isActive(user) && user.confirmedAt !== null
}
