import fc from 'fast-check'

import * as deeds from './deeds.js'
import { EMAILS, type Life, PASSWORDS, type Pair } from './life.js'
import { DAY, HOUR, MINUTE, SECOND } from './model.js'

/** Something that is done, and what it is called in a counterexample. */
type Deed = { text: string; work: (life: Life) => Promise<unknown> }

const email = fc.constantFrom(...EMAILS, ...EMAILS.slice(0, 2))
const password = fc.constantFrom(...PASSWORDS)
const browser = fc.nat({ max: 2 })
const which = fc.nat({ max: 30 })
const remember = fc.constantFrom(true, true, false)

// Odd times, so that none of their sums comes to within seconds of a limit: seconds pass here too.
const time = fc.oneof(
  { weight: 3, arbitrary: fc.constant(7 * MINUTE + 3 * SECOND) },
  { weight: 2, arbitrary: fc.constant(53 * MINUTE + 31 * SECOND) },
  { weight: 1, arbitrary: fc.constant(23 * HOUR + 11 * MINUTE) },
  { weight: 1, arbitrary: fc.constant(6 * DAY + 5 * HOUR + 17 * MINUTE) },
  { weight: 1, arbitrary: fc.constant(13 * DAY + 19 * HOUR + 41 * MINUTE) },
)

const register = fc
  .record({ browser, email, password })
  .map((x) => deed('register', x, (life) => deeds.register(life, at(life, x), x.email, x.password)))

const askForLink = fc
  .record({ browser, email, kind: fc.constantFrom('confirm', 'reset', 'magic-link') })
  .map((x) =>
    deed('ask for link', x, (life) => deeds.askForLink(life, at(life, x), x.kind, x.email)),
  )

const useLink = fc
  .record({
    browser,
    fromLast: fc.constantFrom(0, 0, 0, 1, 2, 5),
    password,
    remember,
  })
  .map((x) => deed('use link', x, (life) => useLinkFromLast(life, x)))

const logIn = fc
  .record({ browser, email, password, remember })
  .map((x) => deed('log in', x, (life) => deeds.logIn(life, at(life, x), x)))

// Mostly the right one: whoever guesses learns little about what comes after.
const logInRight = fc
  .record({ browser, email, remember })
  .map((x) => deed('log in rightly', x, (life) => logInRightly(life, x)))

const confirmLogIn = fc
  .record({ browser, password: fc.option(password, { freq: 1 }) })
  .map((x) => deed('confirm log-in', x, (life) => confirmLogInWith(life, x)))

const changePassword = fc
  .record({ browser, current: fc.option(password, { freq: 1 }), password })
  .map((x) => deed('change password', x, (life) => changePasswordFrom(life, x)))

const askForEmailChange = fc
  .record({ browser, email })
  .map((x) =>
    deed('ask for email change', x, (life) => deeds.askForEmailChange(life, at(life, x), x.email)),
  )

const setActive = fc
  .record({ email, isActive: fc.constantFrom(true, true, false) })
  .map((x) => deed('set active', x, (life) => deeds.setActive(life, x.email, x.isActive)))

const revoke = fc
  .record({ browser, which })
  .map((x) => deed('revoke', x, (life) => deeds.revoke(life, at(life, x), x.which)))

const passTime = fc
  .record({ time })
  .map((x) => deed('pass time', x, (life) => deeds.passTime(life, x.time)))

const SIMPLE = {
  'log out': deeds.logOut,
  restart: deeds.restart,
  'confirm log-in by link': deeds.confirmLogInByLink,
  'delete account': deeds.deleteAccount,
  'log out everywhere': deeds.logOutEverywhere,
}

const simple = Object.entries(SIMPLE).map(([text, work]) =>
  fc.record({ browser }).map((x) => deed(text, x, (life) => work(life, at(life, x)))),
)

/** What can happen. What leads further comes more often. */
export const DEEDS: fc.Arbitrary<fc.AsyncCommand<object, Life>>[] = [
  ...[register, askForLink, askForLink, useLink, useLink, useLink, useLink],
  ...[logIn, logInRight, logInRight, logInRight, confirmLogIn, confirmLogIn],
  ...[changePassword, changePassword, askForEmailChange, askForEmailChange],
  ...[revoke, revoke, setActive, passTime, passTime],
  ...[...simple, ...simple],
].map((arbitrary) => arbitrary.map(toCommand))

function deed(name: string, x: object, work: Deed['work']): Deed {
  return { text: `${name} ${JSON.stringify(x)}`, work }
}

// What is true already is the `Life`: fast-check's own model has nothing to add.
function toCommand({ text, work }: Deed): fc.AsyncCommand<object, Life> {
  return {
    check: () => true,
    run: async (_model, life) => {
      await work(life)
      await life.settle()
    },
    toString: () => text,
  }
}

function at(life: Life, { browser }: { browser: number }): Pair {
  const pair = life.pairs[browser]
  if (pair === undefined) throw new Error(`There is no browser ${browser}`)

  return pair
}

async function useLinkFromLast(
  life: Life,
  x: { browser: number; fromLast: number; password: string; remember: boolean },
): Promise<void> {
  const link = life.model.links.at(-1 - x.fromLast)
  if (link) await deeds.useLink(life, at(life, x), link, x)
}

async function logInRightly(
  life: Life,
  x: { browser: number; email: string; remember: boolean },
): Promise<void> {
  const password = life.model.accountOf(x.email)?.password
  if (password) await deeds.logIn(life, at(life, x), { ...x, password })
}

async function confirmLogInWith(
  life: Life,
  x: { browser: number; password: string | null },
): Promise<void> {
  await deeds.confirmLogIn(life, at(life, x), x.password ?? rightOne(life, x))
}

async function changePasswordFrom(
  life: Life,
  x: { browser: number; current: string | null; password: string },
): Promise<void> {
  await deeds.changePassword(life, at(life, x), x.current ?? rightOne(life, x), x.password)
}

function rightOne(life: Life, x: { browser: number }): string {
  return at(life, x).browser.session?.logIn.account.password ?? 'no password is this one'
}
