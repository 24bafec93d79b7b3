import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import * as accounts from '../../accounts.js'
import { messages } from '../../accounts/messages.js'
import { NO_PASSWORD } from '../../accounts/password.js'
import { checkNewPassword, type FieldErrors, hasErrors } from '../../accounts/user-fields.js'
import { refuse } from '../../plugins/answer.js'
import { giveBackLogIn, limitBy } from '../../plugins/limits.js'
import { logInUser, requireAuthenticatedUser, requireSudoMode } from '../../plugins/user-auth.js'
import { Text } from './user-schemas.js'
//% if (features.html) {
import { wantsJson } from '../../plugins/answer.js'
import { putFlash } from '../../plugins/flash.js'
import { SIGNED_IN_PATH } from '../../plugins/return-to.js'
import { showSettings } from './show-settings.js'
//% }

const PasswordBody = Type.Object({ currentPassword: Type.Optional(Text), password: Text })

/** Changing the password: with the current one, which is asked for although it was given lately. */
const passwordController: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config, mailer } = app.userAuth

  app.addHook('onRequest', requireSudoMode)

  app.post(
    '/users/settings/password',
    {
      schema: { body: PasswordBody },
      preValidation: limitBy('logInByAddress', 'logInByAccount'),
    },
    async (request, reply) => {
      const { currentPassword, password } = request.body
      const { user, authenticatedAt } = request.currentScope
      if (user === null) return requireAuthenticatedUser(request, reply)

      const owner = await accounts.getUserForPasswordChange(db, user, currentPassword)
      if (owner === null) {
        return refuseFields(request, reply, currentPasswordErrors(currentPassword))
      }

      await giveBackLogIn(request)
      const errors = checkNewPassword(password, [user.email, config.origin])
      if (hasErrors(errors)) return refuseFields(request, reply, errors)

      const changed = await accounts.updateUserPassword(db, owner, password)
      // Somebody else has changed it since it was verified, so it is not the current one any more.
      if (changed === null) {
        return refuseFields(request, reply, currentPasswordErrors(currentPassword))
      }

      accounts.deliverPasswordChangedNotice(changed, mailer.deliver)
      request.log.info({ event: 'password changed', userId: user.id, ip: request.ip }, 'changed')
      // Whoever had no password has not proved anything just now.
      const provedAt = owner.hashedPassword === NO_PASSWORD ? authenticatedAt : new Date()
      if (!(await logInUser(request, reply, changed, { authenticatedAt: provedAt }))) {
        return refuse(request, reply, 401, messages.logInRequired)
      }

      //% if (features.html) {
      if (!wantsJson(request)) {
        putFlash(request, reply, 'info', messages.passwordChanged)

        return reply.code(303).redirect(SIGNED_IN_PATH)
      }

      //% }
      return reply.send({ user: request.currentScope.user })
    },
  )
}

export default passwordController

function refuseFields(request: FastifyRequest, reply: FastifyReply, errors: FieldErrors) {
  //% if (features.html) {
  if (!wantsJson(request)) return showSettings(request, reply.code(422), { errors })

  //% }
  return refuse(request, reply, 422, messages.invalidFields, errors)
}

function currentPasswordErrors(typed: string | undefined): FieldErrors {
  const message = typed === undefined ? messages.fieldRequired : messages.wrongPassword

  return { currentPassword: [message] }
}
