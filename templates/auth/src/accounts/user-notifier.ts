/** A mail, ready to be sent. The recipient is always an address from the database. */
export type Mail = { to: string; subject: string; text: string; html: string }

export type Deliver = (mail: Mail) => void

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

export function passwordChangedNotice(email: string): Mail {
  return compose(email, 'Your password was changed', [
    'The password of your account was changed, and every other device was logged out.',
    'If it was not you, choose a new password at once, and make sure that nobody else reads your mail.',
  ])
}
//% if (features.resetPassword) {

export function resetPasswordInstructions(email: string, url: string): Mail {
  return compose(email, 'Choose a new password', [
    'Choose a new password for your account with this link. It works once, and for one hour:',
    url,
    'If you did not ask for it, ignore this mail. Your password stays as it is.',
  ])
}
//% }
//% if (features.magicLink) {

export function magicLinkInstructions(email: string, url: string): Mail {
  return compose(email, 'Your link to log in', [
    'Log in with this link. It works once, and for ten minutes:',
    url,
    'If you did not ask for it, ignore this mail. Whoever has the link can log in, so pass it on to nobody.',
  ])
}
//% }
//% if (features.emailChange) {

export function updateEmailInstructions(newEmail: string, url: string): Mail {
  return compose(newEmail, 'Confirm your new email', [
    'Make this the email of your account with this link. It works once, for one day, where you are logged in:',
    url,
    'If you did not ask for it, ignore this mail. Nothing happens then.',
  ])
}

export function emailChangeRequestedNotice(email: string, newEmail: string): Mail {
  return compose(email, 'Your email is about to change', [
    `Somebody who is logged in to your account, probably you, asked to change its email to ${newEmail}. It changes once the link in a mail to that address is used.`,
    'If it was not you, change your password now. That makes the link worthless.',
  ])
}

export function emailChangedNotice(oldEmail: string, newEmail: string): Mail {
  return compose(oldEmail, 'Your email was changed', [
    `The email of your account is now ${newEmail}. This address can no longer be used to log in.`,
    'If it was not you, tell us at once.',
  ])
}

export function emailTakenNotice(email: string, logInUrl: string): Mail {
  return compose(email, 'You have an account already', [
    'Somebody, probably you, tried to make this the email of another account. You have an account with it already, and nothing about it has changed. Log in here:',
    logInUrl,
    'If it was not you, there is nothing to do.',
  ])
}
//% }

//% if (features.accountDeletion) {
export function accountDeletedNotice(email: string): Mail {
  return compose(email, 'Your account is deleted', [
    'Your account was deleted, as you asked. Everything about it is gone, and nobody can log in with it any more.',
    'If it was not you, somebody else had your password, or your device. Change that password wherever else you use it.',
  ])
}

//% }
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
