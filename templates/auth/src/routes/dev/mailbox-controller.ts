import type { FastifyInstance } from 'fastify'

import { messages } from '../../accounts/messages.js'
import { refuse } from '../../plugins/answer.js'
//% if (features.html) {
import { wantsJson } from '../../plugins/answer.js'
import { page } from '../../plugins/pages.js'
//% }

/** Shows the mails that were sent, in development only. */
export default async function mailboxController(app: FastifyInstance) {
  const mailbox = app.devMailbox
  if (mailbox === null || app.hasRoute({ method: 'GET', url: '/dev/mailbox' })) return

  app.get('/dev/mailbox', async (_request, reply) => {
    //% if (features.html) {
    if (!wantsJson(reply.request)) {
      return page(reply, 'dev/mailbox.ejs', { title: 'Mailbox', mails: mailbox.mails })
    }

    //% }
    return reply.send(mailbox.mails)
  })

  app.get<{ Params: { id: string } }>('/dev/mailbox/:id', async (request, reply) => {
    const mail = mailbox.mails.find(({ id }) => id === request.params.id)
    if (mail === undefined) return refuse(request, reply, 404, messages.notFound)

    //% if (features.html) {
    if (!wantsJson(request)) return page(reply, 'dev/mail.ejs', { title: mail.subject, mail })

    //% }
    return reply.send(mail)
  })
}
