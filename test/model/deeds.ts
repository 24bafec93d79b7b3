// What people do, each with what has to come of it: the same is done in the model and in the app.

import assert from 'node:assert/strict'

import { devicesOf, type Life, type Pair, pageOf } from './life.js'
import type { Account, Link, Session } from './model.js'

export async function register(life: Life, pair: Pair, email: string, password: string) {
  const { model, app } = life
  const isLoggedIn = model.visit(pair.browser) !== null
  const { status } = await pair.visitor.send('POST', '/users/register', { email, password })
  assert.equal(status, isLoggedIn ? 403 : 202)
  if (isLoggedIn) return

  const tokens = app.takeTokens()
  const account = model.accountOf(email) ?? newAccount(life, email)
  // Somebody has it already: nothing changes, and the browser has a proof of nothing.
  pair.browser.proof = account.isConfirmed ? -1 : model.choosePassword(account, password)
  if (!account.isConfirmed) model.issue('confirm', account, tokens.get(email))
  assert.equal(tokens.has(email), !account.isConfirmed)
}

function newAccount({ model }: Life, email: string): Account {
  const account = { email, password: null, choice: 0, isConfirmed: false, isActive: true }
  model.accounts.push(account)

  return account
}

const ASK_AT = {
  confirm: '/users/confirm',
  reset: '/users/reset-password',
  'magic-link': '/users/log-in/link',
}

export async function askForLink(
  life: Life,
  pair: Pair,
  kind: keyof typeof ASK_AT,
  email: string,
): Promise<void> {
  const { model, app } = life
  const isRefused = model.visit(pair.browser) !== null && kind === 'magic-link'
  const { status } = await pair.visitor.send('POST', ASK_AT[kind], { email })
  assert.equal(status, isRefused ? 403 : 202)

  const account = model.accountOf(email)
  const isMailed =
    !isRefused &&
    account !== undefined &&
    (kind === 'confirm' ? !account.isConfirmed : account.isActive)
  const tokens = app.takeTokens()
  assert.equal(tokens.has(email), isMailed)
  if (isMailed) model.issue(kind, account, tokens.get(email))
}

export async function useLink(
  life: Life,
  pair: Pair,
  link: Link,
  { password, remember }: { password: string; remember: boolean },
): Promise<void> {
  const { app } = life
  const expected = {
    confirm: () => confirm(life, pair, link, remember ? undefined : password),
    reset: () => reset(life, pair, link, password),
    'magic-link': () => logInByLink(life, pair, link, remember),
    'change-email': () => changeEmail(life, pair, link),
  }[link.kind]()
  // Half of those who confirm an address choose a password with it.
  const body = {
    confirm: remember ? {} : { password },
    reset: { password },
    'magic-link': { rememberMe: remember },
    'change-email': {},
  }[link.kind]
  const { status } = await pair.visitor.send('POST', pageOf(link), body)

  assert.equal(status, expected, `using a link for ${link.kind}`)
  app.takeTokens()
}

function confirm({ model }: Life, { browser }: Pair, link: Link, password?: string): number {
  model.visit(browser)
  if (!model.linkLives(link)) return 410

  const { account } = link
  const proof = password === undefined ? browser.proof : model.choosePassword(account, password)
  browser.proof = null
  logInProved({ model, browser, account }, () => model.proveMailbox(account, proof))

  return 200
}

function reset({ model }: Life, { browser }: Pair, link: Link, password: string): number {
  model.visit(browser)
  if (!model.linkLives(link)) return 410

  const { account } = link
  model.proveMailbox(account, model.choosePassword(account, password))

  return 200
}

function logInByLink({ model }: Life, { browser }: Pair, link: Link, remember: boolean): number {
  const session = model.visit(browser)
  const { account } = link
  const lives = model.linkLives(link)
  // Whoever is logged in uses up no link but their own.
  if (session !== null && !(lives && session.logIn.account === account)) return 403
  if (!lives) return 410

  const isRemembered = remember || (session !== null && browser.remember !== null)
  logInProved({ model, browser, account, remember: isRemembered }, () => {
    if (account.isConfirmed) link.hasEnded = true
    else model.proveMailbox(account, browser.proof)
  })
  browser.proof = null

  return 200
}

function changeEmail({ model }: Life, { browser }: Pair, link: Link): number {
  const session = model.visit(browser)
  if (session === null || !model.isInSudoMode(session)) return 401

  const { account, sentTo } = link
  const isTheirs = session.logIn.account === account
  if (!isTheirs || !model.linkLives(link) || model.accountOf(sentTo) !== undefined) return 410

  const provedAt = session.logIn.authenticatedAt
  logInProved({ model, browser, account, provedAt }, () => {
    account.email = sentTo
    account.isConfirmed = true
    model.endAll(account)
  })

  return 200
}

type Proved = Pick<Life, 'model'> &
  Pick<Pair, 'browser'> & { account: Account; remember?: boolean; provedAt?: number }

/** A log-in that takes the place of the one in this browser, whatever `change` does to that. */
function logInProved(proved: Proved, change: () => void): void {
  const { model, browser, account, remember = false, provedAt = model.now } = proved
  const before = browser.session
  const isLive = before !== null && model.sessionLives(before)
  change()
  if (isLive) before.logIn.hasEnded = true
  model.logIn(browser, account, { remember, provedAt })
}

export async function logIn(
  { model }: Life,
  pair: Pair,
  fields: { email: string; password: string; remember: boolean },
): Promise<void> {
  const { email, password, remember } = fields
  const isLoggedIn = model.visit(pair.browser) !== null
  const works = model.passwordWorks(email, password)
  const body = { email, password, rememberMe: remember }
  const { status } = await pair.visitor.send('POST', '/users/log-in', body)
  assert.equal(status, isLoggedIn ? 403 : works ? 200 : 401)

  const account = model.accountOf(email)
  if (status === 200 && account) model.logIn(pair.browser, account, { remember })
}

export async function logOut({ model }: Life, pair: Pair): Promise<void> {
  model.visit(pair.browser)
  const { status } = await pair.visitor.send('POST', '/users/log-out')
  assert.equal(status, 204)
  model.logOut(pair.browser)
}

/** Closes the browser, which forgets its session: whoever copied the cookie still has it. */
export async function restart(_life: Life, { browser, visitor }: Pair): Promise<void> {
  visitor.cookies.delete('session')
  visitor.cookies.delete('user_flash')
  browser.session = null
  browser.proof = null
}

export async function confirmLogIn({ model }: Life, pair: Pair, password: string): Promise<void> {
  const session = model.visit(pair.browser)
  const works = session?.logIn.account.password === password
  const { status } = await pair.visitor.send('POST', '/users/confirm-login', { password })
  assert.equal(status, works ? 200 : 401)
  if (session === null || !works) return

  const remember = pair.browser.remember !== null
  model.logIn(pair.browser, session.logIn.account, { remember })
}

export async function confirmLogInByLink({ model, app }: Life, pair: Pair): Promise<void> {
  const session = model.visit(pair.browser)
  const { status } = await pair.visitor.send('POST', '/users/confirm-login')
  assert.equal(status, session === null ? 401 : 202)
  if (session === null) return

  const { account } = session.logIn
  model.issue('magic-link', account, app.takeTokens().get(account.email))
}

export async function changePassword(
  { model }: Life,
  pair: Pair,
  currentPassword: string,
  password: string,
): Promise<void> {
  const session = sudoSession({ model }, pair)
  const account = session?.logIn.account
  const isRight = account?.password === null || account?.password === currentPassword
  const body = { currentPassword, password }
  const { status } = await pair.visitor.send('POST', '/users/settings/password', body)
  assert.equal(status, session === null ? 401 : isRight ? 200 : 422)
  if (session === null || account === undefined || !isRight) return

  // To choose the first password proves nothing.
  const provedAt = account.password === null ? session.logIn.authenticatedAt : model.now
  model.choosePassword(account, password)
  model.endAll(account)
  model.logIn(pair.browser, account, { provedAt })
}

export async function askForEmailChange(life: Life, pair: Pair, email: string): Promise<void> {
  const { model, app } = life
  const session = sudoSession(life, pair)
  const account = session?.logIn.account
  const { status } = await pair.visitor.send('POST', '/users/settings/email', { email })
  assert.equal(status, session === null ? 401 : account?.email === email ? 422 : 202)
  if (status !== 202 || account === undefined) return

  const tokens = app.takeTokens()
  assert.equal(tokens.has(email), model.accountOf(email) === undefined)
  model.issue('change-email', account, tokens.get(email), email)
}

export async function deleteAccount({ model }: Life, pair: Pair): Promise<void> {
  const session = sudoSession({ model }, pair)
  const { status } = await pair.visitor.send('DELETE', '/users/settings')
  assert.equal(status, session === null ? 401 : 204)
  if (session === null) return

  const { account } = session.logIn
  model.accounts = model.accounts.filter((other) => other !== account)
  model.endAll(account)
  model.logOut(pair.browser)
}

/** Ends one of the sessions of anybody: those of others are not to be found. */
export async function revoke({ model }: Life, pair: Pair, which: number): Promise<void> {
  const session = model.visit(pair.browser)
  const target = model.logIns[which % Math.max(1, model.logIns.length)]
  if (target?.id === undefined) return

  const listed = await devicesOf(pair.visitor)
  const isListed = session?.logIn.account === target.account && model.logInLives(target)
  assert.equal(
    listed.some(({ id }) => id === target.id),
    isListed,
  )
  const { status } = await pair.visitor.send('DELETE', `/users/settings/sessions/${target.id}`)
  assert.equal(status, session === null ? 401 : isListed ? 204 : 404)
  if (!isListed) return

  if (target === session?.logIn) model.logOut(pair.browser)
  else target.hasEnded = true
}

export async function logOutEverywhere({ model }: Life, pair: Pair): Promise<void> {
  const session = model.visit(pair.browser)
  const { status } = await pair.visitor.send('DELETE', '/users/settings/sessions')
  assert.equal(status, session === null ? 401 : 204)
  if (session === null) return

  model.endSessions(session.logIn.account)
  model.logOut(pair.browser)
}

export async function setActive({ model, app }: Life, email: string, isActive: boolean) {
  await app.setActive(email, isActive)
  const account = model.accountOf(email)
  if (account) account.isActive = isActive
}

export async function passTime({ model, app }: Life, milliseconds: number): Promise<void> {
  await app.age(milliseconds)
  model.now += milliseconds
}

/** The session of this browser, when it may do what needs sudo mode. */
function sudoSession({ model }: Pick<Life, 'model'>, { browser }: Pair): Session | null {
  const session = model.visit(browser)

  return session !== null && model.isInSudoMode(session) ? session : null
}
