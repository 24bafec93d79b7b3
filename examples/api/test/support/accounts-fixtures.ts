import { randomUUID } from 'node:crypto'

import type { FastifyInstance } from 'fastify'

import type { Database } from '../../src/accounts/database.js'
import { hashPassword } from '../../src/accounts/password.js'
import type { Mail } from '../../src/accounts/user-notifier.js'
import type { TokenContext } from '../../src/accounts/user-token.js'
import * as accounts from '../../src/accounts.js'
import type { Prisma, User } from '../../src/generated/prisma/client.js'
import { Browser, type Response } from './browser.js'

export const validPassword = 'correct staple battery horse'

export function uniqueEmail(): string {
  return `user-${randomUUID()}@example.com`
}

type Overrides = { email?: string; password?: string }

/** What the registration form sends. */
export function validRegistration(overrides: Overrides = {}) {
  return {
    email: uniqueEmail(),
    password: validPassword,
    ...overrides,
  }
}

/** What `registerUser` takes. */
export function validNewUser(overrides: Overrides = {}): accounts.NewUser {
  return {
    email: uniqueEmail(),
    password: validPassword,
    ...overrides,
  }
}

/** Somebody who can log in. */
export async function userFixture(
  db: Database,
  overrides: Partial<Prisma.UserCreateInput> = {},
): Promise<User> {
  await ensureOthers(db)

  return createUser(db, overrides)
}

/** Somebody who has registered, and not opened the link in the mail yet. */
export async function unconfirmedUserFixture(db: Database): Promise<User> {
  return userFixture(db, { confirmedAt: null })
}

/**
 * Somebody who is logged in, and the browser in which. With `fresh: false` the browser was
 * restarted since, and is logged in because it was told to remember.
 */
export async function authenticatedFixture(
  app: FastifyInstance,
  { fresh = true }: { fresh?: boolean } = {},
): Promise<{ user: User; browser: Browser }> {
  const user = await userFixture(app.userAuth.db)
  const browser = new Browser(app)
  await logIn(browser, user, { rememberMe: !fresh })

  if (!fresh) {
    browser.restart()
    await browser.session()
  }

  return { user, browser }
}

/** Logs in with the right password, unless `fields` say otherwise. */
export async function logIn(
  browser: Browser,
  { email }: { email: string },
  fields: object = {},
): Promise<Response> {
  return browser.sendJson('POST', '/users/log-in', { email, password: validPassword, ...fields })
}

/** The mails that were sent to an address, newest first. */
export function mailsTo(app: FastifyInstance, email: string): Mail[] {
  return app.devMailbox?.mails.filter(({ to }) => to === email) ?? []
}

/** The token in the link of a mail. */
export function extractUserToken(mail: Mail | undefined): string {
  const [, token] = /\/([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/.exec(mail?.text ?? '') ?? []
  if (token === undefined) throw new Error('There is no token in this mail')

  return token
}

/** A session of a user, as yet in no browser. */
export async function sessionFixture(db: Database, user: User) {
  const session = await accounts.generateUserSessionToken(db, user)
  if (session === null) throw new Error('This user was changed since it was read')

  return session
}

/** Makes a user's tokens look as if they were made so many milliseconds ago. */
export async function ageTokens(
  db: Database,
  user: Pick<User, 'id'>,
  context: TokenContext,
  age: number,
): Promise<void> {
  const createdAt = new Date(Date.now() - age)

  await db.userToken.updateMany({ where: { userId: user.id, context }, data: { createdAt } })
}

let hashOfValidPassword: Promise<string> | undefined

async function createUser(
  db: Database,
  overrides: Partial<Prisma.UserCreateInput> = {},
): Promise<User> {
  // Made once: a hash takes longer than most of a test.
  hashOfValidPassword ??= hashPassword(validPassword)

  return db.user.create({
    data: {
      email: uniqueEmail(),
      hashedPassword: await hashOfValidPassword,
      confirmedAt: new Date(),
      ...overrides,
    },
  })
}

let others: Promise<unknown> | undefined

// Prisma leaves out a condition whose value is undefined, and then finds the first row there
// is. With a single user in the database, no test would notice.
async function ensureOthers(db: Database): Promise<void> {
  // What the first one starts with may be made with it, and found by the next.
  others ??= createUser(db).then(() => createUser(db))

  await others
}
