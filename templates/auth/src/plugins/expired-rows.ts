import type { FastifyInstance } from 'fastify'

import * as accounts from '../accounts.js'
import { HOUR } from '../accounts/duration.js'
import { describeError } from './log-serializers.js'
import { deleteExpiredRateLimits } from './rate-limits.js'
//% if (features.ownSession) {
import { deleteIdleSessions } from './session-store.js'
//% }

const EVERY = HOUR

/**
 * While the app listens, deletes now and then what has expired. That opens nothing any more,
 * swept or not; it would only fill the database.
 */
export function sweepExpiredRows(app: FastifyInstance): void {
  const { db } = app.userAuth
  let timer: NodeJS.Timeout | undefined
  let sweeping: Promise<void> | undefined

  async function sweep(): Promise<void> {
    try {
      await accounts.deleteExpiredUserTokens(db)
      await deleteExpiredRateLimits(db)
      //% if (features.ownSession) {
      await deleteIdleSessions(db)
      //% }
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
