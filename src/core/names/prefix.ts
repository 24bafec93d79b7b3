import { Problem } from '../problem.js'
import { quoted } from '../quoted.js'
import { casings, type Names } from './names.js'

/** Where the routes of an auth system begin, when nobody says otherwise: `/users`. */
export function defaultPrefix(names: Names): string {
  return `/${casings(names).plural.kebab}`
}

/**
 * A prefix as it was asked for, or a `Problem`. It becomes part of paths, links and regular
 * expressions, so only plain segments pass: no parameter, no dots that lead upwards, no slash at
 * the end, which would make another route of every one.
 */
export function parsePrefix(text: string): string {
  const objection = objectionTo(text)
  if (objection === null) return text

  throw new Problem(
    `${quoted(text)} cannot be the prefix: ${objection}.`,
    'Write it as a path with no slash at its end, as in --prefix /auth.',
    2,
  )
}

const LONGEST = 64
const SEGMENTS = /^(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/

function objectionTo(text: string): string | null {
  if (text.length > LONGEST) return `it is longer than ${LONGEST} characters`
  if (!text.startsWith('/')) return 'it does not begin with a slash'
  if (text.endsWith('/')) return 'it ends with a slash'
  if (SEGMENTS.test(text)) return null

  return 'its parts take letters, digits, dots, dashes and underscores, and begin with a letter or digit'
}

/** Routes of two systems must not meet: `/auth/settings` would be inside `/auth`. */
export function refuseSharedPrefix(prefix: string, others: readonly string[]): void {
  const same = others.find((other) => isWithin(prefix, other) || isWithin(other, prefix))
  if (same === undefined) return

  throw new Problem(
    `The prefix ${prefix} and ${same}, which another auth system of this app has, would share routes.`,
    'Choose one that neither begins with the other, as in --prefix /auth.',
    2,
  )
}

function isWithin(path: string, other: string): boolean {
  return `${path.toLowerCase()}/`.startsWith(`${other.toLowerCase()}/`)
}

/**
 * A text in which every route begins somewhere else. The templates say `/users/log-in` as the
 * example; a folder, as in `routes/users/`, is none, and a regular expression keeps its escapes.
 */
export function movePaths(text: string, from: string, to: string): string {
  if (from === to) return text
  const pattern = new RegExp(`${PATH_BEGINS}(\\\\?)${from}(?![\\w-])`, 'g')

  return text.replace(pattern, (_whole, backslash: string) =>
    backslash === '' ? to : to.replace(/[/.]/g, '\\$&'),
  )
}

// After a quote, a space, `${origin}`; or after the host of a URL, whose slashes may be escaped.
const PATH_BEGINS = '(?:(?<![\\w.)*-])|(?<=:\\\\?/\\\\?/[\\w.\\\\:-]+))'
