import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'

import { messages } from '../accounts/messages.js'
import { parseUrl } from '../accounts/parse-url.js'
import { refuse } from './answer.js'
import { isFormToken } from './form-tokens.js'
import { readField } from './request-body.js'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

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
  const token = readField(request.body, '_csrf') ?? request.headers['x-csrf-token']

  return typeof token === 'string' && isFormToken(request, token)
}

// The second line of defence: browsers say where a request comes from, and a page cannot
// make them lie about it.
function isCrossSite({ headers, server }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'

  const { origin } = headers
  // Pages without a referrer send "null".
  if (origin === undefined || origin === 'null') return false
  // A proxy may have put another name into the Host header.
  if (origin === server.userAuth.config.origin) return false

  const theirs = parseUrl(origin)
  if (theirs === null) return true

  // Parsed with the same scheme, so that a port that goes without saying is left out of both.
  // Not X-Forwarded-Host: it counts from anybody in Fastify before 5.8.3 (CVE-2026-3635).
  const ours = parseUrl(`${theirs.protocol}//${headers.host ?? headers[':authority']}`)

  return ours?.host !== theirs.host
}
