import type { FastifyRequest } from 'fastify'

import type { User } from '../../generated/prisma/client.js'

// Rules of your own for the log-in. A guard that throws ends it: no session, no cookie, and the
// error goes to the error handler, which answers with its `statusCode`. Throw `LogInRefused` to
// say why.

/** Ends a log-in with a message for whoever tries. */
export class LogInRefused extends Error {
  override readonly name = 'LogInRefused'
  readonly statusCode: number

  constructor(message: string, statusCode = 403) {
    super(message)
    this.statusCode = statusCode
  }
}

/** Run before the password is looked at, and for addresses without an account as well. */
export const BEFORE_PASSWORD: ((request: FastifyRequest, email: string) => Promise<void>)[] = []

/**
 * Run once it is known who logs in, by a password or in any other way. What depends on the
 * account belongs here: in front of the password it would tell strangers about it.
 */
export const AFTER_PASSWORD: ((request: FastifyRequest, user: User) => Promise<void>)[] = []

export async function checkBeforePassword(request: FastifyRequest, email: string): Promise<void> {
  for (const guard of BEFORE_PASSWORD) await guard(request, email)
}

const checked = new WeakMap<FastifyRequest, User['id']>()

/**
 * Runs them once for a log-in, whoever asks for it first: a link asks before it is used up, and
 * `logInUser` before it lets anybody in. A guard may count, or tell somebody.
 */
export async function checkAfterPassword(request: FastifyRequest, user: User): Promise<void> {
  if (checked.get(request) === user.id) return

  for (const guard of AFTER_PASSWORD) await guard(request, user)
  checked.set(request, user.id)
}
