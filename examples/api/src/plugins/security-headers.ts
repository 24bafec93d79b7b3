import fp from 'fastify-plugin'

import { DAY, SECOND } from '../accounts/duration.js'

const STRICT_HEADERS = {
  // No script runs on these pages, so none that was smuggled in does either.
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // The address of a page can hold a token: it is told to nobody.
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // What a logged-in user sees must not be in a cache when the next one comes.
  'cache-control': 'no-store',
}

const HSTS = {
  'strict-transport-security': `max-age=${(365 * DAY) / SECOND}; includeSubDomains`,
}

/** The headers of every answer, one that no route gives included. */
export function strictHeaders(production: boolean): Record<string, string> {
  return production ? { ...STRICT_HEADERS, ...HSTS } : STRICT_HEADERS
}

/** Tells the browser to be strict. Answers keep headers that they set themselves. */
export default fp<{ production: boolean }>(
  async function securityHeaders(app, { production }) {
    app.addHook('onRequest', async (_request, reply) => {
      reply.headers(strictHeaders(production))
    })
  },
  { name: 'user-security-headers' },
)
