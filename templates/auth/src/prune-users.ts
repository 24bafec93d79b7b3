import './load-env.js'

import Fastify, { type FastifyInstance } from 'fastify'

import type { PrismaClient } from './generated/prisma/client.js'
import { deleteExpiredRows } from './plugins/expired-rows.js'
import prisma from './plugins/prisma.js'

// A script for cron, without a server: deletes what has expired, says how much it was, and ends.
// It may run beside the app, or twice at once.

async function pruneUsers(): Promise<number> {
  const app = Fastify()
  const db = await connect(app)
  const count = await deleteExpiredRows(db)
  await app.close()

  return count
}

// How this app gets at its database.
async function connect(app: FastifyInstance): Promise<PrismaClient> {
  await app.register(prisma)

  return app.prisma
}

pruneUsers().then(
  (count) => end(0, `Expired rows of users deleted: ${count}`),
  (error) => end(1, `Expired rows of users were not deleted. ${lastLineOf(error)}`),
)

// Nothing else of the app may keep the process from ending: cron would start one more each time.
function end(code: number, line: string): void {
  const stream = code === 0 ? process.stdout : process.stderr

  stream.write(`${line}\n`, () => process.exit(code))
}

// Prisma puts the code that called it in front of what went wrong.
function lastLineOf(error: unknown): string {
  const [last = ''] = String(error).trim().split('\n').slice(-1)

  return last
}
