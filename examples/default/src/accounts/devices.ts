import type { User, UserToken } from '../generated/prisma/client.js'
import type { Database } from './database.js'
import { SESSION_VALID_FOR } from './user-token.js'

/** A session as its owner sees it. The id is no secret: nobody can log in with it. */
export type Device = Pick<
  UserToken,
  'id' | 'browser' | 'system' | 'ip' | 'lastSeenAt' | 'createdAt'
>

/** What is noted of a device when it is used. */
export type NotedDevice = Partial<Pick<Device, 'browser' | 'system' | 'ip' | 'lastSeenAt'>>

/** Where a user is logged in, the session that was used last first. */
export async function listUserSessions(db: Database, user: Pick<User, 'id'>): Promise<Device[]> {
  const sessions = await db.userToken.findMany({
    where: {
      userId: user.id,
      context: 'session',
      createdAt: { gt: new Date(Date.now() - SESSION_VALID_FOR) },
    },
    select: { id: true, browser: true, system: true, ip: true, lastSeenAt: true, createdAt: true },
  })

  return sessions.sort((one, other) => lastUse(other) - lastUse(one))
}

function lastUse({ lastSeenAt, createdAt }: Device): number {
  return (lastSeenAt ?? createdAt).getTime()
}

// The first one that fits. Most browsers claim to be several: Edge says Chrome and Safari too.
const BROWSERS: [string, RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /(?:Chrome|Chromium|CriOS)\//],
  ['Safari', /\bVersion\/\S+ .*\bSafari\//],
  ['curl', /^curl\//],
]

const SYSTEMS: [string, RegExp][] = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
]

/**
 * What somebody calls the browser and the system of a user agent; null where it is none of the
 * usual ones. Only these words are kept, and nothing that a client wrote itself.
 */
export function describeUserAgent(userAgent = ''): Pick<Device, 'browser' | 'system'> {
  return { browser: firstIn(BROWSERS, userAgent), system: firstIn(SYSTEMS, userAgent) }
}

function firstIn(names: [string, RegExp][], userAgent: string): string | null {
  return names.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null
}
