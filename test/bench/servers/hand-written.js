// What somebody writes who reads the documentation of @fastify/session and Prisma, with the
// options that cost the least. One look-up for the session, one for the user.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import cookie from '@fastify/cookie'
import session from '@fastify/session'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaPg } from '@prisma/adapter-pg'
import Fastify from 'fastify'
import { serve } from './measured.js'

const DAY = 24 * 60 * 60 * 1000

const url = process.env.DATABASE_URL ?? ''
const { PrismaClient } = await import(pathToFileURL(join(process.cwd(), 'dist/client.js')).href)
const adapter = url.startsWith('file:')
  ? new PrismaLibSql({ url })
  : new PrismaPg({ connectionString: url })
const db = new PrismaClient({ adapter })

class PrismaStore {
  get(id, callback) {
    db.session
      .findUnique({ where: { id } })
      .then(
        (row) => callback(null, row && row.expiresAt > new Date() ? JSON.parse(row.data) : null),
        callback,
      )
  }

  set(id, values, callback) {
    const data = JSON.stringify(values)
    const expiresAt = new Date(Date.now() + 60 * DAY)

    db.session
      .upsert({
        where: { id },
        create: { id, data, expiresAt },
        update: { data, expiresAt },
      })
      .then(() => callback(), callback)
  }

  destroy(id, callback) {
    db.session.deleteMany({ where: { id } }).then(() => callback(), callback)
  }
}

const app = Fastify({ logger: { level: process.env.LOG_LEVEL }, trustProxy: 'loopback' })

await app.register(cookie)
await app.register(session, {
  secret: process.env.SESSION_SECRET ?? '',
  cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: true },
  store: new PrismaStore(),
  saveUninitialized: false,
  rolling: false,
})
app.decorateRequest('user', null)
app.addHook('onRequest', async (request) => {
  const id = request.session.userId
  if (id) request.user = await db.user.findUnique({ where: { id } })
})

app.post('/log-in', async (request) => {
  const { email } = request.body
  const user = await db.user.upsert({ where: { email }, create: { email }, update: {} })
  request.session.userId = user.id

  return { email }
})

app.get('/me', async ({ user }, reply) => {
  if (user === null) return reply.code(401).send({ message: 'Log in first' })

  return { id: user.id, email: user.email }
})

app.addHook('onClose', () => db.$disconnect())

await serve(app)
