import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

export const PASSWORD = 'seven unrelated quiet words'

let count = 0

/** Somebody with a browser of their own, which shares no cookies with the others. */
export class Visitor {
  readonly email: string
  readonly page: Page
  readonly context: BrowserContext
  /** What the browser complained about: errors in the console, and what the CSP stopped. */
  readonly complaints: string[] = []

  private constructor(page: Page) {
    count += 1
    this.email = `visitor-${count}@example.com`
    this.page = page
    this.context = page.context()
    page.setDefaultTimeout(30_000)
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return
      // A page that says 401 or 404 on purpose is an error to the console.
      if (/the server responded with a status of 4\d\d/.test(message.text())) return

      this.complaints.push(`${page.url()}: ${message.text()}`)
    })
  }

  static async open(browser: Browser, options: BrowserContextOptions): Promise<Visitor> {
    const context = await browser.newContext(options)

    return new Visitor(await context.newPage())
  }

  /** Opens a page, and answers its status. */
  async goTo(path: string): Promise<number> {
    const response = await this.page.goto(path)

    return response?.status() ?? 0
  }

  get path(): string {
    const { pathname, search } = new URL(this.page.url())

    return `${pathname}${search}`
  }

  heading(): Promise<string> {
    return this.page.locator('h1').innerText()
  }

  /** Where the focus is: the name of a field, the role of a box, the text of anything else. */
  focus(): Promise<string> {
    return this.page.locator(':focus').evaluate((element) => {
      const { name } = element as { name?: string }

      return name || element.getAttribute('role') || (element.textContent ?? '').trim()
    })
  }

  /** One step with the tab key has to lead there. */
  async tabTo(expected: string): Promise<void> {
    await this.page.keyboard.press('Tab')
    const focus = await this.focus()
    if (focus !== expected) throw new Error(`The tab key led to ${focus}, not to ${expected}`)
  }

  async fillIn(fields: { email?: string; password?: string }): Promise<void> {
    if (fields.email !== undefined) await this.page.getByLabel('Email').fill(fields.email)
    if (fields.password !== undefined) await this.page.getByLabel('password').fill(fields.password)
  }

  /** Sends forms as they are, like a browser that checks nothing itself. */
  async skipChecksOfBrowser(): Promise<void> {
    await this.page.locator('main form').evaluateAll((forms) => {
      for (const form of forms) form.setAttribute('novalidate', '')
    })
  }

  async press(button: string): Promise<void> {
    await this.page.locator('main').getByRole('button', { name: button }).click()
  }

  /**
   * The browser's back button. Where a page has just replaced another one, Chromium has no history
   * to ask for a moment ("Not attached to an active page").
   */
  async goBack(): Promise<void> {
    await this.page.waitForLoadState()
    for (let attempt = 1; ; attempt++) {
      try {
        await this.page.goBack()
        return
      } catch (error) {
        const isBetweenPages = String(error).includes('Not attached to an active page')
        if (!isBetweenPages || attempt === 20) throw error
        await this.page.waitForTimeout(100)
      }
    }
  }

  async register({ email = this.email, password = PASSWORD } = {}): Promise<void> {
    await this.goTo('/users/register')
    await this.fillIn({ email, password })
    await this.press('Create an account')
  }

  async logIn({ email = this.email, password = PASSWORD, rememberMe = false } = {}): Promise<void> {
    if (!this.path.startsWith('/users/log-in')) await this.goTo('/users/log-in')
    await this.fillIn({ email, password })
    if (rememberMe) await this.page.getByLabel('Keep me logged in').check()
    await this.press('Log in')
  }

  /** Opens the newest mail to this visitor. */
  async readMail(): Promise<void> {
    await this.goTo('/dev/mailbox')
    const mails = this.page.getByRole('listitem').filter({ hasText: `to ${this.email},` })
    await mails.getByRole('link').first().click()
  }

  async isLoggedIn(): Promise<boolean> {
    const session = await this.context.request.get('/users/session')
    const { user } = await session.json()

    return user !== null
  }

  // The shortcuts below send what the forms send, without the pages: for what has to be there
  // before a test begins.

  /** Registers and confirms, which logs in. */
  async becomeUser(): Promise<void> {
    const link = await this.mailedLink()
    await this.send(link, {})
  }

  /** Registers, and forgets it: a user who is not logged in here. */
  async leaveAccountBehind(): Promise<void> {
    await this.becomeUser()
    await this.context.clearCookies()
  }

  /** Registers, and answers the path of the link in the mail. */
  async mailedLink(): Promise<string> {
    await this.send('/users/register', { email: this.email, password: PASSWORD })

    return this.newestLink('/users/confirm/')
  }

  /** The path of the link in the newest mail that leads to a page of this kind. */
  async newestLink(kind: string, email = this.email): Promise<string> {
    const answer = await this.context.request.get('/dev/mailbox', {
      headers: { accept: 'application/json' },
    })
    const mails: { to: string; text: string }[] = await answer.json()
    const mail = mails.find(({ to, text }) => to === email && text.includes(kind))
    const [, rest] = mail?.text.split(kind) ?? []

    return `${kind}${rest?.split(/\s/)[0] ?? ''}`
  }

  async send(path: string, data: object): Promise<number> {
    const { request } = this.context
    const session = await request.get('/users/session')
    const { csrfToken } = await session.json()
    const answer = await request.post(path, { data, headers: { 'x-csrf-token': csrfToken } })

    return answer.status()
  }

  /** Closes the browser and opens it again, which only cookies with a lifetime survive. */
  async restart(): Promise<void> {
    const cookies = await this.context.cookies()
    await this.context.clearCookies()
    await this.context.addCookies(cookies.filter(({ expires }) => expires !== -1))
  }
}
