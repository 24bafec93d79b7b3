import type { FastifyReply, FastifyRequest } from 'fastify'

import { MINUTE, SECOND } from '../accounts/duration.js'
import { messages } from '../accounts/messages.js'
import type { Scope } from '../accounts/scope.js'
import { refuse, wantsJson } from './answer.js'
import { putFlash } from './flash.js'
import { SIGNED_IN_PATH, safeReturnTo, storeReturnTo } from './return-to.js'

// Hooks that let a request in or answer it: `app.addHook('onRequest', requireAuthenticatedUser)`
// covers the routes of a file, `{ onRequest: requireSudoMode }` one route.

/** How long after proving who one is one may do what needs `requireSudoMode`. */
export const SUDO_MODE_FOR = 10 * MINUTE

// The clocks of two machines differ. A time further ahead is no log-in that really was.
const CLOCKS_DIFFER_BY = 5 * SECOND

/** Lets only those in who are logged in; everybody else may log in and come back. */
export async function requireAuthenticatedUser(request: FastifyRequest, reply: FastifyReply) {
  if (isLetIn(request)) return

  if (!wantsJson(request)) {
    storeReturnTo(request, reply)
    putFlash(request, reply, 'error', messages.logInRequired)

    return reply.code(302).redirect('/users/log-in')
  }

  return refuse(request, reply, 401, messages.logInRequired)
}

/** For pages that make no sense to somebody who is logged in already. */
export async function redirectIfUserIsAuthenticated(request: FastifyRequest, reply: FastifyReply) {
  if (!request.currentScope.isAuthenticated) return
  if (!wantsJson(request)) return reply.code(302).redirect(SIGNED_IN_PATH)

  return refuse(request, reply, 403, messages.alreadyLoggedIn)
}

/** Lets those in who gave the password in this session: being remembered is not enough. */
export async function requireFreshLogin(request: FastifyRequest, reply: FastifyReply) {
  if (!request.currentScope.isAuthenticated) return requireAuthenticatedUser(request, reply)
  if (request.currentScope.loginState === 'FRESH') return

  return askToConfirm(request, reply)
}

/**
 * For what would hurt when somebody else sits down at an open session: the password was given
 * in this session, and not long ago. Being remembered or active does not count.
 */
export async function requireSudoMode(request: FastifyRequest, reply: FastifyReply) {
  if (!request.currentScope.isAuthenticated) return requireAuthenticatedUser(request, reply)
  if (isInSudoMode(request.currentScope)) return

  return askToConfirm(request, reply)
}

// With `loginDisabled`, which only tests may set, the guards let everybody in.
function isLetIn({ currentScope, server }: FastifyRequest): boolean {
  return currentScope.isAuthenticated || server.userAuth.loginDisabled
}

export function isInSudoMode({ isAuthenticated, loginState, authenticatedAt }: Scope): boolean {
  const age = Date.now() - (authenticatedAt?.getTime() ?? 0)
  const isRecent = age >= -CLOCKS_DIFFER_BY && age < SUDO_MODE_FOR

  return isAuthenticated && loginState === 'FRESH' && isRecent
}

/**
 * Lets those in who have every one of these scopes. Others get `statusCode`, and a visitor is sent
 * to `redirect`, a path of this app, to come back from there.
 */
export function requires(
  scopes: string | string[],
  { statusCode = 403, redirect }: { statusCode?: number; redirect?: string } = {},
) {
  return async function requireScopes(request: FastifyRequest, reply: FastifyReply) {
    const { currentScope } = request
    const has = (scope: string) => currentScope.isAuthenticated && currentScope.has(scope)
    if ([scopes].flat().every(has)) return

    // A user who is sent away to log in comes back with the same scopes, and so on for ever.
    if (redirect === undefined || currentScope.isAuthenticated) {
      return refuse(request, reply, statusCode, messages.forbidden)
    }

    return reply.code(303).redirect(redirect + nextQuery(request))
  }
}

function nextQuery(request: FastifyRequest): string {
  const path = request.method === 'GET' ? safeReturnTo(request.raw.url, '') : ''

  return path === '' ? '' : `?${new URLSearchParams({ next: path })}`
}

async function askToConfirm(request: FastifyRequest, reply: FastifyReply) {
  if (!wantsJson(request)) {
    storeReturnTo(request, reply)

    return reply.code(302).redirect('/users/confirm-login')
  }

  return refuse(request, reply, 401, messages.confirmLogIn)
}
