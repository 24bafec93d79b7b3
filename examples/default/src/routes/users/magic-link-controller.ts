import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../../accounts/messages.js'
import { checkRecipient, hasErrors } from '../../accounts/user-fields.js'
import * as accounts from '../../accounts.js'
import { refuse, wantsJson } from '../../plugins/answer.js'
import { putFlash, readFlash, takeFlash } from '../../plugins/flash.js'
import { countAttempt, limitBy } from '../../plugins/limits.js'
import { page } from '../../plugins/pages.js'
import { isRemembered } from '../../plugins/remember-me.js'
import { safeReturnTo, takeReturnTo } from '../../plugins/return-to.js'
import { logInUser, redirectIfUserIsAuthenticated } from '../../plugins/user-auth.js'
import { checkAfterPassword } from './log-in-guards.js'
import { refuseLink } from './refuse-link.js'
import { inSameTime } from './same-time.js'
import { Checkbox, isChecked, Text, TokenParams } from './user-schemas.js'

const RequestBody = Type.Object({ email: Text, next: Type.Optional(Text) })
const LogInBody = Type.Object({ rememberMe: Type.Optional(Checkbox) })

/** Logging in with a link from a mail. The answer does not tell who has an account here. */
const magicLinkController: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config, mailer } = app.userAuth

  app.post(
    '/users/log-in/link',
    {
      schema: { body: RequestBody },
      onRequest: redirectIfUserIsAuthenticated,
      preValidation: limitBy('mailByAddress'),
    },
    async (request, reply) => {
      const errors = checkRecipient(request.body.email)
      if (hasErrors(errors)) {
        if (!wantsJson(request)) {
          const data = { title: messages.titles.logIn, form: request.body, errors }

          return page(reply.code(422), 'users/log-in.ejs', data)
        }

        return refuse(request, reply, 422, messages.invalidFields, errors)
      }

      await inSameTime(async () => {
        const user = await accounts.getUserByEmail(db, request.body.email)
        const seconds = await countAttempt(request, 'mailByAccount')
        if (user === null || !accounts.isActive(user) || seconds !== null) return

        await accounts.deliverUserMagicLinkInstructions(
          db,
          user,
          mailer.deliver,
          (token) => `${config.origin}/users/log-in/link/${token}`,
        )
      })

      if (!wantsJson(request)) {
        const returnTo = safeReturnTo(request.body.next, '')
        if (returnTo !== '') putFlash(request, reply, 'returnTo', returnTo)
        putFlash(request, reply, 'info', messages.linkSent)

        return reply.code(303).redirect('/users/log-in')
      }

      return reply.code(202).send({ message: messages.linkSent })
    },
  )

  // Looking changes nothing: mail programs open links before people do.
  app.get(
    '/users/log-in/link/:token',
    { schema: { params: TokenParams }, preHandler: refuseLinkOfAnother },
    async (request, reply) => {
      const user = await accounts.getUserByMagicLinkToken(db, request.params.token)
      if (user === null) return refuseLink(request, reply)

      const { email } = user
      if (!wantsJson(request)) {
        const data = { title: messages.titles.magicLink, action: request.url, email }

        return page(reply, 'users/magic-link.ejs', data)
      }

      return reply.send({ email })
    },
  )

  app.post(
    '/users/log-in/link/:token',
    {
      schema: { params: TokenParams, body: LogInBody },
      preHandler: refuseLinkOfAnother,
    },
    async (request, reply) => {
      const { token } = request.params
      const owner = await accounts.getUserByMagicLinkToken(db, token)
      if (owner === null) return refuseLink(request, reply)

      await checkAfterPassword(request, owner)
      const proof = readFlash(request, 'registration')
      const rememberMe = isChecked(request.body.rememberMe) || isRemembered(request)
      const user = await accounts.logInUserByMagicLink(db, token, { proof })
      const isLetIn = user !== null && (await logInUser(request, reply, user, { rememberMe }))
      if (!isLetIn) return refuseLink(request, reply)

      takeFlash(request, reply, 'registration')

      if (!wantsJson(request)) {
        putFlash(request, reply, 'info', messages.loggedIn)

        return reply.code(303).redirect(takeReturnTo(request, reply))
      }

      return reply.send({ user: request.currentScope.user })
    },
  )

  // Whoever is logged in may confirm that with a link of their own. The link of somebody else
  // neither gives them anything nor is used up.
  async function refuseLinkOfAnother(
    request: FastifyRequest<{ Params: { token: string } }>,
    reply: FastifyReply,
  ) {
    const { user, isAuthenticated } = request.currentScope
    if (!isAuthenticated) return

    const owner = await accounts.getUserByMagicLinkToken(db, request.params.token)
    if (owner === null || owner.id !== user?.id)
      return redirectIfUserIsAuthenticated(request, reply)
  }
}

export default magicLinkController
