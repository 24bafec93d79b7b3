import type { Visitor } from './visitor.js'

type Page = { title: string; open: (visitor: Visitor) => Promise<unknown> }

/** Every page there is, in every state that looks different. */
export const pages: Record<string, Page> = {
  home: { title: 'Welcome', open: (visitor) => visitor.goTo('/') },
  'home, logged in': {
    title: 'Welcome',
    async open(visitor) {
      await visitor.becomeUser()
      await visitor.goTo('/')
    },
  },
  register: { title: 'Register', open: (visitor) => visitor.goTo('/users/register') },
  'register, refused': {
    title: 'Error: Register',
    async open(visitor) {
      await visitor.goTo('/users/register')
      await visitor.skipChecksOfBrowser()
      await visitor.fillIn({ email: 'nobody', password: 'short' })
      await visitor.press('Create an account')
    },
  },
  'log in': { title: 'Log in', open: (visitor) => visitor.goTo('/users/log-in') },
  'log in, refused': {
    title: 'Error: Log in',
    open: (visitor) => visitor.logIn({ rememberMe: true }),
  },
  'log in, asked for by a guard': {
    title: 'Log in',
    open: (visitor) => visitor.goTo('/users/settings'),
  },
  'log in, after registering': { title: 'Log in', open: (visitor) => visitor.register() },
  'new confirmation mail': {
    title: 'Get a new confirmation mail',
    open: (visitor) => visitor.goTo('/users/confirm'),
  },
  confirm: {
    title: 'Confirm your account',
    open: async (visitor) => visitor.goTo(await visitor.mailedLink()),
  },
  'confirm in another browser': { title: 'Confirm your account', open: openLinkElsewhere },
  'confirm, refused': {
    title: 'Error: Confirm your account',
    async open(visitor) {
      await openLinkElsewhere(visitor)
      await visitor.fillIn({ password: 'passwordpassword' })
      await visitor.press('Confirm my account')
    },
  },
  'link gone': {
    title: 'This link no longer works',
    open: (visitor) => visitor.goTo('/users/confirm/used'),
  },
  'not found': {
    title: 'There is nothing at this address.',
    open: (visitor) => visitor.goTo('/nothing'),
  },
  'form expired': {
    title: 'This form has expired. Go back, reload the page and try again.',
    async open(visitor) {
      await visitor.goTo('/users/log-in')
      await visitor.context.clearCookies()
      await visitor.logIn()
    },
  },
  'too many attempts': {
    title: 'Too many attempts. Please wait a while and try again.',
    async open(visitor) {
      const { email } = visitor
      for (let attempt = 0; attempt < 10; attempt += 1)
        await visitor.send('/users/log-in', { email, password: 'wrong' })
      await visitor.logIn()
    },
  },
  'forgotten password': {
    title: 'Forgot your password?',
    open: (visitor) => visitor.goTo('/users/reset-password'),
  },
  'new password': { title: 'Choose a new password', open: openResetLink },
  'new password, refused': {
    title: 'Error: Choose a new password',
    async open(visitor) {
      await openResetLink(visitor)
      await visitor.fillIn({ password: 'passwordpassword' })
      await visitor.press('Change my password')
    },
  },
  'log in with a link': {
    title: 'Log in with your link',
    async open(visitor) {
      await visitor.leaveAccountBehind()
      await visitor.send('/users/log-in/link', { email: visitor.email })
      await visitor.goTo(await visitor.newestLink('/users/log-in/link/'))
    },
  },
  'confirm that it is you': { title: 'Confirm that it is you', open: openConfirmLogin },
  'confirm that it is you, refused': {
    title: 'Error: Confirm that it is you',
    async open(visitor) {
      await openConfirmLogin(visitor)
      await visitor.fillIn({ password: 'wrong' })
      await visitor.press('Go on')
    },
  },
  'confirm that it is you, without a password': {
    title: 'Confirm that it is you',
    async open(visitor) {
      const link = await visitor.mailedLink()
      await visitor.context.clearCookies()
      await visitor.send(link, {})
      await visitor.goTo('/users/confirm-login')
    },
  },
  'new email': {
    title: 'Change your email',
    async open(visitor) {
      const email = `new-${visitor.email}`
      await visitor.becomeUser()
      await visitor.send('/users/settings/email', { email })
      await visitor.goTo(await visitor.newestLink('/users/settings/email/', email))
    },
  },
  'account, to be confirmed first': {
    title: 'Account',
    async open(visitor) {
      await visitor.leaveAccountBehind()
      await visitor.logIn({ rememberMe: true })
      await visitor.restart()
      await visitor.goTo('/users/settings')
    },
  },
  'account, refused': {
    title: 'Error: Account',
    async open(visitor) {
      await visitor.becomeUser()
      await visitor.goTo('/users/settings')
      await visitor.skipChecksOfBrowser()
      await visitor.page.getByLabel('Current password').fill('wrong')
      await visitor.page.getByLabel('New password').fill('short')
      await visitor.press('Change my password')
    },
  },
  account: {
    title: 'Account',
    async open(visitor) {
      await visitor.leaveAccountBehind()
      await visitor.logIn()
    },
  },
  'account, about to be deleted': {
    title: 'Account',
    async open(visitor) {
      await visitor.leaveAccountBehind()
      await visitor.logIn()
      // By keyboard: after a click a browser shows no focus rings.
      await visitor.page.locator('summary').press('Enter')
    },
  },
  devices: {
    title: 'Where you are logged in',
    async open(visitor) {
      await visitor.leaveAccountBehind()
      await visitor.logIn()
      await visitor.goTo('/users/settings/sessions')
    },
  },
  mailbox: {
    title: 'Mailbox',
    async open(visitor) {
      await visitor.mailedLink()
      await visitor.goTo('/dev/mailbox')
    },
  },
  mail: {
    title: 'Confirm your account',
    async open(visitor) {
      await visitor.mailedLink()
      await visitor.readMail()
    },
  },
}

async function openResetLink(visitor: Visitor): Promise<void> {
  await visitor.leaveAccountBehind()
  await visitor.send('/users/reset-password', { email: visitor.email })
  await visitor.goTo(await visitor.newestLink('/users/reset-password/'))
}

async function openConfirmLogin(visitor: Visitor): Promise<void> {
  await visitor.becomeUser()
  await visitor.goTo('/users/confirm-login')
}

async function openLinkElsewhere(visitor: Visitor): Promise<void> {
  const link = await visitor.mailedLink()
  await visitor.context.clearCookies()
  await visitor.goTo(link)
}
