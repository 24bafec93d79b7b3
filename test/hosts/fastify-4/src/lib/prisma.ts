import { PrismaLibSQL } from '@prisma/adapter-libsql'
import { PrismaClient } from '@prisma/client'

// Prisma's CLI starts at the schema, the driver where the process was started.
const url = (process.env.DATABASE_URL ?? 'file:./dev.db').replace('file:./', 'file:./prisma/')

export const prisma = new PrismaClient({
  adapter: new PrismaLibSQL({ url }),
  log: process.env.NODE_ENV === 'dev' ? ['query'] : [],
})
