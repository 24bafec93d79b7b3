import fp from 'fastify-plugin'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaClient } from '../generated/prisma/client'

export interface PrismaPluginOptions {
  databaseUrl?: string
}

export default fp<PrismaPluginOptions>(async (fastify, opts) => {
  const url = opts.databaseUrl ?? process.env.DATABASE_URL ?? 'file:./board.db'
  const prisma = new PrismaClient({ adapter: new PrismaLibSql({ url }) })

  fastify.decorate('prisma', prisma)
  fastify.addHook('onClose', async () => {
    await prisma.$disconnect()
  })
}, { name: 'prisma' })

declare module 'fastify' {
  export interface FastifyInstance {
    prisma: PrismaClient
  }
}
