import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
//% if (features.html) {
import type { FastifyReply } from 'fastify'
//% }

import * as accounts from '../../accounts.js'
import { normalizeEmail } from '../../accounts/email.js'
import { messages } from '../../accounts/messages.js'
import { checkEmail, checkNewPassword, hasErrors } from '../../accounts/user-fields.js'
//% if (features.html) {
import type { FieldErrors } from '../../accounts/user-fields.js'
//% }
import { refuse } from '../../plugins/answer.js'
import { putFlash } from '../../plugins/flash.js'
import { countAttempt, limitBy } from '../../plugins/limits.js'
import { redirectIfUserIsAuthenticated } from '../../plugins/user-auth.js'
import { inSameTime } from './same-time.js'
import { Text } from './user-schemas.js'
//% if (features.requiredFields) {
import { newUserFields, pickNewUserFields } from '../../accounts/new-user.js'
//% }
//% if (features.uniqueFields) {
import { findTakenFields } from '../../accounts/new-user.js'
//% }
//% if (features.html) {
import { wantsJson } from '../../plugins/answer.js'
import { page } from '../../plugins/pages.js'
//% }

const RegistrationBody = Type.Object({
  email: Text,
  password: Text,
  //% if (features.requiredFields) {
  ...newUserFields,
  //% }
})

/** Registering. The answer is the same for an address that has an account already. */
const registrationController: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config, mailer } = app.userAuth

  //% if (features.html) {
  app.get(
    '/users/register',
    { onRequest: redirectIfUserIsAuthenticated },
    async (_request, reply) => showRegistration(reply),
  )

  //% }
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
      //% if (features.uniqueFields) {
      Object.assign(errors, await findTakenFields(db, email, pickNewUserFields(request.body)))
      //% }
      if (hasErrors(errors)) {
        //% if (features.html) {
        if (!wantsJson(request)) return showRegistration(reply.code(422), request.body, errors)

        //% }
        return refuse(request, reply, 422, messages.invalidFields, errors)
      }

      await inSameTime(async () => {
        const { user, taken, proof } = await accounts.registerUser(db, {
          email,
          password,
          //% if (features.requiredFields) {
          fields: pickNewUserFields(request.body),
          //% }
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

      //% if (features.html) {
      if (!wantsJson(request)) {
        putFlash(request, reply, 'info', messages.linkSent)

        return reply.code(303).redirect('/users/log-in')
      }

      //% }
      return reply.code(202).send({ message: messages.linkSent })
    },
  )
}

export default registrationController
//% if (features.html) {

function showRegistration(reply: FastifyReply, form: object = {}, errors: FieldErrors = {}) {
  return page(reply, 'users/register.ejs', { title: messages.titles.register, form, errors })
}
//% }
