import type { Facts } from './facts/facts.js'
import { Problem } from './problem.js'

/** What is understood well enough to know that the generated code would not run there. */
export function refuseUnsupported({ fastify, prisma }: Facts): void {
  if (fastify.major === 4) {
    throw new Problem(
      'This app uses Fastify 4, and the generated code needs the plugins of Fastify 5.',
      'Follow https://fastify.dev/docs/latest/Guides/Migration-Guide-V5/ first, then run this again.',
    )
  }
  if (prisma.provider === 'sqlserver') {
    throw new Problem(
      'The Prisma schema is for SQL Server, which the generated code was never run on.',
      'Use SQLite, PostgreSQL, MySQL or CockroachDB for the accounts.',
    )
  }
}
