import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

import { type AuthConfig, readAuthConfig } from '../accounts/auth-config.js'
import type { PrismaClient } from '../generated/prisma/client.js'
import mailboxController from '../routes/dev/mailbox-controller.js'
import accountDeletionController from '../routes/users/account-deletion-controller.js'
import confirmLoginController from '../routes/users/confirm-login-controller.js'
import confirmationController from '../routes/users/confirmation-controller.js'
import devicesController from '../routes/users/devices-controller.js'
import emailChangeController from '../routes/users/email-change-controller.js'
import magicLinkController from '../routes/users/magic-link-controller.js'
import passwordController from '../routes/users/password-controller.js'
import registrationController from '../routes/users/registration-controller.js'
import resetPasswordController from '../routes/users/reset-password-controller.js'
import sessionController from '../routes/users/session-controller.js'
import settingsController from '../routes/users/settings-controller.js'
import { ANSWER_WITHIN, answerInTime, giveUpInTime } from './answer-in-time.js'
import { buildCookies, type Cookies } from './cookies.js'
import { protectFromForgery } from './csrf.js'
import { openDevMailbox } from './dev-mailbox.js'
import { answerErrors } from './errors.js'
import { sweepExpiredRows } from './expired-rows.js'
import { createFormTokens } from './form-tokens.js'
import limits from './limits.js'
import { hideSecretsInLogs } from './log-serializers.js'
import { createMailer, type Mailer } from './mailer.js'
import pages, { assets } from './pages.js'
import { jsonParser, readNothingAsEmpty, refuseNulBytes } from './request-body.js'
import securityHeaders from './security-headers.js'
import session from './session.js'
import { SESSION_PROTECTION, type SessionProtection } from './session-protection.js'
import { fetchCurrentScope } from './user-auth.js'

declare module 'fastify' {
  interface FastifyInstance {
    userAuth: {
      db: PrismaClient
      config: AuthConfig
      cookies: Cookies
      formTokens: ReturnType<typeof createFormTokens>
      mailer: Mailer
      sessionProtection: SessionProtection
      loginDisabled: boolean
    }
  }
}

export type UsersOptions = {
  prisma: PrismaClient
  /** In tests of other things: nobody has to log in. */
  loginDisabled?: boolean
  /** The longest that anybody waits for an answer, in milliseconds. */
  answerWithin?: number
}

/**
 * Everything that users log in with. The rest of the app gets `request.currentScope`; the
 * routes live in a scope of their own, with their own parsers, validation and error handler,
 * so that nothing here changes a route of yours and nothing of yours changes these.
 */
export default fp<UsersOptions>(
  async function users(app, { prisma, loginDisabled = false, answerWithin = ANSWER_WITHIN }) {
    const config = readAuthConfig(process.env)
    if (loginDisabled && config.production) {
      throw new Error('loginDisabled lets everybody in: it is for tests, and not for production')
    }
    const cookies = buildCookies(config)
    const mailbox = openDevMailbox(app, config)
    const mailer = createMailer(config, app.log, (mail) => mailbox?.add(mail))

    await app.register(assets)
    await app.register(cookie)
    app.decorate('userAuth', {
      db: prisma,
      config,
      cookies,
      formTokens: createFormTokens(cookies),
      mailer,
      sessionProtection: SESSION_PROTECTION,
      loginDisabled,
    })
    app.addHook('onClose', () => mailer.close())
    giveUpInTime(app, answerWithin)

    await app.register(session, { prisma, cookies })
    app.decorateRequest('currentScope')
    app.decorateRequest('userFlash', null)
    app.addHook('onRequest', fetchCurrentScope)
    sweepExpiredRows(app)

    await app.register(pages)
    await app.register(routes)
  },
  { name: 'users' },
)

const LARGEST_BODY = 16 * 1024

/**
 * The routes and what guards them. Hooks run in the order in which they are added: what cannot
 * be read is refused first, then what another site has sent, then what was tried too often. A
 * route is reached by what none of them has answered.
 */
async function routes(app: FastifyInstance) {
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  hideSecretsInLogs(app)
  answerErrors(app)
  answerInTime(app)

  // A form or JSON, nothing else: what has no parser cannot slip past the validation.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, jsonParser(app))
  await app.register(formbody, { bodyLimit: LARGEST_BODY })
  app.addHook('onRoute', (route) => {
    route.bodyLimit = LARGEST_BODY
    // @fastify/swagger shows these schemas as they are: JSON Schema, where yours may be Zod.
    Object.assign(route, { config: { ...route.config, swaggerTransform: false } })
  })
  app.addHook('preValidation', readNothingAsEmpty)
  app.addHook('preValidation', refuseNulBytes)
  app.addHook('preValidation', protectFromForgery)

  await app.register(securityHeaders, { production: app.userAuth.config.production })
  await app.register(limits)

  await app.register(registrationController)
  await app.register(confirmationController)
  await app.register(sessionController)
  await app.register(magicLinkController)
  await app.register(resetPasswordController)
  await app.register(confirmLoginController)
  await app.register(settingsController)
  await app.register(passwordController)
  await app.register(emailChangeController)
  await app.register(accountDeletionController)
  await app.register(devicesController)
  await app.register(mailboxController)
}
