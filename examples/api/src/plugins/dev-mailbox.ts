import { randomUUID } from 'node:crypto'

import type { FastifyInstance } from 'fastify'

import type { AuthConfig } from '../accounts/auth-config.js'
import { messages } from '../accounts/messages.js'
import type { Mail } from '../accounts/user-notifier.js'
import { refuse } from './answer.js'

const MOST_MAILS = 200

export type SentMail = Mail & { id: string; sentAt: Date }

/** Keeps what was sent, newest first, for development and tests. */
export class DevMailbox {
  readonly mails: SentMail[] = []

  add(mail: Mail): void {
    this.mails.unshift({ id: randomUUID(), ...mail, sentAt: new Date() })
    this.mails.length = Math.min(this.mails.length, MOST_MAILS)
  }
}

declare module 'fastify' {
  interface FastifyInstance {
    devMailbox: DevMailbox | null
  }
}

/** The mailbox of this app. In production there is none: it would let anybody into any account. */
export function openDevMailbox(
  app: FastifyInstance,
  { production }: AuthConfig,
): DevMailbox | null {
  if (!app.hasDecorator('devMailbox'))
    app.decorate('devMailbox', production ? null : new DevMailbox())

  return app.devMailbox
}

/** Shows the mailbox, in development only. */
export async function devMailbox(app: FastifyInstance) {
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
