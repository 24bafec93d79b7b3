import { hkdfSync } from 'node:crypto'

import { Signer } from '@fastify/cookie'
import type { CookieSerializeOptions } from '@fastify/cookie'

import type { AuthConfig } from '../accounts/auth-config.js'

/** The cookies of the log-in: their names, their attributes, and a key of its own for each. */
export type Cookies = ReturnType<typeof buildCookies>

export function buildCookies({ production, cookieDomain, secrets }: AuthConfig) {
  // The __Host- prefix makes browsers refuse the cookie unless it is Secure, has Path=/ and no
  // Domain, so a sub-domain cannot set it. It needs https, which development has not.
  const prefix = production ? (cookieDomain ? '__Secure-' : '__Host-') : ''

  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: production,
    ...(cookieDomain ? { domain: cookieDomain } : {}),
  } satisfies CookieSerializeOptions

  return {
    options,
    //% if (features.ownSession) {
    session: { name: `${prefix}session`, signer: signerFor('session', secrets) },
    //% }
    remember: { name: `${prefix}user_remember_me`, signer: signerFor('user_remember_me', secrets) },
    flash: { name: `${prefix}user_flash`, signer: signerFor('user_flash', secrets) },
    csrf: { name: `${prefix}user_csrf`, key: keyFor('cookie:user_csrf', secrets[0] ?? '') },
  }
}

// A signature says nothing of the cookie it was made for: with one key for all, the value of
// one cookie is valid in another. So every purpose has a key of its own.
function signerFor(purpose: string, secrets: string[]) {
  return new Signer(secrets.map((secret) => keyFor(`cookie:${purpose}`, secret)))
}

/** A key for one purpose, made from a secret. */
export function keyFor(purpose: string, secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
}
