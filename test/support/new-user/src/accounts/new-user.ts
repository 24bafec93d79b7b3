import { type Static, type TObject, Type } from '@fastify/type-provider-typebox'

import type { Prisma } from '../generated/prisma/client.js'
import type { Database } from './database.js'
import { messages } from './messages.js'
import type { FieldErrors } from './user-fields.js'

// What a user of this app needs besides an email and a password.

/** What the registration asks for. */
export const newUserFields = {
  id: Type.String({ minLength: 1, maxLength: 200 }),
}

export type NewUserBody = Static<TObject<typeof newUserFields>>

export type NewUserFields = ReturnType<typeof pickNewUserFields>

/** The fields of a new user among all that was sent. Nothing else gets into the row. */
export function pickNewUserFields(body: NewUserBody) {
  return {
    id: body.id,
  }
}

/**
 * Sentences for values that another user has. Asked before it is known whether the email is free,
 * so that nobody learns that from it. An account that nobody has confirmed may be replaced.
 */
export async function findTakenFields(
  db: Database,
  email: string,
  fields: NewUserFields,
): Promise<FieldErrors> {
  const errors: FieldErrors = {}

  if (
    (await db.user.count({
      where: { id: fields.id, NOT: { email, confirmedAt: null } },
    })) > 0
  ) {
    errors.id = [messages.fieldTaken]
  }

  return errors
}

/**
 * What a new user starts with. Nobody can be asked for it, or may choose it: decide it here, with
 * the database at hand. Until then, nobody can register.
 */
export const newUser: (
  db: Database,
) => Promise<Pick<Prisma.UserUncheckedCreateInput, 'createdAt'>> = async () => {
  throw new Error('Decide the first value of: createdAt')
}
