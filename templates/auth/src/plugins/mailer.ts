import type { FastifyBaseLogger } from 'fastify'
import nodemailer from 'nodemailer'

import type { AuthConfig } from '../accounts/auth-config.js'
import { SECOND } from '../accounts/duration.js'
import type { Mail } from '../accounts/user-notifier.js'

const ATTEMPTS = 3
const LONGEST_WAIT = 10 * SECOND

export type Mailer = {
  /** Sends a mail after the answer: a slow mail server changes neither its time nor its text. */
  deliver: (mail: Mail) => void
  /** Waits for the mails that are still on their way. */
  close: () => Promise<void>
}

/** Sends mail through SMTP_URL, and hands each one to `onDeliver` first. */
export function createMailer(
  { smtpUrl, mailFrom, production }: AuthConfig,
  log: FastifyBaseLogger,
  onDeliver: (mail: Mail) => void,
): Mailer {
  const transport = smtpUrl ? nodemailer.createTransport(withTimeouts(smtpUrl)) : null
  const underWay = new Set<Promise<void>>()

  if (production && transport === null) log.warn('SMTP_URL is not set: no mail can be sent')

  async function send(mail: Mail): Promise<void> {
    if (transport === null) {
      if (production) log.error('A mail was not sent: set SMTP_URL')
      return
    }

    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        // Addresses as objects: in a string, `"a@evil.com"@here.com` is somebody else.
        await transport.sendMail({
          ...mail,
          from: { name: '', address: mailFrom },
          to: { name: '', address: mail.to },
        })
        return
      } catch (error) {
        log.error({ code: codeOf(error), attempt }, 'a mail was not sent')
      }
    }
  }

  return {
    deliver(mail) {
      onDeliver(mail)
      const sending = send(mail).finally(() => underWay.delete(sending))
      underWay.add(sending)
    },
    async close() {
      await Promise.all(underWay)
      transport?.close()
    },
  }
}

function withTimeouts(url: string) {
  return {
    url,
    pool: true,
    connectionTimeout: LONGEST_WAIT,
    greetingTimeout: LONGEST_WAIT,
    socketTimeout: LONGEST_WAIT,
    // Mails are text. Nothing in one may make the server read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

// Not the message: a mail server repeats the address in it, or the whole mail.
function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : 'unknown'
}
