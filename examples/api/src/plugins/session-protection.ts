import { createHash } from 'node:crypto'

import type { FastifyRequest } from 'fastify'

import { networkOf } from './ip-address.js'

declare module 'fastify' {
  interface Session {
    /** Where the log-in was made: a hash of the user agent and the network. */
    userBrowser?: string
  }
}

/**
 * What happens when a session is used by another browser, or from another network, than the one
 * that logged in: nothing; the password has to be given again before anything that hurts; or
 * the session ends. People change networks, so `strong` is for apps where that is worth it.
 */
export type SessionProtection = 'off' | 'basic' | 'strong'

export const SESSION_PROTECTION: SessionProtection = 'basic'

/** Notes which browser logged in, and from where. */
export function noteBrowser(request: FastifyRequest): void {
  request.session.userBrowser = browserOf(request)
}

/** Whether the session is used elsewhere than where it was opened. */
export function hasMoved(request: FastifyRequest): boolean {
  const { session, server } = request
  if (server.userAuth.sessionProtection === 'off' || session.userBrowser === undefined) return false

  return session.userBrowser !== browserOf(request)
}

// The network and not the address: the last part of it changes on its own.
function browserOf({ ip, headers }: FastifyRequest): string {
  const network = networkOf(ip).replace(/\.\d+$/, '')

  return createHash('sha256').update(`${network} ${headers['user-agent']}`).digest('base64url')
}
