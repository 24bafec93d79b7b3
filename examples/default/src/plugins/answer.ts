import type { FastifyReply, FastifyRequest } from 'fastify'

import type { FieldErrors } from '../accounts/user-fields.js'
import { page } from './pages.js'

/**
 * Whether the answer is JSON rather than a page. Browsers ask for text/html; a script asks for
 * JSON, or sends it.
 */
export function wantsJson({ headers }: FastifyRequest): boolean {
  const accept = headers.accept ?? ''
  if (accept.includes('text/html')) return false

  return accept.includes('application/json') || isJson(headers['content-type'])
}

function isJson(contentType = ''): boolean {
  return contentType.startsWith('application/json')
}

/** Says no, in the form that was asked for: `{ message, errors? }` or a page. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  statusCode: number,
  message: string,
  errors?: FieldErrors,
): FastifyReply {
  request.log.debug({ statusCode }, 'refused')
  reply.code(statusCode)
  if (!wantsJson(request))
    return page(reply, 'users/error.ejs', { title: message, statusCode, message })

  return reply.send(errors ? { message, errors } : { message })
}
