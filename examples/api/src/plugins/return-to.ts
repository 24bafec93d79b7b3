import { parseUrl } from '../accounts/parse-url.js'
/** Where to go when there is nowhere to return to. */
export const SIGNED_IN_PATH = '/users/settings'

const LONGEST_PATH = 2048

// Stands for this app while a path is parsed. No real host can have this name (RFC 2606).
const HERE = 'https://here.invalid'

// What a server or browser behind this one may decode into a slash, a backslash or a control.
const HIDDEN = /^\/%2f|%(?:0|1|7f|5c|2f%2f)/i

/**
 * A path of this app, or `fallback` for everything else. Whatever a browser could take for
 * another host is refused: `//evil.com`, `/\evil.com`, `https:evil.com`, and what only becomes
 * one of them when dots, tabs or escapes are resolved, like `/.//evil.com` (CWE-601).
 */
export function safeReturnTo(path: unknown, fallback = SIGNED_IN_PATH): string {
  if (typeof path !== 'string' || path.length > LONGEST_PATH) return fallback
  // Printable ASCII without a backslash, once decoded as well: no %0d%0a, no %5c.
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return fallback
  if (HIDDEN.test(path.split(/[?#]/)[0] ?? '') || /%0[ad0]/i.test(path)) return fallback
  const url = parseUrl(path, HERE)
  if (url === null) return fallback

  const { origin, pathname, search } = url
  if (origin !== HERE || pathname.startsWith('//')) return fallback
  // `/./%2f/evil.com` is only now `/%2f/evil.com`, and what was escaped only now too long.
  if (HIDDEN.test(pathname) || pathname.length + search.length > LONGEST_PATH) return fallback

  return `${pathname}${search}`
}

/** The log-in page, returning to `path` afterwards: for links of your own. */
export function logInUrl(path: string): string {
  return `/users/log-in?${new URLSearchParams({ next: path })}`
}
