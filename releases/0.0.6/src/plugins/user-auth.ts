import type { FastifyReply, FastifyRequest } from 'fastify'

import * as accounts from '../accounts.js'
import { MINUTE } from '../accounts/duration.js'
//% if (features.ownSession) {
import { HOUR } from '../accounts/duration.js'
//% }
import { messages } from '../accounts/messages.js'
import { Scope } from '../accounts/scope.js'
import type { User } from '../generated/prisma/client.js'
import { refuse } from './answer.js'
import { forgetForms } from './csrf.js'
import { forgetMe, REMEMBER_ME_REFRESH, readRememberMe, rememberMe } from './remember-me.js'
import { attachLogIn, type LogIn, loadLogIn } from './session.js'
//% if (features.ownSession) {
import { touchSession } from './session-store.js'
//% }
//% if (features.html) {
import { wantsJson } from './answer.js'
import { putFlash } from './flash.js'
import { SIGNED_IN_PATH, storeReturnTo } from './return-to.js'
//% }

declare module 'fastify' {
  interface FastifyRequest {
    currentScope: Scope
  }
}

/** How long after giving the password somebody may do what needs `requireSudoMode`. */
export const SUDO_MODE_FOR = 10 * MINUTE

/** Session values that survive a log-in, a shopping cart perhaps. Most should not. */
export const SESSION_KEYS_TO_KEEP: string[] = []

//% if (features.ownSession) {
// How exact "last seen" is: a write with every request would be the price of more.
const LAST_SEEN_EVERY = HOUR

//% }
export type LogInOptions = {
  rememberMe?: boolean
  /** How long to remember, in milliseconds. */
  rememberMeFor?: number
  /** Lets a deactivated user in, who then is known but not authenticated. */
  force?: boolean
}

/**
 * Logs a user in: a new row in users_tokens, under a new session id. A session id or form from
 * before, which somebody else may have planted, is worthless afterwards (session fixation,
 * OWASP ASVS 7.2.4). Answers whether the user was let in.
 */
export async function logInUser(
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
  options: LogInOptions = {},
): Promise<boolean> {
  const { db } = request.server.userAuth
  if (!(accounts.isActive(user) || options.force)) return false

  assertSecureConnection(request)

  const previous = request.currentScope
  const { token, userToken } = await accounts.generateUserSessionToken(db, user)
  await renewSession(
    request,
    previous.user?.id === user.id ? keysOfTheUser(request) : SESSION_KEYS_TO_KEEP,
  )
  if (previous.userTokenId !== null) await accounts.deleteUserSessionToken(db, previous.userTokenId)

  attachLogIn(request, userToken)
  if (options.force) request.session.userForced = true
  request.currentScope = Scope.forUser(user, {
    userTokenId: userToken.id,
    authenticatedAt: userToken.authenticatedAt,
    remembered: false,
  })

  forgetForms(request, reply)
  forgetMe(request, reply)
  if (options.rememberMe) rememberMe(request, reply, token, options.rememberMeFor)
  request.log.info({ event: 'log-in', userId: user.id, ip: request.ip }, 'logged in')

  return true
}

/**
 * Logs out, on the server too: a copy of the cookies is worthless afterwards. Other devices
 * stay logged in. Does nothing for a visitor.
 */
export async function logOutUser(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { db } = request.server.userAuth
  const { userTokenId, user } = request.currentScope

  if (userTokenId !== null) await accounts.deleteUserSessionToken(db, userTokenId)
  if (user !== null)
    request.log.info({ event: 'log-out', userId: user.id, ip: request.ip }, 'logged out')

  await request.session.destroy()
  request.currentScope = Scope.anonymous()

  //% if (features.ownSession) {
  const { session, options } = request.server.userAuth.cookies
  // A browser only removes a cookie whose attributes are the same as when it was set.
  reply.clearCookie(session.name, options)
  //% }
  forgetForms(request, reply)
  forgetMe(request, reply)
  // Pages of the account may still be in the browser's cache (OWASP ASVS 14.3.1).
  reply.header('clear-site-data', '"cache", "storage"')
}

/** Gives the session a new id, and drops what is in it but for the keys to keep. */
export async function renewSession(
  request: FastifyRequest,
  keep = SESSION_KEYS_TO_KEEP,
): Promise<void> {
  await request.session.regenerate(keep)
}

/** Finds out who is asking, before anything else looks at the request. */
export async function fetchCurrentScope(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const logIn = await loadLogIn(request)
  request.currentScope = logIn === null ? Scope.anonymous() : scopeOf(request, logIn)

  if (request.currentScope.userTokenId === null) {
    await logInFromRememberMe(request, reply)
    return
  }
  //% if (features.ownSession) {

  await markAsSeen(request)
  //% }
}

/** Lets only those in who are logged in; everybody else may log in and come back. */
export async function requireAuthenticatedUser(request: FastifyRequest, reply: FastifyReply) {
  if (request.currentScope.isAuthenticated) return
  //% if (features.html) {

  if (!wantsJson(request)) {
    storeReturnTo(request, reply)
    putFlash(request, reply, 'error', messages.logInRequired)

    return reply.redirect('/users/log-in', 302)
  }
  //% }

  return refuse(request, reply, 401, messages.logInRequired)
}

/** For pages that make no sense to somebody who is logged in already. */
export async function redirectIfUserIsAuthenticated(request: FastifyRequest, reply: FastifyReply) {
  if (!request.currentScope.isAuthenticated) return
  //% if (features.html) {
  if (!wantsJson(request)) return reply.redirect(SIGNED_IN_PATH, 302)
  //% }

  return refuse(request, reply, 403, messages.alreadyLoggedIn)
}

/**
 * For what would hurt when somebody else sits down at an open session: the password was given
 * in this session, and not long ago. Being remembered or active does not count.
 */
export async function requireSudoMode(request: FastifyRequest, reply: FastifyReply) {
  const { isAuthenticated, loginState, authenticatedAt } = request.currentScope
  if (!isAuthenticated) return requireAuthenticatedUser(request, reply)

  const age = Date.now() - (authenticatedAt?.getTime() ?? 0)
  if (loginState === 'FRESH' && age >= -MINUTE && age < SUDO_MODE_FOR) return

  return refuse(request, reply, 403, messages.logInAgain)
}

function scopeOf({ session }: FastifyRequest, logIn: LogIn): Scope {
  const { user, userTokenId, authenticatedAt } = logIn
  if (user === null || userTokenId === null) return Scope.anonymous()
  // Deactivated while logged in: out at the next request.
  if (!(accounts.isActive(user) || session.userForced)) return Scope.anonymous()

  return Scope.forUser(user, {
    userTokenId,
    authenticatedAt,
    remembered: session.userRemembered ?? false,
  })
}
//% if (features.ownSession) {

async function markAsSeen(request: FastifyRequest): Promise<void> {
  const { loaded, sessionId } = request.session
  if (!loaded || Date.now() - loaded.lastSeenAt.getTime() < LAST_SEEN_EVERY) return

  await touchSession(request.server.userAuth.db, sessionId)
}
//% }

// The remember-me cookie opens a new session when the browser has lost the old one. The
// password was not given in it: it is REMEMBERED, and never in sudo mode.
async function logInFromRememberMe(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { db } = request.server.userAuth
  const token = readRememberMe(request)
  if (token === null) return

  const session = await accounts.getUserBySessionToken(db, token)
  if (session === null || !accounts.isActive(session.user)) {
    forgetMe(request, reply)
    return
  }

  const { user, userToken } = session
  // Somebody else may have planted the session that is here, so the log-in gets a new one.
  await renewSession(request)
  attachLogIn(request, userToken)
  request.session.userRemembered = true
  request.currentScope = Scope.forUser(user, {
    userTokenId: userToken.id,
    authenticatedAt: userToken.authenticatedAt,
    remembered: true,
  })

  if (REMEMBER_ME_REFRESH) rememberMe(request, reply, token)
}

// A browser would drop the cookie without a word, and the log-in would seem to do nothing.
function assertSecureConnection(request: FastifyRequest): void {
  const { cookies } = request.server.userAuth
  if (!cookies.options.secure || request.protocol === 'https') return

  request.log.error('A log-in came over http. Behind a proxy that ends TLS, set TRUST_PROXY.')
  throw new InsecureConnection(messages.insecureConnection)
}

class InsecureConnection extends Error {
  override readonly name = 'InsecureConnection'
  readonly statusCode = 400
}

// How somebody had logged in before says nothing about the log-in of now.
const KEYS_OF_THE_LOG_IN = new Set([
  'cookie',
  'loaded',
  'userTokenId',
  'userTokenHash',
  'userRemembered',
  'userForced',
])

function keysOfTheUser({ session }: FastifyRequest): string[] {
  return Object.keys(session).filter((key) => !KEYS_OF_THE_LOG_IN.has(key))
}
