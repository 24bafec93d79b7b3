import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'

import { normalizeEmail } from '../../accounts/email.js'
import { messages } from '../../accounts/messages.js'
import { checkEmail, checkNewPassword, hasErrors } from '../../accounts/user-fields.js'
import * as accounts from '../../accounts.js'
import { refuse } from '../../plugins/answer.js'
import { putFlash } from '../../plugins/flash.js'
import { countAttempt, limitBy } from '../../plugins/limits.js'
import { redirectIfUserIsAuthenticated } from '../../plugins/user-auth.js'
import { inSameTime } from './same-time.js'
import { Text } from './user-schemas.js'

const RegistrationBody = Type.Object({
  email: Text,
  password: Text,
})

/** Registering. The answer is the same for an address that has an account already. */
const registrationController: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config, mailer } = app.userAuth

  app.post(
    '/users/register',
    {
      schema: { body: RegistrationBody },
      onRequest: redirectIfUserIsAuthenticated,
      preValidation: limitBy('registerByAddress'),
    },
    async (request, reply) => {
      const email = normalizeEmail(request.body.email)
      const { password } = request.body

      const errors = { ...checkEmail(email), ...checkNewPassword(password, [email, config.origin]) }
      if (hasErrors(errors)) {
        return refuse(request, reply, 422, messages.invalidFields, errors)
      }

      await inSameTime(async () => {
        const { user, taken, proof } = await accounts.registerUser(db, {
          email,
          password,
        })
        putFlash(request, reply, 'registration', proof)
        if ((await countAttempt(request, 'mailByAccount')) !== null) return

        if (taken) {
          accounts.deliverAlreadyRegisteredNotice(
            user,
            mailer.deliver,
            `${config.origin}/users/log-in`,
          )
          return
        }

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
}

export default registrationController
