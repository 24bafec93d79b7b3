//% if (features.html) {
/**
 * Every sentence that the code says, and the titles of the pages. Translate or reword them here;
 * the text of a page is in its view, that of a mail in user-notifier.ts.
 */
//% }
//% if (!features.html) {
/** Every sentence that the code says. Translate or reword them here; mails are in user-notifier.ts. */
//% }
export const messages = {
  logInRequired: 'Please log in to access this page.',
  alreadyLoggedIn: 'You are already logged in.',
  confirmLogIn: 'Please confirm that it is you to do this.',
  invalidCredentials: 'Invalid email or password',
  wrongPassword: 'This is not your password.',

  //% if (features.html) {
  loggedIn: 'Welcome back!',
  loggedOut: 'You are logged out.',
  //% if (features.devices) {
  sessionEnded: 'That session has ended.',

  //% }
  loggedOutEverywhere: 'Logged out of all devices.',
  confirmed: 'Your account is confirmed.',
  passwordChanged: 'Your password is changed, and every other device is logged out.',

  //% }
  //% if (features.accountDeletion) {
  //% if (features.html) {
  accountDeleted: 'Your account is deleted.',
  //% }
  accountInUse:
    'Your account cannot be deleted while something still belongs to it. Please write to us.',

  //% }
  //% if (features.resetPassword) {
  passwordReset: 'Your password is changed. Log in with the new one.',

  //% }
  //% if (features.emailChange) {
  emailChangeSent: 'Check the mail of your new address: a link to confirm it is on its way.',
  emailUnchanged: 'This is your email already.',
  //% if (features.html) {
  emailChanged: 'Your email is changed.',
  //% }

  //% }
  linkSent: 'Check your mail: if the address is right, a link to continue is on its way.',
  linkGone: 'This link was used already or has expired.',

  emailInvalid: 'Enter an email address, like name@example.com.',
  fieldRequired: 'Fill this in.',
  fieldInvalid: 'This is not a valid value.',
  //% if (features.uniqueFields) {
  fieldTaken: 'This is taken. Choose another one.',
  //% }
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
  //% if (features.html) {

  titles: {
    register: 'Register',
    confirm: 'Confirm your account',
    newConfirmation: 'Get a new confirmation mail',
    logIn: 'Log in',
    //% if (features.magicLink) {
    magicLink: 'Log in with your link',
    //% }
    //% if (features.resetPassword) {
    resetPassword: 'Forgot your password?',
    newPassword: 'Choose a new password',
    //% }
    confirmLogIn: 'Confirm that it is you',
    settings: 'Account',
    //% if (features.emailChange) {
    emailChange: 'Change your email',
    //% }
    //% if (features.devices) {
    devices: 'Where you are logged in',
    //% }
    linkGone: 'This link no longer works',
  },
  //% }
}
