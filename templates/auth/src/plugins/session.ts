//% if (features.ownSession) {
import fastifySession from '@fastify/session'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

import type { PrismaClient, UserToken } from '../generated/prisma/client.js'
import type { Cookies } from './cookies.js'
import { type LoadedSession, SessionStore } from './session-store.js'

declare module 'fastify' {
  interface Session {
    /** The log-in that this session belongs to: a row in users_tokens. */
    userTokenId?: UserToken['id']
    /** Whether it came back from the remember-me cookie. */
    userRemembered?: boolean
    /** Whether a deactivated user was let in on purpose. */
    userForced?: boolean
    loaded?: LoadedSession
  }
}

export type LogIn = Pick<LoadedSession, 'user' | 'userTokenId' | 'authenticatedAt'>

/** Sessions, kept in the app's own database. */
export default fp<{ prisma: PrismaClient; cookies: Cookies }>(
  async function session(app, { prisma, cookies }) {
    await app.register(fastifySession, {
      cookieName: cookies.session.name,
      cookie: { ...cookies.options },
      secret: cookies.session.signer,
      store: new SessionStore(prisma),
      // A visitor without a log-in leaves no row behind.
      saveUninitialized: false,
      // Saving with every answer would bring a session back to life when it was ended while
      // a slow request was under way.
      rolling: false,
    })
  },
  { name: 'session', dependencies: ['@fastify/cookie'] },
)

/** Makes the session one of this log-in: it ends when the row of the token is deleted. */
export function attachLogIn({ session }: FastifyRequest, userToken: UserToken): void {
  session.userTokenId = userToken.id
}

/** The log-in that the session belongs to: it came with the session, in the same statement. */
export async function loadLogIn({ session }: FastifyRequest): Promise<LogIn | null> {
  return session.loaded ?? null
}
//% }
//% if (!features.ownSession) {
import type { FastifyRequest } from 'fastify'

import type { ScopeUser } from '../accounts/scope.js'
import { SESSION_VALID_FOR } from '../accounts/user-token.js'
import type { UserToken } from '../generated/prisma/client.js'
//% if (features.devices) {
import { noteDeviceNowAndThen } from './devices.js'
//% }

declare module 'fastify' {
  interface Session {
    /** The log-in that this session belongs to: the hash of a row in users_tokens. */
    userTokenHash?: string
    /** Whether it came back from the remember-me cookie. */
    userRemembered?: boolean
    /** Whether a deactivated user was let in on purpose. */
    userForced?: boolean
  }
}

export type LogIn = {
  user: ScopeUser
  userTokenId: UserToken['id']
  authenticatedAt: Date | null
}

type Row = ScopeUser & {
  userTokenId: UserToken['id']
  authenticatedAt: Date | null
  createdAt: Date
  //% if (features.devices) {
  lastSeenAt: Date | null
  //% }
}

/** Makes the app's session one of this log-in: it ends when the row of the token is deleted. */
export function attachLogIn({ session }: FastifyRequest, userToken: UserToken): void {
  session.userTokenHash = Buffer.from(userToken.token).toString('base64url')
}

/** The log-in that the session belongs to: one statement for the token and its user. */
export async function loadLogIn(request: FastifyRequest): Promise<LogIn | null> {
  const { userTokenHash } = request.session
  if (userTokenHash === undefined) return null

  const [row] = await request.server.userAuth.db.$queryRaw<Row[]>`
    SELECT
      t.id AS "userTokenId",
      t.authenticated_at AS "authenticatedAt",
      t.created_at AS "createdAt",
      //% if (features.devices) {
      t.last_seen_at AS "lastSeenAt",
      //% }
      u.id,
      u.email,
      u.confirmed_at AS "confirmedAt",
      u.deactivated_at AS "deactivatedAt"
    FROM users_tokens t
    JOIN users u ON u.id = t.user_id
    WHERE t.context = 'session' AND t.token = ${Buffer.from(userTokenHash, 'base64url')}`

  if (row === undefined || row.createdAt.getTime() + SESSION_VALID_FOR <= Date.now()) return null

  //% if (features.devices) {
  await noteDeviceNowAndThen(request, row)
  //% }
  return { user: row, userTokenId: row.userTokenId, authenticatedAt: row.authenticatedAt }
}
//% }
