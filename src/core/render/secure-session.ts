import { SECURE_SESSION } from '../facts/read-secure-session.js'

/**
 * A template for an app whose `request.session` is @fastify/secure-session: a cookie that only the
 * app can read. Such a session has no id and nothing on the server. The log-in in it has: a row in
 * users_tokens, and with that it ends. Knows the templates, before their nouns change.
 */
export function overSecureSession(text: string): string {
  return REPLACEMENTS.reduce((result, [from, to]) => result.replaceAll(from, to), text)
}

const REPLACEMENTS: readonly (readonly [from: string, to: string])[] = [
  [
    "declare module 'fastify' {\n  interface Session {",
    `declare module '${SECURE_SESSION}' {\n  interface SessionData {`,
  ],
  ['await request.session.destroy()', 'request.session.delete()'],
  ['Object.keys(session)', 'Object.keys(session.data() ?? {})'],
  [
    'under a new session id. A session id or form from\n * before, which somebody',
    'in a session without what was in it. A form from\n * before, which somebody',
  ],
  [
    '/** Gives the session a new id, and drops what is in it but for the keys to keep. */',
    '/** Drops what is in the session, but for the keys to keep. */',
  ],
  [
    `  // Before version 11.1.3, regenerate leaves in the store what the old id opens.
  await session.destroy()
  await session.regenerate(keep)
`,
    `  const dropped = Object.keys(session.data() ?? {}).filter((key) => !keep.includes(key))
  Object.assign(session, Object.fromEntries(dropped.map((key) => [key, undefined])))
`,
  ],
  // Of the tests, which put one of their own in the place of the app's.
  [
    "import { randomUUID } from 'node:crypto'\n\nimport cookie",
    "import { randomBytes, randomUUID } from 'node:crypto'\n\nimport cookie",
  ],
  ["import session from '@fastify/session'", `import session from '${SECURE_SESSION}'`],
  [
    `      secret: SESSION_SECRET,
      cookieName: 'session',
      cookie: { secure: false },
      saveUninitialized: false,
`,
    `      key: randomBytes(32),
      cookieName: 'session',
      cookie: { path: '/', secure: false },
`,
  ],
]
