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
import { refuse } from '../../plugins/answer.js'
import { countAttempt, forgetLogIns, limitBy } from '../../plugins/limits.js'
import { refuseLink } from './refuse-link.js'
import { inSameTime } from './same-time.js'
import { Text, TokenParams } from './user-schemas.js'

const RequestBody = Type.Object({ email: Text })
const ResetBody = Type.Object({ password: Text })

/** Choosing a new password with a link from a mail. The answer does not tell who has an account. */
const resetPasswordController: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config, mailer } = app.userAuth

  app.post(
    '/users/reset-password',
    { schema: { body: RequestBody }, preValidation: limitBy('mailByAddress') },
    async (request, reply) => {
      const errors = checkRecipient(request.body.email)
      if (hasErrors(errors)) {
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

      return reply.send({ message: messages.passwordReset })
    },
  )
}

export default resetPasswordController

function showReset(
  request: FastifyRequest,
  reply: FastifyReply,
  { email }: User,
  errors: FieldErrors = {},
) {
  if (hasErrors(errors)) return refuse(request, reply, 422, messages.invalidFields, errors)

  return reply.send({ email })
}
