import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../../accounts/messages.js'
import {
  checkNewPassword,
  checkRecipient,
  type FieldErrors,
  hasErrors,
} from '../../accounts/user-fields.js'
import * as accounts from '../../accounts.js'
import type { User } from '../../generated/prisma/client.js'
import { refuse, wantsJson } from '../../plugins/answer.js'
import { putFlash } from '../../plugins/flash.js'
import { countAttempt, forgetLogIns, limitBy } from '../../plugins/limits.js'
import { page } from '../../plugins/pages.js'
import { refuseLink } from './refuse-link.js'
import { inSameTime } from './same-time.js'
import { Text, TokenParams } from './user-schemas.js'

const RequestBody = Type.Object({ email: Text })
const ResetBody = Type.Object({ password: Text })

/** Choosing a new password with a link from a mail. The answer does not tell who has an account. */
const resetPasswordController: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config, mailer } = app.userAuth

  app.get('/users/reset-password', async (_request, reply) => showRequest(reply))

  app.post(
    '/users/reset-password',
    { schema: { body: RequestBody }, preValidation: limitBy('mailByAddress') },
    async (request, reply) => {
      const errors = checkRecipient(request.body.email)
      if (hasErrors(errors)) {
        if (!wantsJson(request)) return showRequest(reply.code(422), request.body, errors)

        return refuse(request, reply, 422, messages.invalidFields, errors)
      }

      await inSameTime(async () => {
        const user = await accounts.getUserByEmail(db, request.body.email)
        const seconds = await countAttempt(request, 'mailByAccount')
        if (user === null || !accounts.isActive(user) || seconds !== null) return

        await accounts.deliverUserResetPasswordInstructions(
          db,
          user,
          mailer.deliver,
          (token) => `${config.origin}/users/reset-password/${token}`,
        )
      })

      if (!wantsJson(request)) {
        putFlash(request, reply, 'info', messages.linkSent)

        return reply.code(303).redirect('/users/log-in')
      }

      return reply.code(202).send({ message: messages.linkSent })
    },
  )

  // Looking changes nothing: mail programs open links before people do.
  app.get(
    '/users/reset-password/:token',
    { schema: { params: TokenParams } },
    async (request, reply) => {
      const user = await accounts.getUserByResetPasswordToken(db, request.params.token)
      if (user === null) return refuseLink(request, reply)

      return showReset(request, reply, user)
    },
  )

  app.post(
    '/users/reset-password/:token',
    { schema: { params: TokenParams, body: ResetBody } },
    async (request, reply) => {
      const { token } = request.params
      const { password } = request.body

      const owner = await accounts.getUserByResetPasswordToken(db, token)
      if (owner === null) return refuseLink(request, reply)

      const errors = checkNewPassword(password, [owner.email, config.origin])
      if (hasErrors(errors)) return showReset(request, reply.code(422), owner, errors)

      // Before the link is used up: when this fails, the link is still good.
      await forgetLogIns(request, owner.email)
      const user = await accounts.resetUserPassword(db, token, password)
      if (user === null) return refuseLink(request, reply)

      accounts.deliverPasswordChangedNotice(user, mailer.deliver)
      request.log.info({ event: 'password reset', userId: user.id, ip: request.ip }, 'reset')

      // Nobody is logged in by this: what else the log-in asks for, it still asks for.
      if (!wantsJson(request)) {
        putFlash(request, reply, 'info', messages.passwordReset)

        return reply.code(303).redirect('/users/log-in')
      }

      return reply.send({ message: messages.passwordReset })
    },
  )
}

export default resetPasswordController

function showRequest(reply: FastifyReply, form: object = {}, errors: FieldErrors = {}) {
  const { resetPassword: title } = messages.titles

  return page(reply, 'users/reset-password.ejs', { title, form, errors })
}

function showReset(
  request: FastifyRequest,
  reply: FastifyReply,
  { email }: User,
  errors: FieldErrors = {},
) {
  if (!wantsJson(request)) {
    return page(reply, 'users/reset-password-token.ejs', {
      title: messages.titles.newPassword,
      action: request.url,
      email,
      form: {},
      errors,
    })
  }

  if (hasErrors(errors)) return refuse(request, reply, 422, messages.invalidFields, errors)

  return reply.send({ email })
}
