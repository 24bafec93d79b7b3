import type { FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../../accounts/messages.js'
import { refuse, wantsJson } from '../../plugins/answer.js'
import { page } from '../../plugins/pages.js'

// Where to get another link, by the route of the one that no longer works.
const NEW_LINKS: Record<string, { path: string; label: string }> = {
  '/users/confirm/:token': { path: '/users/confirm', label: 'Get a new confirmation mail' },
  '/users/reset-password/:token': { path: '/users/reset-password', label: 'Get a new link' },
  '/users/log-in/link/:token': { path: '/users/log-in', label: 'Get a new link' },
  '/users/settings/email/:token': { path: '/users/settings', label: 'Change your email again' },
}

/** One answer to a link that was used, has expired or never was one: 410, and what to do next. */
export function refuseLink(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!wantsJson(request)) {
    const newLink = NEW_LINKS[request.routeOptions.url ?? '']

    return page(reply.code(410), 'users/gone.ejs', { title: 'This link no longer works', newLink })
  }

  return refuse(request, reply, 410, messages.linkGone)
}
