import type { FastifyReply, FastifyRequest } from 'fastify'

import { HOUR } from '../accounts/duration.js'
import { messages } from '../accounts/messages.js'
import { Scope } from '../accounts/scope.js'
import { isActive } from '../accounts/user-state.js'
import * as accounts from '../accounts.js'
import type { User, UserToken } from '../generated/prisma/client.js'
import { checkAfterPassword } from '../routes/users/log-in-guards.js'
import { deviceOf, noteDevice } from './devices.js'
import { forgetForms } from './form-tokens.js'
import { forgetMe, REMEMBER_ME_REFRESH, readRememberMe, rememberMe } from './remember-me.js'
import { attachLogIn, type LogIn, loadLogIn } from './session.js'
import { hasMoved, noteBrowser } from './session-protection.js'
import { touchSession } from './session-store.js'

export {
  redirectIfUserIsAuthenticated,
  requireAuthenticatedUser,
  requireFreshLogin,
  requireSudoMode,
  requires,
} from './guards.js'

declare module 'fastify' {
  interface FastifyRequest {
    currentScope: Scope
  }
}

/** Session values that survive a log-in, a shopping cart perhaps. Most should not. */
export const SESSION_KEYS_TO_KEEP: string[] = []

// How exact "last seen" is: a write with every request would be the price of more.
const LAST_SEEN_EVERY = HOUR

export type LogInOptions = {
  rememberMe?: boolean
  /** How long to remember, in milliseconds. */
  rememberMeFor?: number
  /** Lets a deactivated user in, who then is known but not authenticated. */
  force?: boolean
  /** When the user proved to be who they are, if that was not just now. */
  authenticatedAt?: Date | null
}

/**
 * Logs a user in: a new row in users_tokens, under a new session id. A session id or form from
 * before, which somebody else may have planted, is worthless afterwards (session fixation,
 * OWASP ASVS 7.2.4). Answers whether the user was let in: not when deactivated, and not when
 * email or password were changed since the user was read.
 */
export async function logInUser(
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
  options: LogInOptions = {},
): Promise<boolean> {
  const { db } = request.server.userAuth
  if (!(isActive(user) || options.force)) return false

  assertSecureConnection(request)
  await checkAfterPassword(request, user)

  const authenticatedAt = options.authenticatedAt ?? new Date()
  const device = deviceOf(request)
  const created = await accounts.generateUserSessionToken(db, user, authenticatedAt, device)
  if (created === null) return false

  const { token, userToken } = created
  const previous = request.currentScope
  await renewSession(
    request,
    previous.user?.id === user.id ? keysOfTheUser(request) : SESSION_KEYS_TO_KEEP,
  )
  if (previous.userTokenId !== null) await accounts.deleteUserSessionToken(db, previous.userTokenId)

  attachLogIn(request, userToken)
  noteBrowser(request)
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

  const { session, options } = request.server.userAuth.cookies
  // A browser only removes a cookie whose attributes are the same as when it was set.
  reply.clearCookie(session.name, options)
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
  const { session } = request

  // Before version 11.1.3, regenerate leaves in the store what the old id opens.
  await session.destroy()
  await session.regenerate(keep)
}

/** Finds out who is asking, before anything else looks at the request. */
export async function fetchCurrentScope(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const logIn = await loadLogIn(request)
  if (logIn?.userTokenId && hasMoved(request)) {
    if (request.server.userAuth.sessionProtection === 'strong') {
      return endMovedSession(request, reply, logIn.userTokenId)
    }
    request.session.userRemembered = true
  }
  request.currentScope = logIn === null ? Scope.anonymous() : scopeOf(request, logIn)

  if (request.currentScope.userTokenId === null) {
    await logInFromRememberMe(request, reply)
    return
  }

  await markAsSeen(request)
}

function scopeOf({ session }: FastifyRequest, logIn: LogIn): Scope {
  const { user, userTokenId, authenticatedAt } = logIn
  if (user === null || userTokenId === null) return Scope.anonymous()
  // Deactivated while logged in: out at the next request.
  if (!(isActive(user) || session.userForced)) return Scope.anonymous()

  return Scope.forUser(user, {
    userTokenId,
    authenticatedAt,
    remembered: session.userRemembered ?? false,
  })
}

async function markAsSeen(request: FastifyRequest): Promise<void> {
  const { loaded, sessionId } = request.session
  if (!loaded || Date.now() - loaded.lastSeenAt.getTime() < LAST_SEEN_EVERY) return

  await touchSession(request.server.userAuth.db, sessionId)
  if (loaded.userTokenId !== null) await noteDevice(request, loaded.userTokenId)
}

// Somebody else may have the cookies now, so neither of them is worth anything from here on.
async function endMovedSession(
  request: FastifyRequest,
  reply: FastifyReply,
  userTokenId: UserToken['id'],
): Promise<void> {
  request.log.warn({ event: 'session moved', userTokenId, ip: request.ip }, 'session ended')
  await accounts.deleteUserSessionToken(request.server.userAuth.db, userTokenId)
  await renewSession(request)

  request.currentScope = Scope.anonymous()
  forgetForms(request, reply)
  forgetMe(request, reply)
}

// The remember-me cookie opens a new session when the browser has lost the old one. The
// password was not given in it: it is REMEMBERED, and never in sudo mode.
async function logInFromRememberMe(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { db } = request.server.userAuth
  const token = readRememberMe(request)
  if (token === null) return

  const session = await accounts.getUserBySessionToken(db, token)
  if (session === null || !isActive(session.user)) {
    forgetMe(request, reply)
    return
  }

  const { user, userToken } = session
  // Somebody else may have planted the session that is here, so the log-in gets a new one.
  await renewSession(request)
  attachLogIn(request, userToken)
  noteBrowser(request)
  await noteDevice(request, userToken.id)
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
  'userBrowser',
  'userRemembered',
  'userForced',
])

function keysOfTheUser({ session }: FastifyRequest): string[] {
  return Object.keys(session).filter((key) => !KEYS_OF_THE_LOG_IN.has(key))
}
