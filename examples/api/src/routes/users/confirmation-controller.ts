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
import { readFlash, takeFlash } from '../../plugins/flash.js'
import { countAttempt, limitBy } from '../../plugins/limits.js'
import { logInUser } from '../../plugins/user-auth.js'
import { refuseLink } from './refuse-link.js'
import { inSameTime } from './same-time.js'
import { Text, TokenParams } from './user-schemas.js'

const RequestBody = Type.Object({ email: Text })
const ConfirmBody = Type.Object({ password: Type.Optional(Text) })

/** Confirming an account with the link from a mail, and asking for a new link. */
const confirmationController: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config, mailer } = app.userAuth

  app.post(
    '/users/confirm',
    { schema: { body: RequestBody }, preValidation: limitBy('mailByAddress') },
    async (request, reply) => {
      const errors = checkRecipient(request.body.email)
      if (hasErrors(errors)) {
        return refuse(request, reply, 422, messages.invalidFields, errors)
      }

      await inSameTime(async () => {
        const user = await accounts.getUserByEmail(db, request.body.email)
        const seconds = await countAttempt(request, 'mailByAccount')
        const isWaiting = user?.confirmedAt === null && accounts.isActive(user)
        if (!isWaiting || seconds !== null) return

        await accounts.deliverUserConfirmationInstructions(
          db,
          user,
          mailer.deliver,
          (token) => `${config.origin}/users/confirm/${token}`,
        )
      })

      return reply.code(202).send({ message: messages.linkSent })
    },
  )

  // Looking changes nothing: mail programs open links before people do.
  app.get('/users/confirm/:token', { schema: { params: TokenParams } }, async (request, reply) => {
    const user = await accounts.getUserByConfirmationToken(db, request.params.token)
    if (user === null) return refuseLink(request, reply)

    return showConfirmation(request, reply, user)
  })

  app.post(
    '/users/confirm/:token',
    { schema: { params: TokenParams, body: ConfirmBody } },
    async (request, reply) => {
      const { token } = request.params
      const newPassword = request.body.password

      const pending = await accounts.getUserByConfirmationToken(db, token)
      if (pending === null) return refuseLink(request, reply)

      const errors: FieldErrors =
        newPassword === undefined
          ? {}
          : checkNewPassword(newPassword, [pending.email, config.origin])
      if (hasErrors(errors)) {
        return refuse(request, reply, 422, messages.invalidFields, errors)
      }

      const proof = takeFlash(request, reply, 'registration')
      const user = await accounts.confirmUser(db, token, { proof, newPassword })
      if (user === null) return refuseLink(request, reply)

      await logInUser(request, reply, user)

      return reply.send({ user: request.currentScope.user })
    },
  )
}

export default confirmationController

// In another browser than the one that registered, a password has to be chosen (again): only
// that shows whose password it is.
function choosesPassword(request: FastifyRequest, user: User): boolean {
  return !accounts.isOwnChoice(user, readFlash(request, 'registration'))
}

function showConfirmation(
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
  errors: FieldErrors = {},
) {
  const choosePassword = choosesPassword(request, user)

  return reply.send({ choosePassword, errors })
}
