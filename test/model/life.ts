// A life of a few people, three browsers and one app: what the model says, and what the app does.

import assert from 'node:assert/strict'

import { type Browser, type Link, Model } from './model.js'
import type { RealApp } from './real-app.js'
import type { Visitor } from './visitor.js'

export const EMAILS = ['ann@example.com', 'ben@example.com', 'cem@example.com']
export const PASSWORDS = [
  'seven green umbrellas dance',
  'four more unrelated words',
  'kettle violin tortoise lamp',
]
const BROWSERS = 3

const PAGES: Record<Link['kind'], string> = {
  confirm: '/users/confirm',
  reset: '/users/reset-password',
  'magic-link': '/users/log-in/link',
  'change-email': '/users/settings/email',
}

export function pageOf({ kind, token }: Link): string {
  return `${PAGES[kind]}/${token}`
}

/** A browser of the model, and the one that has its cookies. */
export type Pair = { browser: Browser; visitor: Visitor }

export class Life {
  readonly model = new Model()
  readonly pairs: Pair[]

  constructor(readonly app: RealApp) {
    this.pairs = Array.from({ length: BROWSERS }, () => ({
      browser: { session: null, remember: null, proof: null },
      visitor: app.visitor(),
    }))
  }

  /** After each thing that happens: keeps its cookies, then tries every credential there is. */
  async settle(): Promise<void> {
    for (const pair of this.pairs) await this.#keepCredentials(pair)
    await this.app.forgive()
    await this.#checkSessions()
    await this.#checkLinks()
  }

  /** At the end: every password anybody ever chose, at every address. */
  async checkPasswords(): Promise<void> {
    for (const email of EMAILS) {
      for (const password of PASSWORDS) {
        const works = this.model.passwordWorks(email, password)
        const { status } = await this.app
          .visitor()
          .send('POST', '/users/log-in', { email, password })
        assert.equal(status, works ? 200 : 401, `the password "${password}" of ${email}`)
      }
    }
  }

  async #keepCredentials({ browser: { session, remember }, visitor }: Pair): Promise<void> {
    const remembered = visitor.cookies.get('user_remember_me')
    assert.equal(remembered !== undefined, remember !== null, 'there is a remember-me cookie')
    if (remember !== null && remembered !== undefined) remember.cookie ??= remembered

    const cookie = visitor.cookies.get('session')
    if (session === null || session.cookie !== undefined || session.hasEnded) return
    assert.ok(cookie, 'there is a session cookie')
    session.cookie = cookie
    session.logIn.id ??= await currentId(visitor)
  }

  async #checkSessions(): Promise<void> {
    const { model, app } = this
    for (const session of model.sessions) {
      if (session.cookie === undefined) continue
      const works = model.sessionLives(session)
      const visitor = app.visitor().with('session', session.cookie)
      await expectAccount(visitor, works ? session.logIn.account.email : null, 'a session')
      // What was looked at is as if its owner had used it.
      model.visit({ session, remember: null, proof: null })
    }

    for (const logIn of model.logIns) {
      if (logIn.cookie === undefined) continue
      const visitor = app.visitor().with('user_remember_me', logIn.cookie)
      await expectAccount(visitor, model.logInLives(logIn) ? logIn.account.email : null, 'a cookie')
    }
  }

  // Looking at a link does not use it up.
  async #checkLinks(): Promise<void> {
    for (const link of this.model.links) {
      const visitor = this.#whoCanSee(link)
      if (visitor === null) continue
      const { status } = await visitor.get(pageOf(link))

      assert.equal(status, this.model.linkLives(link) ? 200 : 410, `a link for ${link.kind}`)
    }
  }

  // The page that changes an email is for whoever asked for it, and proved lately who they are.
  #whoCanSee({ kind, account }: Link): Visitor | null {
    if (kind !== 'change-email') return this.app.visitor()

    const session = this.model.sessions.find(
      (candidate) =>
        candidate.logIn.account === account &&
        candidate.cookie !== undefined &&
        this.model.sessionLives(candidate) &&
        this.model.isInSudoMode(candidate),
    )

    return session?.cookie ? this.app.visitor().with('session', session.cookie) : null
  }
}

async function expectAccount(visitor: Visitor, email: string | null, what: string): Promise<void> {
  const { status, body } = await visitor.get('/users/settings')
  const found = status === 200 ? (body as { user: { email: string } }).user.email : null

  assert.equal(found, email, `${what} (${status})`)
}

async function currentId(visitor: Visitor): Promise<string> {
  return (await devicesOf(visitor)).find(({ current }) => current)?.id ?? ''
}

export async function devicesOf(visitor: Visitor): Promise<{ id: string; current: boolean }[]> {
  const { body } = await visitor.get('/users/settings/sessions')

  return (body as { sessions?: { id: string; current: boolean }[] }).sessions ?? []
}
