/** A mail, ready to be sent. The recipient is always an address from the database. */
export type Mail = { to: string; subject: string; text: string; html: string }

export function confirmationInstructions(email: string, url: string): Mail {
  return compose(email, 'Confirm your account', [
    'Welcome! Confirm your account with this link. It works once, and for seven days:',
    url,
    'If you did not register, ignore this mail. Nothing happens then.',
  ])
}

export function alreadyRegisteredNotice(email: string, logInUrl: string): Mail {
  return compose(email, 'You have an account already', [
    'Somebody, probably you, tried to register with this address. You have an account already, and nothing about it has changed. Log in here:',
    logInUrl,
    'If it was not you, there is nothing to do.',
  ])
}

function compose(to: string, subject: string, paragraphs: string[]): Mail {
  return {
    to,
    subject,
    text: `${paragraphs.join('\n\n')}\n`,
    html: paragraphs.map(toHtml).join('\n'),
  }
}

function toHtml(paragraph: string): string {
  const text = escapeHtml(paragraph)

  return paragraph.startsWith('http') ? `<p><a href="${text}">${text}</a></p>` : `<p>${text}</p>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
