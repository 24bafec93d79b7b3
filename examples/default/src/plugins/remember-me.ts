import type { FastifyReply, FastifyRequest } from 'fastify'

import { DAY, SECOND } from '../accounts/duration.js'
import { SESSION_VALID_FOR } from '../accounts/user-token.js'

/** How long the remember-me cookie stays in the browser. The server counts on its own. */
export const REMEMBER_ME_FOR = 60 * DAY

/** Send the cookie anew with each request that carried it, so that it ages from the last one. */
export const REMEMBER_ME_REFRESH = false

/** Gives the browser the token of its log-in, for when it has lost the session. */
export function rememberMe(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  duration = REMEMBER_ME_FOR,
): void {
  const { remember, options } = request.server.userAuth.cookies
  const maxAge = Math.floor(Math.min(duration, SESSION_VALID_FOR) / SECOND)

  reply.setCookie(remember.name, remember.signer.sign(token), { ...options, maxAge })
}

/** The token that the browser brought back, when it is one that this app gave away. */
export function readRememberMe(request: FastifyRequest): string | null {
  const { remember } = request.server.userAuth.cookies
  const cookie = request.cookies[remember.name]

  return cookie ? remember.signer.unsign(cookie).value : null
}

/** Whether this browser is to stay logged in, as whoever is logged in to it once said. */
export function isRemembered(request: FastifyRequest): boolean {
  return request.currentScope.isAuthenticated && readRememberMe(request) !== null
}

export function forgetMe(request: FastifyRequest, reply: FastifyReply): void {
  const { remember, options } = request.server.userAuth.cookies

  if (request.cookies[remember.name]) reply.clearCookie(remember.name, options)
}
