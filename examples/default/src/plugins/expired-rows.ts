import type { FastifyInstance } from 'fastify'

import { HOUR } from '../accounts/duration.js'
import * as accounts from '../accounts.js'
import type { PrismaClient } from '../generated/prisma/client.js'
import { describeError } from './log-serializers.js'
import { deleteExpiredRateLimits } from './rate-limits.js'
import { deleteIdleSessions } from './session-store.js'

const EVERY = HOUR

// Of each kind: the app has other things to do. What is left waits for the next hour, or for
// `npm run auth:prune`, which stops at nothing.
const MOST_AT_ONCE = 10_000

/**
 * Deletes what has expired, in batches, and answers how many rows it was. Expired rows open
 * nothing any more, deleted or not; they would only fill the database.
 */
export async function deleteExpiredRows(db: PrismaClient, most?: number): Promise<number> {
  const counts = [
    await accounts.deleteExpiredUserTokens(db, most),
    await deleteExpiredRateLimits(db, most),
    await deleteIdleSessions(db, most),
  ]

  return counts.reduce((total, count) => total + count, 0)
}

/** While the app listens, deletes now and then what has expired. */
export function sweepExpiredRows(app: FastifyInstance): void {
  const { db } = app.userAuth
  let timer: NodeJS.Timeout | undefined
  let sweeping: Promise<void> | undefined

  async function sweep(): Promise<void> {
    try {
      await deleteExpiredRows(db, MOST_AT_ONCE)
    } catch (error) {
      if (error instanceof Error) {
        app.log.error({ error: describeError(error) }, 'expired rows were not deleted')
      }
    }
  }

  app.server.once('listening', () => {
    sweeping = sweep()
    timer = setInterval(() => {
      sweeping = sweep()
    }, EVERY).unref()
  })

  app.addHook('onClose', async () => {
    clearInterval(timer)
    await sweeping
  })
}
