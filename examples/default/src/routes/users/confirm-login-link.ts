import type { FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../../accounts/messages.js'
import type { ScopeUser } from '../../accounts/scope.js'
import * as accounts from '../../accounts.js'
import { wantsJson } from '../../plugins/answer.js'
import { putFlash } from '../../plugins/flash.js'
import { countAttempt } from '../../plugins/limits.js'
import { safeReturnTo } from '../../plugins/return-to.js'

/** Mails somebody who is logged in a link, which confirms the log-in like the password does. */
export async function mailLink(
  request: FastifyRequest & { body: { next?: string } },
  reply: FastifyReply,
  user: ScopeUser,
) {
  const { db, config, mailer } = request.server.userAuth

  // Whatever address the form names: the mail goes to whoever is logged in.
  if ((await countAttempt(request, 'mailByAccount', user.email)) === null) {
    await accounts.deliverUserMagicLinkInstructions(
      db,
      user,
      mailer.deliver,
      (token) => `${config.origin}/users/log-in/link/${token}`,
    )
  }

  if (!wantsJson(request)) {
    const returnTo = safeReturnTo(request.body.next, '')
    if (returnTo !== '') putFlash(request, reply, 'returnTo', returnTo)
    putFlash(request, reply, 'info', messages.linkSent)

    return reply.code(303).redirect('/users/confirm-login')
  }

  return reply.code(202).send({ message: messages.linkSent })
}
