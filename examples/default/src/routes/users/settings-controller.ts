import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../../accounts/messages.js'
import * as accounts from '../../accounts.js'
import { wantsJson } from '../../plugins/answer.js'
import { putFlash } from '../../plugins/flash.js'
import { logOutUser, requireAuthenticatedUser } from '../../plugins/user-auth.js'
import { showSettings } from './show-settings.js'

/** The account page. */
const settingsController: FastifyPluginAsync = async (app) => {
  const { db } = app.userAuth

  // Covers every route in this file, and nothing else.
  app.addHook('onRequest', requireAuthenticatedUser)

  app.get('/users/settings', async (request, reply) => {
    const { user } = request.currentScope

    if (!wantsJson(request)) return showSettings(request, reply)

    return reply.send({ user })
  })

  app.delete('/users/settings/sessions', logOutEverywhere)
  app.post('/users/settings/sessions/delete-all', logOutEverywhere)

  async function logOutEverywhere(request: FastifyRequest, reply: FastifyReply) {
    const { user } = request.currentScope
    if (user !== null) await accounts.deleteAllUserSessionTokens(db, user)
    await logOutUser(request, reply)

    if (!wantsJson(request)) {
      putFlash(request, reply, 'info', messages.loggedOutEverywhere)

      return reply.code(303).redirect('/users/log-in')
    }

    return reply.code(204).send()
  }
}

export default settingsController
