import { PrismaLibSql } from '@prisma/adapter-libsql'
import fp from 'fastify-plugin'

import { PrismaClient } from '../generated/prisma/client.js'

declare module 'fastify' {
  interface FastifyInstance {
    prisma: PrismaClient
  }
}

/** The database, as `app.prisma`. */
export default fp(
  async function prisma(app) {
    const url = process.env.DATABASE_URL ?? 'file:./dev.db'
    const client = new PrismaClient({ adapter: new PrismaLibSql({ url }) })
    // A commit is one write to the disk then, in place of three, and nobody who reads waits for it.
    if (url.startsWith('file:')) await client.$queryRaw`PRAGMA journal_mode = WAL`

    app.decorate('prisma', client)
    app.addHook('onClose', () => client.$disconnect())
  },
  { name: 'prisma' },
)
