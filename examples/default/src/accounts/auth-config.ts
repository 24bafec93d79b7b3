import { randomBytes } from 'node:crypto'

import { parseUrl } from './parse-url.js'

/** What the environment decides, read and checked once, when the app boots. */
export type AuthConfig = {
  production: boolean
  /** The app's public origin. Links in mails are built from it and from nothing else. */
  origin: string
  /** Newest first: the first one signs, all of them verify. */
  secrets: string[]
  /** Set to share the log-in between sub-domains. Cookies then lose their `__Host-` prefix. */
  cookieDomain: string | undefined
  smtpUrl: string | undefined
  redisUrl: string | undefined
  mailFrom: string
}

/** `process.env`, of which an app may declare more than there is. */
type Environment = NodeJS.Dict<string>

const SECRET_LENGTH = 32

/**
 * Reads the settings from the environment. In production a missing, short or placeholder
 * secret and a missing origin refuse to boot: both would work, and neither would be safe.
 */
export function readAuthConfig(env: Environment): AuthConfig {
  const production = isProduction(env)

  return {
    production,
    origin: readOrigin(env, production),
    secrets: readSecrets(env, production),
    cookieDomain: env.COOKIE_DOMAIN || undefined,
    smtpUrl: env.SMTP_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
    mailFrom: env.MAIL_FROM || 'no-reply@localhost',
  }
}

const DEVELOPMENT = ['', 'development', 'dev', 'local', 'test', 'testing']

// `prod`, `live`, `staging`: what has another name is not taken for a machine of a developer,
// whose mailbox everybody may read.
export function isProduction({ NODE_ENV = '' }: Environment): boolean {
  return !DEVELOPMENT.includes(NODE_ENV.trim().toLowerCase())
}

function readOrigin(env: Environment, production: boolean): string {
  // Never the Host header: whoever sends the request chooses it, and would choose where
  // the links in somebody else's mail lead.
  const url = parseUrl(env.APP_ORIGIN || (production ? '' : `http://localhost:${env.PORT || 3000}`))

  // `example.com:443` can be read as an address too, one whose scheme is example.com.
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Error('Set APP_ORIGIN to the public origin of this app, like https://example.com')
  }

  return url.origin
}

function readSecrets(env: Environment, production: boolean): string[] {
  const secrets = (env.SESSION_SECRET ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean)

  if (secrets.length > 0 && secrets.every(isStrongSecret)) return secrets

  if (production || secrets.length > 0) {
    throw new Error(
      `Set SESSION_SECRET to ${SECRET_LENGTH} random characters or more; \`openssl rand -base64 32\` makes one`,
    )
  }

  // Sessions then end when the process does, which is fine while developing.
  return [randomBytes(SECRET_LENGTH).toString('base64url')]
}

function isStrongSecret(secret: string): boolean {
  const isPlaceholder = /change.?me|placeholder|your.?secret|example/i.test(secret)

  return secret.length >= SECRET_LENGTH && new Set(secret).size >= 8 && !isPlaceholder
}
