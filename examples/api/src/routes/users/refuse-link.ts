import type { FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../../accounts/messages.js'
import { refuse } from '../../plugins/answer.js'

/** One answer to a link that was used, has expired or never was one: 410, and what to do next. */
export function refuseLink(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return refuse(request, reply, 410, messages.linkGone)
}
