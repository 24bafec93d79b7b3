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

    app.decorate('prisma', client)
    app.addHook('onClose', () => client.$disconnect())
  },
  { name: 'prisma' },
)
