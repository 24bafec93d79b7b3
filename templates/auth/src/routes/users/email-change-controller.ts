import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'

import * as accounts from '../../accounts.js'
import { normalizeEmail } from '../../accounts/email.js'
import { messages } from '../../accounts/messages.js'
import { checkEmail, type FieldErrors, hasErrors } from '../../accounts/user-fields.js'
import { refuse } from '../../plugins/answer.js'
import { countAttempt, limitBy, refuseAttempt } from '../../plugins/limits.js'
import { logInUser, requireAuthenticatedUser, requireSudoMode } from '../../plugins/user-auth.js'
import { refuseLink } from './refuse-link.js'
import { inSameTime } from './same-time.js'
import { Text, TokenParams } from './user-schemas.js'
//% if (features.html) {
import { wantsJson } from '../../plugins/answer.js'
import { putFlash } from '../../plugins/flash.js'
import { page } from '../../plugins/pages.js'
import { SIGNED_IN_PATH } from '../../plugins/return-to.js'
import { showSettings } from './show-settings.js'
//% }

const EmailBody = Type.Object({ email: Text })

/** Changing the email. The new address proves itself with a link, and the old one is told. */
const emailChangeController: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config, mailer } = app.userAuth

  app.addHook('onRequest', requireSudoMode)

  app.post(
    '/users/settings/email',
    {
      schema: { body: EmailBody },
      preValidation: limitBy('mailByAddress'),
    },
    async (request, reply) => {
      const { user } = request.currentScope
      if (user === null) return requireAuthenticatedUser(request, reply)

      const email = normalizeEmail(request.body.email)
      const unchanged: FieldErrors =
        email === user.email ? { email: [messages.emailUnchanged] } : {}
      const errors = { ...checkEmail(email), ...unchanged }
      if (hasErrors(errors)) {
        //% if (features.html) {
        if (!wantsJson(request))
          return showSettings(request, reply.code(422), { form: { email }, errors })

        //% }
        return refuse(request, reply, 422, messages.invalidFields, errors)
      }

      const seconds = await countAttempt(request, 'changeEmailByAccount')
      if (seconds !== null) return refuseAttempt(request, reply, seconds)

      // The answer does not tell whether the address has an account.
      await inSameTime(async () => {
        if ((await countAttempt(request, 'mailByAccount')) !== null) return

        await accounts.deliverUserUpdateEmailInstructions(db, user, email, mailer.deliver, {
          confirmUrl: (token) => `${config.origin}/users/settings/email/${token}`,
          logInUrl: `${config.origin}/users/log-in`,
        })
      })

      //% if (features.html) {
      if (!wantsJson(request)) {
        putFlash(request, reply, 'info', messages.emailChangeSent)

        return reply.code(303).redirect(SIGNED_IN_PATH)
      }

      //% }
      return reply.code(202).send({ message: messages.emailChangeSent })
    },
  )

  // Looking changes nothing: mail programs open links before people do.
  app.get(
    '/users/settings/email/:token',
    { schema: { params: TokenParams } },
    async (request, reply) => {
      const { user } = request.currentScope
      const { token } = request.params
      const email = user === null ? null : await accounts.getNewEmailByToken(db, user, token)
      if (email === null) return refuseLink(request, reply)

      //% if (features.html) {
      if (!wantsJson(request)) {
        const data = { title: messages.titles.emailChange, action: request.url, email }

        return page(reply, 'users/email-token.ejs', data)
      }

      //% }
      return reply.send({ email })
    },
  )

  app.post(
    '/users/settings/email/:token',
    { schema: { params: TokenParams } },
    async (request, reply) => {
      const { user, authenticatedAt } = request.currentScope
      const { token } = request.params
      const changed = user === null ? null : await accounts.updateUserEmail(db, user, token)
      if (user === null || changed === null) return refuseLink(request, reply)

      accounts.deliverEmailChangedNotice(user.email, changed.email, mailer.deliver)
      request.log.info({ event: 'email changed', userId: user.id, ip: request.ip }, 'changed')
      if (!(await logInUser(request, reply, changed, { authenticatedAt }))) {
        return refuse(request, reply, 401, messages.logInRequired)
      }

      //% if (features.html) {
      if (!wantsJson(request)) {
        putFlash(request, reply, 'info', messages.emailChanged)

        return reply.code(303).redirect(SIGNED_IN_PATH)
      }

      //% }
      return reply.send({ user: request.currentScope.user })
    },
  )
}

export default emailChangeController
