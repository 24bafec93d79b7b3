import type { FastifyInstance } from 'fastify'

import { messages } from '../../accounts/messages.js'
import { refuse } from '../../plugins/answer.js'

/** Shows the mails that were sent, in development only. */
export default async function mailboxController(app: FastifyInstance) {
  const mailbox = app.devMailbox
  if (mailbox === null || app.hasRoute({ method: 'GET', url: '/dev/mailbox' })) return

  app.get('/dev/mailbox', async (_request, reply) => {
    return reply.send(mailbox.mails)
  })

  app.get<{ Params: { id: string } }>('/dev/mailbox/:id', async (request, reply) => {
    const mail = mailbox.mails.find(({ id }) => id === request.params.id)
    if (mail === undefined) return refuse(request, reply, 404, messages.notFound)

    return reply.send(mail)
  })
}
