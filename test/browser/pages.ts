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
  account: {
    title: 'Account',
    async open(visitor) {
      await visitor.leaveAccountBehind()
      await visitor.logIn()
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

async function openLinkElsewhere(visitor: Visitor): Promise<void> {
  const link = await visitor.mailedLink()
  await visitor.context.clearCookies()
  await visitor.goTo(link)
}
