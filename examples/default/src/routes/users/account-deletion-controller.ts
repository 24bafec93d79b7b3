import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'

import { deleteUser } from '../../accounts/account-deletion.js'
import { messages } from '../../accounts/messages.js'
import * as notifier from '../../accounts/user-notifier.js'
import { refuse, wantsJson } from '../../plugins/answer.js'
import { putFlash } from '../../plugins/flash.js'
import { logOutUser, requireAuthenticatedUser, requireSudoMode } from '../../plugins/user-auth.js'

/** Deleting one's account, for good. */
const accountDeletionController: FastifyPluginAsync = async (app) => {
  const { db, mailer } = app.userAuth

  app.addHook('onRequest', requireSudoMode)

  app.delete('/users/settings', deleteForGood)
  app.post('/users/settings/delete', deleteForGood)

  async function deleteForGood(request: FastifyRequest, reply: FastifyReply) {
    const { user } = request.currentScope
    if (user === null) return requireAuthenticatedUser(request, reply)

    const deletion = await deleteUser(db, user)
    if (deletion === 'IN_USE') return refuse(request, reply, 409, messages.accountInUse)

    await logOutUser(request, reply)
    if (deletion === 'GONE') return requireAuthenticatedUser(request, reply)

    mailer.deliver(notifier.accountDeletedNotice(user.email))
    request.log.info(
      { event: 'account deleted', userId: user.id, ip: request.ip },
      'account deleted',
    )

    if (!wantsJson(request)) {
      putFlash(request, reply, 'info', messages.accountDeleted)

      return reply.code(303).redirect('/')
    }

    return reply.code(204).send()
  }
}

export default accountDeletionController
