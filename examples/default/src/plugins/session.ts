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
