/** Every sentence that the code says. Translate or reword them here; mails are in user-notifier.ts. */
export const messages = {
  logInRequired: 'Please log in to access this page.',
  alreadyLoggedIn: 'You are already logged in.',
  confirmLogIn: 'Please confirm that it is you to do this.',
  invalidCredentials: 'Invalid email or password',
  wrongPassword: 'This is not your password.',

  accountInUse:
    'Your account cannot be deleted while something still belongs to it. Please write to us.',

  passwordReset: 'Your password is changed. Log in with the new one.',

  emailChangeSent: 'Check the mail of your new address: a link to confirm it is on its way.',
  emailUnchanged: 'This is your email already.',

  linkSent: 'Check your mail: if the address is right, a link to continue is on its way.',
  linkGone: 'This link was used already or has expired.',

  emailInvalid: 'Enter an email address, like name@example.com.',
  fieldRequired: 'Fill this in.',
  fieldInvalid: 'This is not a valid value.',
  passwordTooShort: (shortest: number) => `Choose a password of at least ${shortest} characters.`,
  passwordTooLong: (longest: number) => `Choose a password of at most ${longest} characters.`,
  passwordTooCommon: 'This password is too easy to guess. Choose another one.',

  invalidFields: 'Please check what you entered.',
  forbidden: 'You are not allowed to do this.',
  formExpired: 'This form has expired. Go back, reload the page and try again.',
  notFound: 'There is nothing at this address.',
  unsupportedMediaType: 'Send a form or JSON.',
  tooLarge: 'That is too large.',
  badRequest: 'This request could not be understood.',
  tooManyRequests: 'Too many attempts. Please wait a while and try again.',
  insecureConnection: 'Logging in needs a secure connection (https).',
  unexpected: 'Something went wrong on our side. Please try again.',
  unavailable: 'This is not available right now. Please try again in a moment.',
}
