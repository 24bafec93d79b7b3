import type { FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../../accounts/messages.js'
import type { FieldErrors } from '../../accounts/user-fields.js'
import * as accounts from '../../accounts.js'
import { isInSudoMode } from '../../plugins/guards.js'
import { page } from '../../plugins/pages.js'

/** The account page, and what was wrong with a form on it. */
export async function showSettings(
  request: FastifyRequest,
  reply: FastifyReply,
  { form = {}, errors = {} }: { form?: object; errors?: FieldErrors } = {},
) {
  const { currentScope, server } = request
  const { user } = currentScope

  return page(reply, 'users/settings.ejs', {
    title: messages.titles.settings,
    user,
    hasPassword: user !== null && (await accounts.hasPassword(server.userAuth.db, user)),
    isInSudoMode: isInSudoMode(currentScope),
    form,
    errors,
  })
}
