import fastifyRateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

import { HOUR, MINUTE, SECOND } from '../accounts/duration.js'
import { normalizeEmail } from '../accounts/email.js'
import { messages } from '../accounts/messages.js'
import { refuse } from './answer.js'
import { Attempts, attemptStore } from './attempts.js'
import { readField } from './request-body.js'

/** How often, before an attacker could guess or a mailbox would fill. */
export const LIMITS = {
  logInByAddress: { max: 100, timeWindow: 15 * MINUTE },
  logInByAccount: { max: 10, timeWindow: 15 * MINUTE },
  registerByAddress: { max: 100, timeWindow: HOUR },
  mailByAddress: { max: 100, timeWindow: HOUR },
  mailByAccount: { max: 5, timeWindow: HOUR },
}

export type LimitName = keyof typeof LIMITS

type Limiter = ReturnType<FastifyInstance['createRateLimit']>

declare module 'fastify' {
  interface FastifyInstance {
    userLimits: { limiters: Record<LimitName, Limiter>; attempts: Attempts }
  }
}

/** Counts attempts in the memory of this process. */
export default fp(
  async function limits(app) {
    const attempts = new Attempts()
    await app.register(fastifyRateLimit, { global: false, store: attemptStore(attempts) })

    app.decorate('userLimits', {
      attempts,
      limiters: {
        logInByAddress: byAddress('logInByAddress'),
        logInByAccount: byAccount('logInByAccount'),
        registerByAddress: byAddress('registerByAddress'),
        mailByAddress: byAddress('mailByAddress'),
        mailByAccount: byAccount('mailByAccount'),
      },
    })

    function byAddress(name: LimitName): Limiter {
      return app.createRateLimit({
        ...LIMITS[name],
        keyGenerator: (request) => `${name} ${addressOf(request)}`,
      })
    }

    function byAccount(name: LimitName): Limiter {
      return app.createRateLimit({
        ...LIMITS[name],
        keyGenerator: (request) => `${name} ${emailOf(request)}`,
      })
    }
  },
  { name: 'user-limits' },
)

/** Counts an attempt. Null when it may be made, otherwise the seconds until it may. */
export async function countAttempt(
  request: FastifyRequest,
  name: LimitName,
): Promise<number | null> {
  const limit = await request.server.userLimits.limiters[name](request)
  if (limit.isAllowed || !limit.isExceeded) return null

  return Math.max(1, Math.ceil(limit.ttl / SECOND))
}

/** An attempt that was right is not counted. */
export function giveBackLogIn(request: FastifyRequest): void {
  const { attempts } = request.server.userLimits

  attempts.giveBack(`logInByAddress ${addressOf(request)}`)
  attempts.giveBack(`logInByAccount ${emailOf(request)}`)
}

/** A guard for a route: answers 429 when one of the limits is used up. */
export function limitBy(...names: LimitName[]) {
  return async function checkLimits(request: FastifyRequest, reply: FastifyReply) {
    for (const name of names) {
      const seconds = await countAttempt(request, name)
      if (seconds === null) continue

      reply.header('retry-after', seconds)
      return refuse(request, reply, 429, messages.tooManyRequests)
    }
  }
}

// The address of the connection, or the one that the proxies named by TRUST_PROXY tell. A
// header that anybody can send does not count. One IPv6 customer has a /64 at least.
function addressOf({ ip }: FastifyRequest): string {
  return normalizeIP(ip, 64)
}

// Every spelling of an address is one account. The body is not validated yet here.
function emailOf({ body }: FastifyRequest): string {
  const email = readField(body, 'email')

  return typeof email === 'string' ? normalizeEmail(email).slice(0, 254) : ''
}
