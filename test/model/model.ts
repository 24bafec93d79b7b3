// What ought to be true of accounts: who has which, what lets them in, and for how long. It knows
// nothing of the app; the numbers are those that the README of a generated app promises.

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const LOG_IN_LIVES = 60 * DAY
const SESSION_LIES_IDLE = 14 * DAY
const SEEN_EVERY = HOUR
const SUDO_LASTS = 10 * MINUTE

export type LinkKind = 'confirm' | 'reset' | 'magic-link' | 'change-email'

const LINK_LIVES: Record<LinkKind, number> = {
  confirm: 7 * DAY,
  reset: HOUR,
  'magic-link': 10 * MINUTE,
  'change-email': DAY,
}

export type Account = {
  email: string
  password: string | null
  /** Which choice of a password it was: the browser that made it keeps the number as a proof. */
  choice: number
  isConfirmed: boolean
  isActive: boolean
}

/** Somebody was let in. Sessions and the remember-me cookie hang on it. */
export type LogIn = {
  account: Account
  createdAt: number
  authenticatedAt: number
  hasEnded: boolean
  /** Its id in the list of devices. */
  id?: string
  /** The remember-me cookie, when one was given out. */
  cookie?: string
}

export type Session = {
  logIn: LogIn
  isRemembered: boolean
  lastSeenAt: number
  hasEnded: boolean
  /** The session cookie. */
  cookie?: string
}

export type Link = {
  kind: LinkKind
  account: Account
  sentTo: string
  createdAt: number
  hasEnded: boolean
  token: string
}

/** The cookies of a browser. */
export type Browser = { session: Session | null; remember: LogIn | null; proof: number | null }

export class Model {
  now = 0
  accounts: Account[] = []
  readonly logIns: LogIn[] = []
  readonly sessions: Session[] = []
  readonly links: Link[] = []
  #choices = 0

  accountOf(email: string): Account | undefined {
    return this.accounts.find((account) => account.email === email)
  }

  // What lives

  logInLives({ account, createdAt, hasEnded }: LogIn): boolean {
    return !hasEnded && account.isActive && this.now - createdAt < LOG_IN_LIVES
  }

  sessionLives({ logIn, lastSeenAt, hasEnded }: Session): boolean {
    return !hasEnded && this.logInLives(logIn) && this.now - lastSeenAt < SESSION_LIES_IDLE
  }

  linkLives({ kind, account, createdAt, hasEnded, sentTo }: Link): boolean {
    if (hasEnded || !account.isActive || this.now - createdAt >= LINK_LIVES[kind]) return false
    if (kind === 'confirm' && account.isConfirmed) return false

    return kind === 'change-email' || sentTo === account.email
  }

  passwordWorks(email: string, password: string): boolean {
    const account = this.accountOf(email)

    return account?.password === password && account.isActive && account.isConfirmed
  }

  isInSudoMode({ logIn, isRemembered }: Session): boolean {
    return !isRemembered && this.now - logIn.authenticatedAt < SUDO_LASTS
  }

  // What happens

  /** A request of this browser: the session it is then logged in with, or null. */
  visit(browser: Browser): Session | null {
    const { session, remember } = browser
    if (session !== null && this.sessionLives(session)) return this.use(session)
    // What has expired is deleted when somebody comes with it, and does not come back.
    if (session !== null && this.#hasExpired(session)) session.hasEnded = true

    if (remember === null || !this.logInLives(remember)) {
      browser.remember = null

      return null
    }
    if (session !== null) session.hasEnded = true
    browser.session = this.#open(remember, true)

    return browser.session
  }

  use(session: Session): Session {
    if (this.now - session.lastSeenAt >= SEEN_EVERY) session.lastSeenAt = this.now

    return session
  }

  logIn(browser: Browser, account: Account, { remember = false, provedAt = this.now } = {}): void {
    const before = browser.session
    if (before !== null && this.sessionLives(before)) before.logIn.hasEnded = true
    if (before !== null) before.hasEnded = true

    const logIn = { account, createdAt: this.now, authenticatedAt: provedAt, hasEnded: false }
    this.logIns.push(logIn)
    browser.session = this.#open(logIn, false)
    browser.remember = remember ? logIn : null
  }

  logOut(browser: Browser): void {
    const { session } = browser
    if (session !== null && this.sessionLives(session)) session.logIn.hasEnded = true
    if (session !== null) session.hasEnded = true
    browser.session = null
    browser.remember = null
  }

  /** Only the newest link of a kind works. The token comes with the mail, if there is one. */
  issue(kind: LinkKind, account: Account, token: string | undefined, sentTo = account.email): void {
    for (const link of this.links) {
      if (link.account === account && link.kind === kind) link.hasEnded = true
    }
    if (token === undefined) return

    this.links.push({ kind, account, sentTo, createdAt: this.now, hasEnded: false, token })
  }

  choosePassword(account: Account, password: string | null): number {
    this.#choices += 1
    account.password = password
    account.choice = this.#choices

    return account.choice
  }

  /** The first proof of a mailbox: of what was there before, only one's own choice stays. */
  proveMailbox(account: Account, proof: number | null): void {
    if (proof !== account.choice) this.choosePassword(account, null)
    account.isConfirmed = true
    this.endAll(account)
  }

  endSessions(account: Account): void {
    for (const logIn of this.logIns) if (logIn.account === account) logIn.hasEnded = true
  }

  endAll(account: Account): void {
    this.endSessions(account)
    for (const link of this.links) if (link.account === account) link.hasEnded = true
  }

  #open(logIn: LogIn, isRemembered: boolean): Session {
    const session = { logIn, isRemembered, lastSeenAt: this.now, hasEnded: false }
    this.sessions.push(session)

    return session
  }

  #hasExpired({ logIn, lastSeenAt }: Session): boolean {
    const isTooOld = this.now - logIn.createdAt >= LOG_IN_LIVES

    return isTooOld || this.now - lastSeenAt >= SESSION_LIES_IDLE
  }
}
