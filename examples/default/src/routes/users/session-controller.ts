import { type FastifyPluginAsyncTypebox, type Static, Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../../accounts/messages.js'
import type { FieldErrors } from '../../accounts/user-fields.js'
import * as accounts from '../../accounts.js'
import { refuse, wantsJson } from '../../plugins/answer.js'
import { putFlash } from '../../plugins/flash.js'
import { csrfToken } from '../../plugins/form-tokens.js'
import { giveBackLogIn, limitBy } from '../../plugins/limits.js'
import { page } from '../../plugins/pages.js'
import { takeReturnTo } from '../../plugins/return-to.js'
import { logInUser, logOutUser, redirectIfUserIsAuthenticated } from '../../plugins/user-auth.js'
import { checkBeforePassword } from './log-in-guards.js'
import { missInSameTime } from './same-time.js'
import { Checkbox, isChecked, Text } from './user-schemas.js'

const LogInBody = Type.Object({
  email: Text,
  password: Text,
  rememberMe: Type.Optional(Checkbox),
  next: Type.Optional(Text),
})

/** Logging in and out. */
const sessionController: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.userAuth

  app.get<{ Querystring: { next?: string } }>(
    '/users/log-in',
    { onRequest: redirectIfUserIsAuthenticated },
    async (request, reply) => showLogIn(reply, { next: request.query.next }),
  )

  app.post(
    '/users/log-in',
    {
      schema: { body: LogInBody },
      onRequest: redirectIfUserIsAuthenticated,
      preValidation: limitBy('logInByAddress', 'logInByAccount'),
    },
    async (request, reply) => {
      const { email, password, rememberMe } = request.body

      await checkBeforePassword(request, email)
      const user = await missInSameTime(async () => {
        const found = await accounts.getUserByEmailAndPassword(db, email, password)
        // In here: to look whose log-in it was takes time as well.
        if (found === null) await noteFailure(request, email)

        return found
      })
      if (user === null) return refuseLogIn(request, reply)

      await giveBackLogIn(request)
      const isLetIn = await logInUser(request, reply, user, { rememberMe: isChecked(rememberMe) })
      // Not with a password that was changed while it was verified.
      if (!isLetIn) {
        await noteFailure(request, email)

        return refuseLogIn(request, reply)
      }

      if (!wantsJson(request)) {
        putFlash(request, reply, 'info', messages.loggedIn)

        return reply.code(303).redirect(takeReturnTo(request, reply, request.body.next))
      }

      return reply.send({ user: request.currentScope.user })
    },
  )

  app.delete('/users/log-out', logOut)
  app.post('/users/log-out', logOut)

  app.get('/users/session', async (request, reply) => {
    const { user, loginState } = request.currentScope

    return reply.send({ user, loginState, csrfToken: csrfToken(request, reply) })
  })
}

export default sessionController

// Whose account somebody tries to get into is for the log alone, and the address is not in it.
async function noteFailure(request: FastifyRequest, email: string): Promise<void> {
  const { log, ip, server } = request
  const user = await accounts.getUserByEmail(server.userAuth.db, email)

  log.info({ event: 'log-in failed', userId: user?.id, ip }, 'log-in failed')
}

// One answer, whatever was wrong: it must not tell who has an account here.
function refuseLogIn(
  request: FastifyRequest & { body: Static<typeof LogInBody> },
  reply: FastifyReply,
) {
  if (!wantsJson(request)) {
    const form = { ...request.body, rememberMe: isChecked(request.body.rememberMe) }

    return showLogIn(reply.code(401), form, { form: [messages.invalidCredentials] })
  }

  return refuse(request, reply, 401, messages.invalidCredentials)
}

async function logOut(request: FastifyRequest, reply: FastifyReply) {
  await logOutUser(request, reply)

  if (!wantsJson(request)) {
    putFlash(request, reply, 'info', messages.loggedOut)

    return reply.code(303).redirect('/')
  }

  return reply.code(204).send()
}

type LogInForm = { email?: string; next?: string | undefined; rememberMe?: boolean }

function showLogIn(
  reply: FastifyReply,
  { email, next, rememberMe }: LogInForm,
  errors: FieldErrors = {},
) {
  const form = { email, next, rememberMe }

  return page(reply, 'users/log-in.ejs', { title: messages.titles.logIn, form, errors })
}
