import type { FastifyReply, FastifyRequest } from 'fastify'

import type { FieldErrors } from '../accounts/user-fields.js'

/** Says no: `{ message, errors? }`. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  statusCode: number,
  message: string,
  errors?: FieldErrors,
): FastifyReply {
  request.log.debug({ statusCode }, 'refused')
  reply.code(statusCode)

  return reply.send(errors ? { message, errors } : { message })
}
