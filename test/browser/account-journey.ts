import { expect } from 'vitest'

import type { SiteTest } from './site.js'

const NEW_PASSWORD = 'four more unrelated words'

/** What somebody does with an account that is there: links, and changes that are asked for twice. */
export function describeAccountJourney(test: SiteTest) {
  test('forgets the password, chooses a new one, and logs in with it', async ({ visitor }) => {
    await visitor.leaveAccountBehind()
    await visitor.goTo('/users/log-in')
    await visitor.page.getByRole('link', { name: 'Forgot your password?' }).click()
    await visitor.fillIn({ email: visitor.email })
    await visitor.press('Send me a link')
    expect(await visitor.page.getByRole('status').innerText()).toMatch(/^Check your mail/)

    await visitor.readMail()
    await visitor.page.locator('.mail a').click()
    await visitor.fillIn({ password: NEW_PASSWORD })
    await visitor.press('Change my password')
    expect(await visitor.isLoggedIn()).toBe(false)

    await visitor.logIn({ password: NEW_PASSWORD })
    expect(await visitor.heading()).toBe('Account')
  })

  test('logs in with a link, without a password, where they wanted to go', async ({ visitor }) => {
    await visitor.leaveAccountBehind()
    await visitor.goTo('/users/settings?tab=sessions')
    await visitor.fillIn({ email: visitor.email })
    await visitor.press('Mail me a link instead')
    expect(await visitor.page.getByRole('status').innerText()).toMatch(/^Check your mail/)

    await visitor.readMail()
    await visitor.page.locator('.mail a').click()
    expect(await visitor.isLoggedIn()).toBe(false)
    await visitor.press('Log in')
    expect(visitor.path).toBe('/users/settings?tab=sessions')
  })

  test('changes the password, which ends the log-in of the other browser', async ({
    visitor,
    open,
  }) => {
    await visitor.leaveAccountBehind()
    const elsewhere = await open()
    await elsewhere.logIn({ email: visitor.email })
    await visitor.logIn()
    await visitor.page.getByLabel('Current password').fill('seven unrelated quiet words')
    await visitor.page.getByLabel('New password').fill(NEW_PASSWORD)
    await visitor.press('Change my password')

    expect(await visitor.page.getByRole('status').innerText()).toMatch(/^Your password is changed/)
    expect(await visitor.isLoggedIn()).toBe(true)
    expect(await elsewhere.isLoggedIn()).toBe(false)
  })

  test('changes the email with the link that the new address gets', async ({ visitor }) => {
    const email = `new-${visitor.email}`
    await visitor.becomeUser()
    await visitor.goTo('/users/settings')
    await visitor.page.getByLabel('New email').fill(email)
    await visitor.press('Change my email')
    expect(await visitor.page.locator('main dd').first().innerText()).toBe(visitor.email)

    await visitor.goTo(await visitor.newestLink('/users/settings/email/', email))
    await visitor.press('Change my email')
    expect(await visitor.page.locator('main dd').first().innerText()).toBe(email)
  })

  test('who was remembered confirms that it is them, and comes back', async ({ visitor }) => {
    await visitor.leaveAccountBehind()
    await visitor.logIn({ rememberMe: true })
    await visitor.restart()
    await visitor.goTo('/users/settings')
    await visitor.page.getByRole('link', { name: 'confirm that it is you' }).first().click()
    await visitor.fillIn({ password: 'seven unrelated quiet words' })
    await visitor.press('Go on')

    expect(visitor.path).toBe('/users/settings')
    expect(await visitor.page.getByLabel('Current password').count()).toBe(1)
  })
}
