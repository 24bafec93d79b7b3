import { createHmac } from 'node:crypto'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

import { HOUR, MINUTE, SECOND } from '../accounts/duration.js'
import { normalizeEmail } from '../accounts/email.js'
import { messages } from '../accounts/messages.js'
import { refuse } from './answer.js'
import { keyFor } from './cookies.js'
import { networkOf } from './ip-address.js'
import { describeError } from './log-serializers.js'
import { DatabaseRateLimits, type RateLimits } from './rate-limits.js'
import { connectToRedis, RedisRateLimits } from './redis-rate-limits.js'
import { readField } from './request-body.js'

/** How often, before an attacker could guess or a mailbox would fill. */
export const LIMITS = {
  logInByAddress: { max: 100, timeWindow: 15 * MINUTE },
  logInByAccount: { max: 10, timeWindow: 15 * MINUTE },
  registerByAddress: { max: 100, timeWindow: HOUR },
  mailByAddress: { max: 100, timeWindow: HOUR },
  mailByAccount: { max: 5, timeWindow: HOUR },
  changeEmailByAccount: { max: 5, timeWindow: HOUR },
}

export type LimitName = keyof typeof LIMITS

declare module 'fastify' {
  interface FastifyInstance {
    userLimits: RateLimits
  }
}

/** Limits that all processes of the app share: in Redis when there is one, or in the database. */
export default fp(
  async function limits(app) {
    const userLimits = await openRateLimits(app)

    app.decorate('userLimits', userLimits)
    app.addHook('onClose', () => userLimits.close())
  },
  { name: 'user-limits' },
)

async function openRateLimits(app: FastifyInstance): Promise<RateLimits> {
  const { db, config } = app.userAuth
  // Hashed with a key: whoever reads the table cannot try out whose rows they are.
  const hashKey = keyFor('user_rate_limits', config.secrets[0] ?? '')
  const idOf = (key: string) => createHmac('sha256', hashKey).update(key).digest('base64url')
  if (config.redisUrl === undefined) return new DatabaseRateLimits(db, idOf)

  const redis = await connectToRedis(config.redisUrl, (error) =>
    app.log.error({ error: describeError(error) }, 'Redis failed'),
  )
  if (redis !== null) return new RedisRateLimits(redis, (key) => `users_rate_limits:${idOf(key)}`)

  app.log.warn('Limits are counted in the database. To count them in Redis: npm install ioredis')

  return new DatabaseRateLimits(db, idOf)
}

/**
 * Counts an attempt. Null when it may be made, otherwise the seconds until it may. When it
 * cannot be counted it may not be made either. A mail goes to the address in the form, unless a
 * `recipient` is named.
 */
export async function countAttempt(
  request: FastifyRequest,
  name: LimitName,
  recipient?: string,
): Promise<number | null> {
  const { userLimits } = request.server

  try {
    const left = await userLimits.take(keyOf(request, name, recipient), LIMITS[name])

    return left === null ? null : Math.max(1, Math.ceil(left / SECOND))
  } catch (error) {
    throw Object.assign(new LimitsUnavailable('An attempt could not be counted'), { cause: error })
  }
}

/** An attempt that was right is not counted. */
export async function giveBackLogIn(request: FastifyRequest): Promise<void> {
  const { userLimits } = request.server

  await userLimits.giveBack(keyOf(request, 'logInByAddress'))
  await userLimits.giveBack(keyOf(request, 'logInByAccount'))
}

/** What was guessed at an old password does not keep its owner from logging in with a new one. */
export async function forgetLogIns({ server }: FastifyRequest, email: string): Promise<void> {
  await server.userLimits.forget(`logInByAccount /users/log-in ${normalizeEmail(email)}`)
}

/** A guard for a route: answers 429 when one of the limits is used up. */
export function limitBy(...names: LimitName[]) {
  return async function checkLimits(request: FastifyRequest, reply: FastifyReply) {
    for (const name of names) {
      const seconds = await countAttempt(request, name)
      if (seconds === null) continue

      return refuseAttempt(request, reply, seconds)
    }
  }
}

export function refuseAttempt(request: FastifyRequest, reply: FastifyReply, seconds: number) {
  const { log, ip, currentScope } = request
  log.info({ event: 'too many attempts', userId: currentScope.user?.id, ip }, 'too many attempts')
  reply.header('retry-after', seconds)

  return refuse(request, reply, 429, messages.tooManyRequests)
}

class LimitsUnavailable extends Error {
  override readonly name = 'LimitsUnavailable'
  readonly statusCode = 503
}

// An account has a count for each route: whoever uses up the log-ins of somebody else, or one
// kind of mail, does not keep the other ways in from its owner (OWASP ASVS 6.1.1).
function keyOf(request: FastifyRequest, name: LimitName, recipient?: string): string {
  if (name.endsWith('ByAddress')) return `${name} ${addressOf(request)}`

  const who = name === 'mailByAccount' ? (recipient ?? emailOf(request)) : accountOf(request)

  return `${name} ${request.routeOptions.url} ${who}`
}

// The address of the connection, or the one that the proxies named by TRUST_PROXY tell. A
// header that anybody can send does not count. One IPv6 customer has a /64 at least.
function addressOf({ ip }: FastifyRequest): string {
  return networkOf(ip)
}

// Whoever is logged in guesses at their own account, whatever email the form names.
function accountOf(request: FastifyRequest): string {
  const { user } = request.currentScope

  return user === null ? emailOf(request) : `user ${user.id}`
}

// Every spelling of an address is one account. The body is not validated yet here.
function emailOf({ body }: FastifyRequest): string {
  const email = readField(body, 'email')

  return typeof email === 'string' ? normalizeEmail(email).slice(0, 254) : ''
}
