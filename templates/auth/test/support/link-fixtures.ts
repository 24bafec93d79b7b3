import type { FastifyInstance } from 'fastify'

import * as accounts from '../../src/accounts.js'
import type { Database } from '../../src/accounts/database.js'
import type { Deliver, Mail } from '../../src/accounts/user-notifier.js'
import type { TokenContext } from '../../src/accounts/user-token.js'
import type { User } from '../../src/generated/prisma/client.js'
import { extractUserToken, userFixture } from './accounts-fixtures.js'
//% if (features.emailChange) {
import { logIn, uniqueEmail } from './accounts-fixtures.js'
//% }
import { Browser } from './browser.js'

type UrlOf = (token: string) => string

/** The token in the link of the newest mail that is sent. */
async function mailedToken(send: (deliver: Deliver, urlOf: UrlOf) => Promise<void>) {
  const mails: Mail[] = []
  await send(
    (mail) => mails.unshift(mail),
    (token) => `http://app.test/${token}`,
  )

  return extractUserToken(mails[0])
}

/** A token as it is in the link of a confirmation mail. */
export async function confirmationTokenFixture(db: Database, user: User): Promise<string> {
  return mailedToken((deliver, urlOf) =>
    accounts.deliverUserConfirmationInstructions(db, user, deliver, urlOf),
  )
}
//% if (features.resetPassword) {

export async function resetPasswordTokenFixture(db: Database, user: User): Promise<string> {
  return mailedToken((deliver, urlOf) =>
    accounts.deliverUserResetPasswordInstructions(db, user, deliver, urlOf),
  )
}
//% }
//% if (features.magicLink) {

export async function magicLinkTokenFixture(db: Database, user: User): Promise<string> {
  return mailedToken((deliver, urlOf) =>
    accounts.deliverUserMagicLinkInstructions(db, user, deliver, urlOf),
  )
}
//% }
//% if (features.emailChange) {

export async function emailChangeTokenFixture(
  db: Database,
  user: User,
  newEmail = uniqueEmail(),
): Promise<string> {
  return mailedToken((deliver, confirmUrl) =>
    accounts.deliverUserUpdateEmailInstructions(db, user, newEmail, deliver, {
      confirmUrl,
      logInUrl: 'http://app.test',
    }),
  )
}
//% }

/** A kind of link: what it is for, where it leads, and who can use it how. */
export type LinkKind = {
  context: TokenContext
  path: string
  validForMinutes: number
  makeUser: (db: Database) => Promise<User>
  makeToken: (db: Database, user: User) => Promise<string>
  /** The browser in which it works. */
  open: (app: FastifyInstance, user: User) => Promise<Browser>
  payload: object
}

export const LINK_KINDS: LinkKind[] = [
  {
    context: 'confirm',
    path: '/users/confirm',
    validForMinutes: 7 * 24 * 60,
    makeUser: (db) => userFixture(db, { confirmedAt: null }),
    makeToken: confirmationTokenFixture,
    open: openAsVisitor,
    payload: { password: 'seven green umbrellas dance' },
  },
  //% if (features.resetPassword) {
  {
    context: 'reset',
    path: '/users/reset-password',
    validForMinutes: 60,
    makeUser: userFixture,
    makeToken: resetPasswordTokenFixture,
    open: openAsVisitor,
    payload: { password: 'seven green umbrellas dance' },
  },
  //% }
  //% if (features.magicLink) {
  {
    context: 'magic-link',
    path: '/users/log-in/link',
    validForMinutes: 10,
    makeUser: userFixture,
    makeToken: magicLinkTokenFixture,
    open: openAsVisitor,
    payload: {},
  },
  //% }
  //% if (features.emailChange) {
  {
    context: 'change-email',
    path: '/users/settings/email',
    validForMinutes: 24 * 60,
    makeUser: userFixture,
    makeToken: emailChangeTokenFixture,
    open: openAsOwner,
    payload: {},
  },
  //% }
]

async function openAsVisitor(app: FastifyInstance): Promise<Browser> {
  return new Browser(app)
}
//% if (features.emailChange) {

async function openAsOwner(app: FastifyInstance, user: User): Promise<Browser> {
  const browser = new Browser(app)
  await logIn(browser, user)

  return browser
}
//% }

/** What makes two recipients of one address somewhere, or is no text at all. */
export function notOneAddress(email: string): unknown[] {
  return [
    '',
    'ada',
    `${email},eve@example.com`,
    `${email} eve@example.com`,
    `${email}\r\nbcc: eve@example.com`,
    `Ada <${email}>`,
    `friends: ${email};`,
    `"${email}"@example.com`,
    `${'a'.repeat(300)}@example.com`,
    [email],
    { contains: '' },
    null,
    1,
  ]
}
