import type { Prisma, PrismaClient } from '../generated/prisma/client.js'

/** The Prisma client, or a transaction of it: whatever takes one can be composed. */
export type Database = Prisma.TransactionClient & Partial<Pick<PrismaClient, '$transaction'>>

//% if (features.mysql) {
// The usual one of MySQL locks the gaps between rows as well: two users who have nothing to do
// with each other would wait for each other.
const ISOLATION = { isolationLevel: 'ReadCommitted' } as const

// MySQL ends one of two transactions that wait for each other, and expects it to come again.
const MOST_TRIES = 5

/** Does the work in one transaction: in the one that is open, or in a new one, or in the next. */
export async function inTransaction<Result>(
  db: Database,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  if (!db.$transaction) return work(db)

  for (let tries = 1; ; tries += 1) {
    try {
      return await db.$transaction((transaction) => work(transaction), ISOLATION)
    } catch (error) {
      if (tries === MOST_TRIES || !hasCode(error, 'P2034')) throw error
    }
  }
}
//% }
//% if (!features.mysql) {
/** Does the work in one transaction: in the one that is open, or in a new one. */
export function inTransaction<Result>(
  db: Database,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  return db.$transaction ? db.$transaction((transaction) => work(transaction)) : work(db)
}
//% }

// SQLite takes 999 values in a statement.
const BATCH = 500

/**
 * Deletes a batch of rows after the other, up to `most` or one batch more: no statement is long,
 * holds many locks or fills a log. `find` says which rows are next. Answers how many there were.
 */
export async function deleteInBatches<Id>(
  find: (take: number) => Promise<{ id: Id }[]>,
  remove: (ids: Id[]) => Promise<{ count: number }>,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  let total = 0
  let first: Id | undefined

  while (total < most) {
    const rows = await find(BATCH)
    // Rows that something keeps from being deleted would be found again, for ever.
    if (rows[0] === undefined || rows[0].id === first) break
    first = rows[0].id
    total += (await remove(rows.map(({ id }) => id))).count
    if (rows.length < BATCH) break
  }

  return total
}

/** Whether a write failed because another row has the value already. */
export function isUniqueViolation(error: unknown): boolean {
  return hasCode(error, 'P2002')
}

/** Whether a write failed because the row it refers to is gone. */
export function isMissingReference(error: unknown): boolean {
  return hasCode(error, 'P2003')
}

/** Whether an error is the one that Prisma gives this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
