import { randomUUID } from 'node:crypto'

import type { FastifyInstance } from 'fastify'

const MOST_MAILS = 200

export type SentMail = {
  id: string
  to: string
  subject: string
  text: string
  html: string
  sentAt: Date
}

/** Keeps what was sent, newest first, for development and tests. */
export class DevMailbox {
  readonly mails: SentMail[] = []

  add(mail: Omit<SentMail, 'id' | 'sentAt'>): void {
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
  { production }: { production: boolean },
): DevMailbox | null {
  if (!app.hasDecorator('devMailbox'))
    app.decorate('devMailbox', production ? null : new DevMailbox())

  return app.devMailbox
}
