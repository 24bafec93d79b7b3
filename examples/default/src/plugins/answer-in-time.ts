import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { SECOND } from '../accounts/duration.js'
import { messages } from '../accounts/messages.js'
import { wantsJson } from './answer.js'
import { strictHeaders } from './security-headers.js'

declare module 'fastify' {
  interface FastifyInstance {
    /** Here are routes that answer in time, be it that they cannot answer. */
    userAnswersInTime?: boolean
  }
}

/** The longest that anybody waits for an answer, however slow the database is. */
export const ANSWER_WITHIN = 4.5 * SECOND

const givenUp = new WeakSet<FastifyRequest>()

/** Answers with 503 where a route takes too long. Added before anything that asks the database. */
export function giveUpInTime(app: FastifyInstance, within: number): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.server.userAnswersInTime) return

    const timer = setTimeout(() => giveUp(request, reply), within)
    reply.raw.once('close', () => clearTimeout(timer))
  })
}

/** Makes the routes of this scope answer in time. */
export function answerInTime(app: FastifyInstance): void {
  app.decorate('userAnswersInTime', true)

  // The answer that comes too late goes nowhere.
  app.addHook('onSend', (request, _reply, payload, done) => {
    if (!givenUp.has(request)) done(null, payload)
  })
}

// What is still under way goes on for nobody: no cookie of it leaves the app, so nobody is let in.
function giveUp(request: FastifyRequest, reply: FastifyReply): void {
  if (reply.raw.headersSent) return

  request.log.error({ event: 'no answer in time' }, 'given up')
  givenUp.add(request)
  reply.hijack()
  const headers = strictHeaders(request.server.userAuth.config.production)
  if (!wantsJson(request)) {
    reply.raw.writeHead(503, { ...headers, 'content-type': 'text/plain; charset=utf-8' })
    reply.raw.end(messages.unavailable)
    return
  }

  reply.raw.writeHead(503, { ...headers, 'content-type': 'application/json; charset=utf-8' })
  reply.raw.end(JSON.stringify({ message: messages.unavailable }))
}
