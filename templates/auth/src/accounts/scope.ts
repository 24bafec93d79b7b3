import type { User, UserToken } from '../generated/prisma/client.js'
import { isActive } from './user-state.js'

/**
 * How much the log-in is worth. FRESH: the password was given in this session. REMEMBERED: the
 * session came back from the remember-me cookie, or is used elsewhere than where it was opened.
 */
export type LoginState = 'ANONYMOUS' | 'REMEMBERED' | 'FRESH'

/**
 * What a request knows of its user. There is no password hash in it: whatever is in here ends
 * up in an answer one day.
 */
export type ScopeUser = Pick<User, 'id' | 'email' | 'confirmedAt' | 'deactivatedAt'>

/** Who is asking, and what they may do. Every request has one, an anonymous visitor's too. */
export class Scope {
  readonly user: ScopeUser | null = null
  readonly loginState: LoginState = 'ANONYMOUS'
  readonly scopes: readonly string[] = []
  /** When the password was last given. */
  readonly authenticatedAt: Date | null = null
  /** The session's row in users_tokens. Not a secret: nobody can log in with it. */
  readonly userTokenId: UserToken['id'] | null = null

  private constructor(known: Partial<Scope>) {
    Object.assign(this, known)
  }

  static anonymous(): Scope {
    return new Scope({})
  }

  static forUser(
    user: ScopeUser,
    session: { userTokenId: UserToken['id']; authenticatedAt: Date | null; remembered: boolean },
  ): Scope {
    const { id, email, confirmedAt, deactivatedAt } = user

    return new Scope({
      user: { id, email, confirmedAt, deactivatedAt },
      loginState: session.remembered ? 'REMEMBERED' : 'FRESH',
      scopes: scopesOf(user),
      authenticatedAt: session.authenticatedAt,
      userTokenId: session.userTokenId,
    })
  }

  /** False for a visitor, and for a user who was deactivated. */
  get isAuthenticated(): boolean {
    return this.user !== null && isActive(this.user)
  }

  get displayName(): string {
    return this.user?.email ?? 'Anonymous'
  }

  has(scope: string): boolean {
    return this.scopes.includes(scope)
  }

  toJSON() {
    //% if (!features.userForAnswers) {
    const { user, loginState, scopes, displayName, isAuthenticated } = this
    //% }
    //% if (features.userForAnswers) {
    const { loginState, scopes, displayName, isAuthenticated } = this
    const user = this.user && forAnswers(this.user)
    //% }

    return { user, loginState, scopes, displayName, isAuthenticated }
  }
}

//% if (features.userForAnswers) {
/** As every client of these routes knows a user. */
function forAnswers({ id, email, confirmedAt, deactivatedAt }: ScopeUser) {
  //% if (features.bigintId) {
  // JSON has no number as large as an id may be.
  return { id: String(id), email, confirmedAt, deactivatedAt }
  //% }
  //% if (!features.bigintId) {
  return { id, email, confirmedAt, deactivatedAt }
  //% }
}

//% }
/** The scopes of a user. Look up roles here, and every guard knows them. */
const scopesOf: (user: ScopeUser) => string[] = () => []
