import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../../accounts/messages.js'
import type { FieldErrors } from '../../accounts/user-fields.js'
import * as accounts from '../../accounts.js'
import { refuse, wantsJson } from '../../plugins/answer.js'
import { giveBackLogIn, limitBy } from '../../plugins/limits.js'
import { page } from '../../plugins/pages.js'
import { isRemembered } from '../../plugins/remember-me.js'
import { takeReturnTo } from '../../plugins/return-to.js'
import { logInUser, requireAuthenticatedUser } from '../../plugins/user-auth.js'
import { mailLink } from './confirm-login-link.js'
import { Text } from './user-schemas.js'

const ConfirmBody = Type.Object({
  /** Without a password a link is mailed. */
  password: Type.Optional(Text),
  next: Type.Optional(Text),
})

/** Proving again who one is, for what needs a fresh log-in or sudo mode. */
const confirmLoginController: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.userAuth

  app.addHook('onRequest', requireAuthenticatedUser)

  app.get<{ Querystring: { next?: string } }>('/users/confirm-login', async (request, reply) =>
    showConfirmLogin(request, reply, { next: request.query.next }),
  )

  app.post(
    '/users/confirm-login',
    {
      schema: { body: ConfirmBody },
      preValidation: limitBy('logInByAddress', 'logInByAccount'),
    },
    async (request, reply) => {
      const { password } = request.body
      const { user } = request.currentScope
      if (user === null) return requireAuthenticatedUser(request, reply)

      if (password === undefined) return mailLink(request, reply, user)

      const confirmed = await accounts.getUserWithPassword(db, user, password)
      // A new session: the one from before may be in other hands (OWASP ASVS 7.2.4).
      const rememberMe = isRemembered(request)
      const isLetIn =
        confirmed !== null && (await logInUser(request, reply, confirmed, { rememberMe }))
      if (!isLetIn) {
        request.log.info({ event: 'log-in not confirmed', userId: user.id, ip: request.ip }, 'no')

        if (!wantsJson(request)) {
          const errors = { password: [messages.wrongPassword] }

          return showConfirmLogin(request, reply.code(401), request.body, errors)
        }

        return refuse(request, reply, 401, messages.wrongPassword)
      }

      await giveBackLogIn(request)

      if (!wantsJson(request)) {
        return reply.code(303).redirect(takeReturnTo(request, reply, request.body.next))
      }

      return reply.send({ user: request.currentScope.user })
    },
  )

  async function showConfirmLogin(
    request: FastifyRequest,
    reply: FastifyReply,
    { next }: { next?: string | undefined },
    errors: FieldErrors = {},
  ) {
    const { user } = request.currentScope
    const hasPassword = user !== null && (await accounts.hasPassword(db, user))
    const form = { next }

    return page(reply, 'users/confirm-login.ejs', {
      title: messages.titles.confirmLogIn,
      email: user?.email,
      hasPassword,
      form,
      errors,
    })
  }
}

export default confirmLoginController
