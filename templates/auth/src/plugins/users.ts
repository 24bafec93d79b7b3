//% if (features.ownCookie) {
import cookie from '@fastify/cookie'
//% }
import formbody from '@fastify/formbody'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

import { type AuthConfig, readAuthConfig } from '../accounts/auth-config.js'
import type { PrismaClient } from '../generated/prisma/client.js'
import mailboxController from '../routes/dev/mailbox-controller.js'
//% if (features.accountDeletion) {
import accountDeletionController from '../routes/users/account-deletion-controller.js'
//% }
import confirmationController from '../routes/users/confirmation-controller.js'
import confirmLoginController from '../routes/users/confirm-login-controller.js'
//% if (features.emailChange) {
import emailChangeController from '../routes/users/email-change-controller.js'
//% }
//% if (features.magicLink) {
import magicLinkController from '../routes/users/magic-link-controller.js'
//% }
import passwordController from '../routes/users/password-controller.js'
//% if (features.devices) {
import devicesController from '../routes/users/devices-controller.js'
//% }
import registrationController from '../routes/users/registration-controller.js'
//% if (features.resetPassword) {
import resetPasswordController from '../routes/users/reset-password-controller.js'
//% }
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
//% if (features.html) {
import pages, { assets } from './pages.js'
//% }
import { jsonParser, readNothingAsEmpty, refuseNulBytes } from './request-body.js'
import securityHeaders from './security-headers.js'
import { SESSION_PROTECTION, type SessionProtection } from './session-protection.js'
//% if (features.ownSession) {
import session from './session.js'
//% }
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

    //% if (features.html) {
    await app.register(assets)
    //% }
    //% if (features.ownCookie) {
    await app.register(cookie)
    //% }
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

    //% if (features.ownSession) {
    await app.register(session, { prisma, cookies })
    //% }
    app.decorateRequest('currentScope')
    app.decorateRequest('userFlash', null)
    app.addHook('onRequest', fetchCurrentScope)
    sweepExpiredRows(app)

    //% if (features.html) {
    await app.register(pages)
    //% }
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
  //% if (features.bigintId) {
  // JSON has no number as large as the ids of this app may be: they leave as text.
  app.setReplySerializer((payload) =>
    JSON.stringify(payload, (_key, value) => (typeof value === 'bigint' ? String(value) : value)),
  )
  //% }
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
  //% if (features.swagger) {
  // Together in the description of the API.
  app.addHook('onRoute', (route) => {
    route.schema = Object.assign({ tags: ['users'] }, route.schema)
  })
  //% }
  app.addHook('preValidation', readNothingAsEmpty)
  app.addHook('preValidation', refuseNulBytes)
  app.addHook('preValidation', protectFromForgery)

  await app.register(securityHeaders, { production: app.userAuth.config.production })
  await app.register(limits)

  await app.register(registrationController)
  await app.register(confirmationController)
  await app.register(sessionController)
  //% if (features.magicLink) {
  await app.register(magicLinkController)
  //% }
  //% if (features.resetPassword) {
  await app.register(resetPasswordController)
  //% }
  await app.register(confirmLoginController)
  await app.register(settingsController)
  await app.register(passwordController)
  //% if (features.emailChange) {
  await app.register(emailChangeController)
  //% }
  //% if (features.accountDeletion) {
  await app.register(accountDeletionController)
  //% }
  //% if (features.devices) {
  await app.register(devicesController)
  //% }
  await app.register(mailboxController)
}
