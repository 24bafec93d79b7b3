// What somebody competent writes by hand: @fastify/session on a Prisma store that loads the
// session together with its user, and the options that cost the least.
//
// So that it is a fair comparison, it has what the generated app has: Node and its flags, the
// database and its driver adapter with the pool as it comes, trustProxy, log level, the headers
// of an answer, a signed cookie, and the same JSON. It does less: no token behind the session,
// no hashed ids, no idle time, no remember-me, no deactivated users, no error pages.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import cookie from '@fastify/cookie'
import session from '@fastify/session'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaPg } from '@prisma/adapter-pg'
import Fastify from 'fastify'
import { serve } from './measured.js'

const DAY = 24 * 60 * 60 * 1000

const HEADERS = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
}

const url = process.env.DATABASE_URL ?? ''
const { PrismaClient } = await import(pathToFileURL(join(process.cwd(), 'dist/client.js')).href)
const adapter = url.startsWith('file:')
  ? new PrismaLibSql({ url })
  : new PrismaPg({ connectionString: url })
const db = new PrismaClient({ adapter })

class PrismaStore {
  get(id, callback) {
    db.session
      .findUnique({ where: { id }, include: { user: true } })
      .then(
        (row) => callback(null, row && row.expiresAt > new Date() ? restore(row) : null),
        callback,
      )
  }

  set(id, { user, userId = null, cookie, ...values }, callback) {
    const data = JSON.stringify(values)
    const expiresAt = new Date(Date.now() + 60 * DAY)

    db.session
      .upsert({
        where: { id },
        create: { id, userId, data, expiresAt },
        update: { userId, data, expiresAt },
      })
      .then(() => callback(), callback)
  }

  destroy(id, callback) {
    db.session.deleteMany({ where: { id } }).then(() => callback(), callback)
  }
}

function restore({ data, userId, user }) {
  return { ...JSON.parse(data), userId, user }
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
app.addHook('onRequest', async (_request, reply) => {
  reply.headers(HEADERS)
})

app.post('/log-in', async (request) => {
  const { email } = request.body
  const user = await db.user.upsert({ where: { email }, create: { email }, update: {} })
  request.session.userId = user.id

  return { email }
})

app.get('/me', async ({ session: { user } }, reply) => {
  if (!user) return reply.code(401).send({ message: 'Log in first' })

  return { id: user.id, email: user.email }
})

app.addHook('onClose', () => db.$disconnect())

await serve(app)
