import { type Static, Type } from '@fastify/type-provider-typebox'

// What a user of this app needs besides an email and a password. The registration asks for it.

export const newUserFields = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
}

export type NewUserFields = {
  [Name in keyof typeof newUserFields]: Static<(typeof newUserFields)[Name]>
}

/** The fields of a new user among all that was sent. Nothing else gets into the row. */
export function pickNewUserFields(body: NewUserFields): NewUserFields {
  return {
    name: body.name,
  }
}
