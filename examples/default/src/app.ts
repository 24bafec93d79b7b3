import Fastify, { type FastifyError, type FastifyReply } from 'fastify'

import { isProduction } from './accounts/auth-config.js'
import { messages } from './accounts/messages.js'
import { refuse } from './plugins/answer.js'
import { answerErrors } from './plugins/errors.js'
import { logSerializers } from './plugins/log-serializers.js'
import prisma from './plugins/prisma.js'
import securityHeaders, { strictHeaders } from './plugins/security-headers.js'
import users from './plugins/users.js'
import health from './routes/health.js'
import home from './routes/home.js'

// Longer than any address can be: a token that is far too long is one that does not work.
const LONGEST_PARAM = 16_384

export async function buildApp() {
  const app = Fastify({
    trustProxy: trustedProxies(process.env.TRUST_PROXY),
    logger: { level: process.env.LOG_LEVEL ?? 'info', serializers: logSerializers },
    frameworkErrors: answerUnreadable,
    routerOptions: { maxParamLength: LONGEST_PARAM },
  })

  await app.register(securityHeaders, { production: isProduction(process.env) })
  await app.register(prisma)
  await app.register(users, { prisma: app.prisma })
  answerErrors(app)
  app.setNotFoundHandler((request, reply) => refuse(request, reply, 404, messages.notFound))

  await app.register(health)
  await app.register(home)

  return app
}

// An address that cannot be read leads to no route, so that no hook runs for it either.
function answerUnreadable(
  { statusCode = 400 }: FastifyError,
  _request: unknown,
  reply: FastifyReply,
): void {
  const headers = strictHeaders(isProduction(process.env))

  reply.headers(headers).code(statusCode).send({ message: messages.badRequest })
}

// Which proxies may say where a request came from: their addresses, or how many there are.
function trustedProxies(
  value = '',
): boolean | string | ((address: string, hop: number) => boolean) {
  if (value === '') return false
  if (value === 'true') return true
  if (!/^\d+$/.test(value)) return value

  return (_address, hop) => hop < Number(value)
}
