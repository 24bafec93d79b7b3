import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { type Device, listUserSessions } from '../../accounts/devices.js'
import { messages } from '../../accounts/messages.js'
import * as accounts from '../../accounts.js'
import { refuse, wantsJson } from '../../plugins/answer.js'
import { putFlash } from '../../plugins/flash.js'
import { page } from '../../plugins/pages.js'
import { logOutUser, requireAuthenticatedUser } from '../../plugins/user-auth.js'
import { Text } from './user-schemas.js'

const SESSIONS = '/users/settings/sessions'

const Params = Type.Object({ id: Text })

/** Where somebody is logged in, and ending one session of them. */
const devicesController: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.userAuth

  app.addHook('onRequest', requireAuthenticatedUser)

  app.get(SESSIONS, async (request, reply) => {
    const sessions = (await ownSessions(request)).map((session) => ({
      ...session,
      current: isCurrent(request, session),
    }))

    if (!wantsJson(request)) {
      return page(reply, 'users/devices.ejs', { title: messages.titles.devices, sessions })
    }

    return reply.send({ sessions })
  })

  app.delete(`${SESSIONS}/:id`, { schema: { params: Params } }, (request, reply) =>
    endSession(request, reply, request.params.id),
  )
  app.post(`${SESSIONS}/:id/delete`, { schema: { params: Params } }, (request, reply) =>
    endSession(request, reply, request.params.id),
  )

  async function endSession(request: FastifyRequest, reply: FastifyReply, id: string) {
    // Looked up among one's own: the id of somebody else's session is one that does not exist.
    const session = (await ownSessions(request)).find((device) => String(device.id) === id)
    if (session === undefined) return refuse(request, reply, 404, messages.notFound)

    const userId = request.currentScope.user?.id
    const isHere = isCurrent(request, session)
    if (isHere) await logOutUser(request, reply)
    else await accounts.deleteUserSessionToken(db, session.id)
    request.log.info({ event: 'session ended', userId, ip: request.ip }, 'session ended')

    if (!wantsJson(request)) {
      putFlash(request, reply, 'info', isHere ? messages.loggedOut : messages.sessionEnded)

      return reply.code(303).redirect(isHere ? '/users/log-in' : SESSIONS)
    }

    return reply.code(204).send()
  }

  async function ownSessions({ currentScope }: FastifyRequest): Promise<Device[]> {
    return currentScope.user === null ? [] : listUserSessions(db, currentScope.user)
  }
}

export default devicesController

function isCurrent({ currentScope }: FastifyRequest, { id }: Device): boolean {
  return id === currentScope.userTokenId
}
