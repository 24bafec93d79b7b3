//% if (features.sqlite) {
import { PrismaLibSql } from '@prisma/adapter-libsql'
//% }
//% if (features.postgresql) {
import { PrismaPg } from '@prisma/adapter-pg'
//% }
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
    //% if (features.sqlite) {
    const url = process.env.DATABASE_URL ?? 'file:./dev.db'
    const client = new PrismaClient({ adapter: new PrismaLibSql({ url }) })
    // A commit is one write to the disk then, in place of three, and nobody who reads waits for it.
    if (url.startsWith('file:')) await client.$queryRaw`PRAGMA journal_mode = WAL`
    //% }
    //% if (features.postgresql) {
    const adapter = new PrismaPg({
      connectionString: process.env.DATABASE_URL,
      // A database that does not answer is away, and that is said while somebody still waits.
      connectionTimeoutMillis: 3000,
      query_timeout: 4000,
    })
    const client = new PrismaClient({ adapter })
    //% }

    app.decorate('prisma', client)
    app.addHook('onClose', () => client.$disconnect())
  },
  { name: 'prisma' },
)
