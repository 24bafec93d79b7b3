import { setImmediate } from 'node:timers/promises'

import { deleteInBatches, isUniqueViolation } from '../accounts/database.js'
import { Turns } from '../accounts/turns.js'
import type { PrismaClient } from '../generated/prisma/client.js'

/** So many times in so many milliseconds, from the first time on. */
export type Limit = { max: number; timeWindow: number }

/** Counts how often something was tried, for every process and machine of the app together. */
export interface RateLimits {
  /** Counts an attempt. Null when it may be made, otherwise the milliseconds until the next may. */
  take(key: string, limit: Limit): Promise<number | null>
  /** An attempt that was right is not counted. */
  giveBack(key: string): Promise<void>
  /** As if nothing had been tried. */
  forget(key: string): Promise<void>
  close(): Promise<void>
}

// A round is lost only to another request that changed the row between two statements.
const MOST_ROUNDS = 10

/**
 * The limits in the app's own database. An attempt is counted before it is made, by a statement
 * that finds the row only while there is room in it: of a hundred at once, in whatever process,
 * exactly as many pass as may (CWE-367).
 */
export class DatabaseRateLimits implements RateLimits {
  // An embedded database answers on the spot: a burst must not keep everybody else waiting.
  private readonly turns = new Turns(4, 1000)
  private readonly db: PrismaClient
  private readonly idOf: (key: string) => string

  constructor(db: PrismaClient, idOf: (key: string) => string) {
    this.db = db
    this.idOf = idOf
  }

  take(key: string, limit: Limit): Promise<number | null> {
    return this.turns.take(async () => {
      await setImmediate()

      return this.count(this.idOf(key), limit)
    })
  }

  async giveBack(key: string): Promise<void> {
    await this.db.userRateLimit.updateMany({
      where: { id: this.idOf(key), count: { gt: 0 } },
      data: { count: { decrement: 1 } },
    })
  }

  async forget(key: string): Promise<void> {
    await this.db.userRateLimit.deleteMany({ where: { id: this.idOf(key) } })
  }

  async close(): Promise<void> {
    // The database is the app's, which closes it.
  }

  private async count(id: string, { max, timeWindow }: Limit): Promise<number | null> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      if (await this.increment(id, max)) return null

      const row = await this.db.userRateLimit.findUnique({ where: { id } })
      const left = row === null ? 0 : row.endsAt.getTime() - Date.now()
      if (row !== null && row.count >= max && left > 0) return left

      const start = row === null ? this.insert(id, timeWindow) : this.restart(id, timeWindow)
      if (await start) return null
    }

    throw new Error('An attempt could not be counted: its row changes too fast')
  }

  private async increment(id: string, max: number): Promise<boolean> {
    const { count } = await this.db.userRateLimit.updateMany({
      where: { id, count: { lt: max }, endsAt: { gt: new Date() } },
      data: { count: { increment: 1 } },
    })

    return count === 1
  }

  private async insert(id: string, timeWindow: number): Promise<boolean> {
    try {
      await this.db.userRateLimit.create({ data: { id, ...newWindow(timeWindow) } })

      return true
    } catch (error) {
      // Somebody else was the first one, at the same moment.
      if (!isUniqueViolation(error)) throw error

      return false
    }
  }

  private async restart(id: string, timeWindow: number): Promise<boolean> {
    const { count } = await this.db.userRateLimit.updateMany({
      where: { id, endsAt: { lte: new Date() } },
      data: newWindow(timeWindow),
    })

    return count === 1
  }
}

function newWindow(timeWindow: number) {
  return { count: 1, endsAt: new Date(Date.now() + timeWindow) }
}

/** Deletes the counts that are over. */
export async function deleteExpiredRateLimits(db: PrismaClient, most?: number): Promise<number> {
  const where = { endsAt: { lte: new Date() } }
  const orderBy = { endsAt: 'asc' } as const

  return deleteInBatches(
    (take) => db.userRateLimit.findMany({ where, take, orderBy, select: { id: true } }),
    // One that was opened again meanwhile stays.
    (ids) => db.userRateLimit.deleteMany({ where: { ...where, id: { in: ids } } }),
    most,
  )
}
