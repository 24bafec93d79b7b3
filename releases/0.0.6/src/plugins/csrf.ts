import { Tokens } from '@fastify/csrf'
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'

import { messages } from '../accounts/messages.js'
import { refuse } from './answer.js'
import type { Cookies } from './cookies.js'
import { readField } from './request-body.js'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

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

/**
 * Another site can make a browser send a form here, with our cookies. So a request that
 * changes something needs a token which only our own pages know, before the log-in too. For
 * routes of your own: `app.addHook('preValidation', protectFromForgery)`.
 */
export function protectFromForgery(
  request: FastifyRequest,
  reply: FastifyReply,
  done: HookHandlerDoneFunction,
): void {
  const isSafe = SAFE_METHODS.has(request.method)

  if (isSafe || (!isCrossSite(request) && hasValidToken(request))) {
    done()
    return
  }

  refuse(request, reply, 403, messages.formExpired)
}

function hasValidToken(request: FastifyRequest): boolean {
  const { cookies, formTokens } = request.server.userAuth
  const secret = request.cookies[cookies.csrf.name]
  const token = readField(request.body, '_csrf') ?? request.headers['x-csrf-token']
  if (!secret || typeof token !== 'string') return false

  return formTokens.verify(secret, token, logInOf(request))
}

function logInOf(request: FastifyRequest): string {
  return String(request.currentScope.userTokenId ?? 'anonymous')
}

// The second line of defence: browsers say where a request comes from, and a page cannot
// make them lie about it.
function isCrossSite({ headers, host, server }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'

  const { origin } = headers
  // Pages without a referrer send "null".
  if (origin === undefined || origin === 'null') return false
  // A proxy may have put another name into the Host header.
  if (origin === server.userAuth.config.origin) return false

  if (!URL.canParse(origin)) return true

  // Parsed with the same scheme, so that a port that goes without saying is left out of both.
  const { protocol, host: theirs } = new URL(origin)
  const ours = `${protocol}//${host}`

  return !URL.canParse(ours) || new URL(ours).host !== theirs
}
