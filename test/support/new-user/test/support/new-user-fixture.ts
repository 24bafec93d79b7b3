import { randomUUID } from 'node:crypto'

import type { NewUserBody } from '../../src/accounts/new-user.js'

/** What a user of this app needs besides an email and a password, as a form sends it. */
export function newUserFixture(): {
  [Name in keyof NewUserBody]-?: NewUserBody[Name] & string
} {
  return {
    id: randomUUID(),
  }
}
