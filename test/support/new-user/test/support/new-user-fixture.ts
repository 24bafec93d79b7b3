import type { NewUserFields } from '../../src/accounts/new-user.js'

/** What a user of this app needs besides an email and a password. */
export const newUserFixture: NewUserFields = {
  name: 'Test name',
}
