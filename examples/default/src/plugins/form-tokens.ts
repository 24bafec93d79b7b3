import { Tokens } from '@fastify/csrf'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Cookies } from './cookies.js'

/**
 * Tokens that a page carries and a request brings back. Each is made from a secret in a cookie
 * and bound to the log-in with a key of the server: one from before the log-in, or of another
 * user, is worthless.
 */
export function createFormTokens({ csrf }: Cookies) {
  return new Tokens({ hmacKey: csrf.key, userInfo: true })
}

/** The token for a form or a script of this visitor. */
export function csrfToken(request: FastifyRequest, reply: FastifyReply): string {
  const { cookies, formTokens } = request.server.userAuth
  const { csrf, options } = cookies

  const known = request.cookies[csrf.name]
  if (known) return formTokens.create(known, logInOf(request))

  const secret = formTokens.secretSync()
  // A second token in the same answer is made from the same secret.
  request.cookies[csrf.name] = secret
  reply.setCookie(csrf.name, secret, options)

  return formTokens.create(secret, logInOf(request))
}

/** The tokens of forms from before a log-in or log-out are worth nothing after it. */
export function forgetForms(request: FastifyRequest, reply: FastifyReply): void {
  const { csrf, options } = request.server.userAuth.cookies

  delete request.cookies[csrf.name]
  reply.clearCookie(csrf.name, options)
}

/** Whether a token was made for this visitor. */
export function isFormToken(request: FastifyRequest, token: string): boolean {
  const { cookies, formTokens } = request.server.userAuth
  const secret = request.cookies[cookies.csrf.name]

  return secret ? formTokens.verify(secret, token, logInOf(request)) : false
}

function logInOf(request: FastifyRequest): string {
  return String(request.currentScope.userTokenId ?? 'anonymous')
}
