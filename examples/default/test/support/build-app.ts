import { randomUUID } from 'node:crypto'

import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify'

import { MINUTE } from '../../src/accounts/duration.js'
import type { PrismaClient } from '../../src/generated/prisma/client.js'
import prisma from '../../src/plugins/prisma.js'
import users from '../../src/plugins/users.js'

export type TestAppOptions = {
  /** Routes of the test's own, to see what a handler sees. */
  routes?: (app: FastifyInstance) => void
  /** Settings that differ from those of the tests. */
  env?: Record<string, string>
  /** Nobody has to log in. */
  loginDisabled?: boolean
  /** The longest that anybody waits for an answer: a machine with much else to do takes its time. */
  answerWithin?: number
  /** Is given each line of the log, which is otherwise silent. */
  onLog?: (line: string) => void
  /** Is given each operation on the database, like `User.findUnique`, which waits for it. */
  onOperation?: (operation: string) => unknown
  /** Is given each route. */
  onRoute?: (route: RouteOptions) => void
}

/** The settings of the tests, whatever this machine's are. No mail can leave it. */
const ENV = {
  NODE_ENV: 'test',
  APP_ORIGIN: 'http://app.test',
  COOKIE_DOMAIN: '',
  SMTP_URL: '',
  MAIL_FROM: '',
  REDIS_URL: '',
}

export const PRODUCTION = { NODE_ENV: 'production', APP_ORIGIN: 'https://app.test' }

/** An app with the log-in in it, its database, and nothing else of this app. */
export async function buildTestApp(options: TestAppOptions = {}): Promise<FastifyInstance> {
  const { routes, env = {}, onLog, onOperation, onRoute } = options
  const { loginDisabled = false, answerWithin = MINUTE } = options
  // Limits are counted under a key made from it: what other tests use up is not missing here.
  const SESSION_SECRET = randomUUID()
  const app = Fastify({
    logger: onLog ? { level: 'debug', stream: { write: onLog } } : { level: 'silent' },
    // In production the tests stand in front of it, like a proxy that ends TLS.
    trustProxy: env.NODE_ENV === 'production',
  })

  if (onRoute) app.addHook('onRoute', onRoute)

  await withEnv({ ...ENV, SESSION_SECRET, ...env }, async () => {
    const db = await connect(app)
    await app.register(users, {
      prisma: onOperation ? observe(db, onOperation) : db,
      loginDisabled,
      answerWithin,
    })
    routes?.(app)
    await app.ready()
  })

  return app
}

// How this app gets at its database.
async function connect(app: FastifyInstance): Promise<PrismaClient> {
  await app.register(prisma)

  return app.prisma
}

function observe(db: PrismaClient, onOperation: (operation: string) => unknown): PrismaClient {
  const observed = db.$extends({
    query: {
      async $allOperations({ model, operation, args, query }) {
        await onOperation(model === undefined ? operation : `${model}.${operation}`)

        return query(args)
      },
    },
  })

  return observed as unknown as PrismaClient
}

async function withEnv(env: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const before = { ...process.env }
  Object.assign(process.env, env)

  try {
    await work()
  } finally {
    for (const name of Object.keys(env)) delete process.env[name]
    Object.assign(process.env, before)
  }
}
