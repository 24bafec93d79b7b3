import { advice, type Check } from './check.js'

/** Without a server, mails wait in the development mailbox, which production has not. */
export const mail: Check = {
  name: 'mail',
  healthy: 'mail has a server and a sender',
  examine: ({ environment }) => {
    const sender = environment.get('MAIL_FROM') ?? ''

    return [
      ...(environment.get('SMTP_URL')
        ? []
        : [
            advice(
              'SMTP_URL is not set: in production no mail is sent, so nobody can confirm.',
              'SMTP_URL=smtp://user:password@your.mail.server',
            ),
          ]),
      ...(sender === '' || /@(?:example\.(?:com|org|net)|localhost)\b/.test(sender)
        ? [
            advice(
              'MAIL_FROM is no address of yours, so mail may be refused as spam.',
              'MAIL_FROM=no-reply@your.domain',
            ),
          ]
        : []),
    ]
  },
}
