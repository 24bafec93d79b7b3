import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'

import { messages } from '../../accounts/messages.js'
import * as accounts from '../../accounts.js'
import { refuse } from '../../plugins/answer.js'
import { giveBackLogIn, limitBy } from '../../plugins/limits.js'
import { isRemembered } from '../../plugins/remember-me.js'
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

        return refuse(request, reply, 401, messages.wrongPassword)
      }

      await giveBackLogIn(request)

      return reply.send({ user: request.currentScope.user })
    },
  )
}

export default confirmLoginController
