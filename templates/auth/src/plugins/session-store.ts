import { createHash } from 'node:crypto'

import type { SessionStore as Store } from '@fastify/session'
import type { Session } from 'fastify'

import { deleteInBatches, isMissingReference } from '../accounts/database.js'
import type { ScopeUser } from '../accounts/scope.js'
import { SESSION_IDLE_FOR, SESSION_VALID_FOR } from '../accounts/user-token.js'
import type { PrismaClient, User, UserToken } from '../generated/prisma/client.js'

type Callback = (error?: unknown) => void
type LoadCallback = (error: unknown, session?: Session | null) => void

type Row = {
  data: string
  lastSeenAt: Date
  userTokenId: UserToken['id'] | null
  authenticatedAt: Date | null
  createdAt: Date | null
  userId: User['id'] | null
  email: User['email']
  confirmedAt: Date | null
  deactivatedAt: Date | null
}

/**
 * What came with a session from the database. It stays out of the session's JSON: it is read
 * anew with every request, and must never be stored.
 */
export class LoadedSession {
  readonly lastSeenAt: Date
  readonly user: ScopeUser | null
  readonly userTokenId: UserToken['id'] | null
  readonly authenticatedAt: Date | null

  constructor({ lastSeenAt, userTokenId, authenticatedAt }: Row, user: ScopeUser | null) {
    this.lastSeenAt = lastSeenAt
    this.user = user
    this.userTokenId = userTokenId
    this.authenticatedAt = authenticatedAt
  }

  toJSON(): undefined {
    return undefined
  }
}

// A browser that keeps the remember-me cookie alone gets a session with each request. The newest
// are more than any has open at the same moment.
const MOST_SESSIONS_OF_A_LOG_IN = 50

/** Sessions in the app's own database. The id of a session is stored hashed, like a password. */
export class SessionStore implements Store {
  private readonly db: PrismaClient

  constructor(db: PrismaClient) {
    this.db = db
  }

  get(sessionId: string, callback: LoadCallback): void {
    this.load(hashSessionId(sessionId)).then(
      (session) => callback(null, session),
      (error) => callback(error),
    )
  }

  set(sessionId: string, session: Session, callback: Callback): void {
    this.save(hashSessionId(sessionId), session).then(() => callback(), callback)
  }

  destroy(sessionId: string, callback: Callback): void {
    const id = hashSessionId(sessionId)
    this.db.userSession.deleteMany({ where: { id } }).then(() => callback(), callback)
  }

  // One statement for the session, its token and its user: this runs with every request.
  private async load(id: string): Promise<Session | null> {
    const [row] = await this.db.$queryRaw<Row[]>`
      SELECT
        s.data,
        s.last_seen_at AS "lastSeenAt",
        t.id AS "userTokenId",
        t.authenticated_at AS "authenticatedAt",
        t.created_at AS "createdAt",
        u.id AS "userId",
        u.email,
        u.confirmed_at AS "confirmedAt",
        u.deactivated_at AS "deactivatedAt"
      FROM users_sessions s
      LEFT JOIN users_tokens t ON t.id = s.user_token_id
      LEFT JOIN users u ON u.id = t.user_id
      WHERE s.id = ${id}`

    if (row === undefined) return null
    if (isExpired(row)) {
      // The token stays: a browser that is to be remembered may come back with it.
      await this.db.userSession.deleteMany({ where: { id } })
      return null
    }

    const session = JSON.parse(row.data) as Session

    return { ...session, loaded: toLoadedSession(row) }
  }

  private async save(id: string, session: Session): Promise<void> {
    const { loaded, userTokenId = null, ...values } = session
    const data = JSON.stringify({ ...values, cookie: undefined })

    // A session that was loaded is only ever updated. Inserting it again would bring it back
    // to life when it was ended while this request was under way.
    if (loaded) {
      await this.db.userSession.updateMany({ where: { id }, data: { data } })
      return
    }

    // `regenerate` saves the new session before anything is in it. It can wait.
    if (userTokenId === null && data === '{}') return

    try {
      await this.db.userSession.upsert({
        where: { id },
        create: { id, data, userTokenId },
        update: { data, userTokenId },
      })
      if (values.userRemembered && userTokenId !== null) await this.deleteOldest(userTokenId)
    } catch (error) {
      // The log-in that this session belongs to ended while the request was under way.
      if (!isMissingReference(error)) throw error
    }
  }

  private async deleteOldest(userTokenId: UserToken['id']): Promise<void> {
    const tooMany = await this.db.userSession.findMany({
      where: { userTokenId },
      orderBy: { lastSeenAt: 'desc' },
      skip: MOST_SESSIONS_OF_A_LOG_IN,
      take: MOST_SESSIONS_OF_A_LOG_IN,
      select: { id: true },
    })
    if (tooMany.length === 0) return

    await this.db.userSession.deleteMany({ where: { id: { in: tooMany.map(({ id }) => id) } } })
  }
}

function isExpired({ createdAt, lastSeenAt }: Row): boolean {
  const now = Date.now()
  const tooOld = createdAt !== null && createdAt.getTime() + SESSION_VALID_FOR <= now

  return tooOld || lastSeenAt.getTime() + SESSION_IDLE_FOR <= now
}

function toLoadedSession(row: Row): LoadedSession {
  const { userId, email, confirmedAt, deactivatedAt } = row
  const user = userId === null ? null : { id: userId, email, confirmedAt, deactivatedAt }

  return new LoadedSession(row, user)
}

/** Notes that the session was used: it ends when that was too long ago. */
export async function touchSession(db: PrismaClient, sessionId: string): Promise<void> {
  const id = hashSessionId(sessionId)

  await db.userSession.updateMany({ where: { id }, data: { lastSeenAt: new Date() } })
}

/** Deletes the sessions that nobody has used for too long. */
export async function deleteIdleSessions(db: PrismaClient, most?: number): Promise<number> {
  const where = { lastSeenAt: { lte: new Date(Date.now() - SESSION_IDLE_FOR) } }
  const orderBy = { lastSeenAt: 'asc' } as const

  return deleteInBatches(
    (take) => db.userSession.findMany({ where, take, orderBy, select: { id: true } }),
    (ids) => db.userSession.deleteMany({ where: { id: { in: ids } } }),
    most,
  )
}

/** The key of a session in the database, where its id would be as good as a password. */
function hashSessionId(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('base64url')
}
