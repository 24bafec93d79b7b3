import { expect } from 'vitest'

import type { SiteTest } from './site.js'
import { PASSWORD } from './visitor.js'

/** What somebody does from registering to logging out, by hand. */
export function describeJourney(test: SiteTest) {
  test('learns of a password that is too short before the form is sent', async ({ visitor }) => {
    await visitor.register({ password: 'short' })

    expect(visitor.path).toBe('/users/register')
    expect(await visitor.page.locator('#password:user-invalid').count()).toBe(1)
  })

  test('reads at the password what the server says about it, with the focus there', async ({
    visitor,
  }) => {
    await visitor.goTo('/users/register')
    await visitor.skipChecksOfBrowser()
    await visitor.fillIn({ email: visitor.email, password: 'short' })
    await visitor.press('Create an account')

    const password = visitor.page.getByLabel('Password')
    expect(await password.getAttribute('aria-invalid')).toBe('true')
    expect(await password.getAttribute('aria-describedby')).toBe('password-hint password-error')
    expect(await visitor.page.locator('#password-error').innerText()).toContain('15 characters')
    expect(await visitor.focus()).toBe('password')
  })

  test('keeps the email of a refused form, and never the password', async ({ visitor }) => {
    await visitor.register({ password: 'passwordpassword' })

    expect(await visitor.page.getByLabel('Email').inputValue()).toBe(visitor.email)
    expect(await visitor.page.getByLabel('Password').inputValue()).toBe('')
  })

  test('goes from the summary of a refused form to the field', async ({ visitor }) => {
    await visitor.register({ password: 'passwordpassword' })
    await visitor.page.getByRole('alert').getByRole('link').click()

    expect(await visitor.focus()).toBe('password')
  })

  test('registers, and is told to look for the mail', async ({ visitor }) => {
    await visitor.register()

    expect(visitor.path).toBe('/users/log-in')
    expect(await visitor.page.getByRole('status').innerText()).toMatch(/^Check your mail/)
    expect(await visitor.isLoggedIn()).toBe(false)
  })

  test('finds the mail in the mailbox, and its link leads to a button', async ({ visitor }) => {
    await visitor.register()
    await visitor.readMail()
    expect(await visitor.page.locator('dd').first().innerText()).toBe(visitor.email)

    await visitor.page.locator('.mail a').click()
    expect(await visitor.heading()).toBe('Confirm your account')
  })

  test('confirms with the button, however often the link was opened, and is logged in', async ({
    visitor,
  }) => {
    const link = await visitor.mailedLink()
    await visitor.goTo(link)
    await visitor.goTo(link)
    expect(await visitor.isLoggedIn()).toBe(false)

    await visitor.press('Confirm my account')
    expect(await visitor.heading()).toBe('Account')
    expect(await visitor.isLoggedIn()).toBe(true)
  })

  test('finds a way on when the link was used already', async ({ visitor }) => {
    const link = await visitor.mailedLink()
    await visitor.goTo(link)
    await visitor.press('Confirm my account')

    expect(await visitor.goTo(link)).toBe(410)
    await visitor.page.getByRole('link', { name: 'Get a new confirmation mail' }).click()
    expect(await visitor.heading()).toBe('Get a new confirmation mail')
  })

  test('confirms in another browser with a password chosen there', async ({ visitor, open }) => {
    const link = await visitor.mailedLink()
    const elsewhere = await open()
    await elsewhere.goTo(link)
    await elsewhere.fillIn({ password: 'four more unrelated words' })
    await elsewhere.press('Confirm my account')

    expect(await elsewhere.isLoggedIn()).toBe(true)
    await visitor.logIn()
    expect(await visitor.isLoggedIn()).toBe(false)
    await visitor.logIn({ password: 'four more unrelated words' })
    expect(await visitor.isLoggedIn()).toBe(true)
  })

  test('logs out', async ({ visitor }) => {
    await visitor.becomeUser()
    await visitor.goTo('/')
    await visitor.page.getByRole('navigation').getByRole('button', { name: 'Log out' }).click()

    expect(visitor.path).toBe('/')
    expect(await visitor.page.getByRole('status').innerText()).toBe('You are logged out.')
    expect(await visitor.isLoggedIn()).toBe(false)
  })

  test('does not see the account again by going back after the log-out', async ({ visitor }) => {
    await visitor.becomeUser()
    await visitor.goTo('/users/settings')
    await visitor.press('Log out here')
    await visitor.goBack()

    expect(await visitor.heading()).toBe('Log in')
  })

  test('comes back to the page that a guard kept from them', async ({ visitor }) => {
    await visitor.leaveAccountBehind()
    await visitor.goTo('/users/settings?tab=sessions')
    expect(visitor.path).toBe('/users/log-in')

    await visitor.logIn()
    expect(visitor.path).toBe('/users/settings?tab=sessions')
  })

  test('comes back to that page after a wrong password, too', async ({ visitor }) => {
    await visitor.leaveAccountBehind()
    await visitor.goTo('/users/log-in?next=/users/settings?tab=sessions')
    await visitor.logIn({ password: 'wrong' })
    await visitor.logIn()

    expect(visitor.path).toBe('/users/settings?tab=sessions')
  })

  test('reads what was wrong with a log-in first, and keeps email and choice', async ({
    visitor,
  }) => {
    await visitor.logIn({ rememberMe: true })

    expect(await visitor.page.getByRole('alert').innerText()).toBe('Invalid email or password')
    expect(await visitor.focus()).toBe('alert')
    expect(await visitor.page.getByLabel('Email').inputValue()).toBe(visitor.email)
    expect(await visitor.page.getByLabel('Keep me logged in').isChecked()).toBe(true)
  })

  test('sees their account', async ({ visitor }) => {
    await visitor.leaveAccountBehind()
    await visitor.logIn()

    expect(await visitor.heading()).toBe('Account')
    expect(await visitor.page.locator('main dd').first().innerText()).toBe(visitor.email)
    expect(await visitor.page.getByRole('status').innerText()).toBe('Welcome back!')
  })

  test('stays logged in when the browser is closed and opened again, if they said so', async ({
    visitor,
  }) => {
    await visitor.leaveAccountBehind()
    await visitor.logIn({ rememberMe: true })
    await visitor.restart()

    await visitor.goTo('/users/settings')
    expect(await visitor.heading()).toBe('Account')
  })

  test('is logged out when the browser is closed, if they did not', async ({ visitor }) => {
    await visitor.leaveAccountBehind()
    await visitor.logIn()
    await visitor.restart()

    await visitor.goTo('/users/settings')
    expect(await visitor.heading()).toBe('Log in')
  })

  test('logs out everywhere, in the other browser too', async ({ visitor, open }) => {
    await visitor.leaveAccountBehind()
    const elsewhere = await open()
    await elsewhere.logIn({ email: visitor.email, rememberMe: true })
    await visitor.logIn()
    await visitor.press('Log out everywhere')

    expect(await visitor.isLoggedIn()).toBe(false)
    await elsewhere.goTo('/users/settings')
    expect(await elsewhere.heading()).toBe('Log in')
  })

  test('logs in with nothing but the keyboard', async ({ visitor }) => {
    await visitor.leaveAccountBehind()
    const { keyboard } = visitor.page
    await visitor.goTo('/users/log-in')

    await visitor.tabTo('Skip to content')
    await keyboard.press('Enter')
    await visitor.tabTo('email')
    await keyboard.type(visitor.email)
    await visitor.tabTo('password')
    await keyboard.type(PASSWORD)
    await visitor.tabTo('rememberMe')
    await keyboard.press('Space')
    expect(await visitor.page.getByLabel('Keep me logged in').isChecked()).toBe(true)

    await visitor.tabTo('Log in')
    await visitor.page.keyboard.press('Enter')
    await visitor.page.waitForURL('**/users/settings')
    expect(await visitor.heading()).toBe('Account')
  })
}
