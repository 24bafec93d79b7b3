import type { Facts } from '../facts/facts.js'
import { Problem } from '../problem.js'

/** What is understood well enough to know that the generated code would not run there. */
export function refuseUnsupported({ prisma }: Facts): void {
  if (prisma.provider === 'sqlserver') {
    throw new Problem(
      'The Prisma schema is for SQL Server, which the generated code was never run on.',
      'Use SQLite, PostgreSQL, MySQL or CockroachDB for the accounts.',
    )
  }
}
