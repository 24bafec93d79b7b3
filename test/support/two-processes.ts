// An app on PostgreSQL in two processes, and users and links put into its database by hand: what
// only goes wrong when requests really run side by side.

import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import argon2 from 'argon2'
import pg from 'pg'

import { HttpVisitor } from './http-visitor.js'
import { createAuth, createDatabase, runIn } from './real-app.js'
import { type RunningServer, startServer } from './running-server.js'

export const PASSWORD = 'correct staple battery horse'

export type Row = { id: string; email: string }

export class TwoProcesses {
  private constructor(
    private readonly servers: readonly RunningServer[],
    readonly db: pg.Client,
    private readonly hashedPassword: string,
  ) {}

  /** Writes a new app, migrates it and starts it twice. */
  static async start(folder: string): Promise<TwoProcesses> {
    const env = { DATABASE_URL: await createDatabase('races') }
    const commands = [
      () => createAuth(join(folder, '..'), 'new', folder, ...NEW_APP),
      () => runIn(folder, ['npx', 'prisma', 'generate'], env),
      () => runIn(folder, ['npm', 'run', '--silent', 'db:migrate'], env),
    ]
    for (const command of commands) {
      const { code, output } = await command()
      if (code !== 0) throw new Error(output)
    }
    const db = new pg.Client({ connectionString: env.DATABASE_URL })
    await db.connect()
    const settings = { ...env, TRUST_PROXY: 'true', NODE_ENV: 'development' }
    const start = () => startServer(folder, settings)
    const servers = await Promise.all([start(), start()])

    return new TwoProcesses(servers, db, await argon2.hash(PASSWORD, COST))
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map(({ stop }) => stop()))
    await this.db.end()
  }

  /** Somebody who can log in. */
  async createUser(): Promise<Row> {
    const [id, email] = [randomUUID(), `user-${randomUUID()}@example.com`]
    await this.db.query(
      `INSERT INTO users (id, email, hashed_password, confirmed_at, updated_at)
       VALUES ($1, $2, $3, ${NOW}, ${NOW})`,
      [id, email, this.hashedPassword],
    )

    return { id, email }
  }

  /** The token of a link as it would be mailed; with `newEmail`, for the change to that address. */
  async createToken({ id, email }: Row, context: string, newEmail?: string): Promise<string> {
    const bytes = randomBytes(32)
    const hash = createHash('sha256').update(bytes).digest()
    await this.db.query(
      `INSERT INTO users_tokens (id, user_id, context, token, sent_to, old_email, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, ${NOW})`,
      [randomUUID(), id, context, hash, newEmail ?? email, newEmail === undefined ? null : email],
    )

    return bytes.toString('base64url')
  }

  /** Browsers that are ready to send forms, half of them to each process. */
  async visitors(number: number): Promise<HttpVisitor[]> {
    const visitors = Array.from({ length: number }, (_, index) => this.visitor(index))
    await Promise.all(visitors.map((visitor) => visitor.session()))

    return visitors
  }

  async loggedIn({ email }: Row): Promise<HttpVisitor> {
    const visitor = this.visitor(0)
    await visitor.session()
    const { status } = await visitor.post('/users/log-in', { email, password: PASSWORD })
    if (status !== 200) throw new Error(`The log-in was answered with ${status}`)
    await visitor.session()

    return visitor
  }

  /** The same browser, as often as that, half of it with each process. */
  async copies(visitor: HttpVisitor, number: number): Promise<HttpVisitor[]> {
    const copies = Array.from({ length: number }, (_, index) => visitor.at(this.originOf(index)))
    await Promise.all(copies.map((copy) => copy.session()))

    return copies
  }

  /** Whether a password is the one of now. */
  async canLogIn({ email }: Row, password: string): Promise<boolean> {
    const [visitor] = await this.visitors(1)
    const answer = await visitor?.post('/users/log-in', { email, password })

    return answer?.status === 200
  }

  async sessionsOf({ id }: Row): Promise<number> {
    const sql = "SELECT 1 FROM users_tokens WHERE user_id = $1 AND context = 'session'"

    return (await this.db.query(sql, [id])).rowCount ?? 0
  }

  async emailOf({ id }: Row): Promise<string> {
    return (await this.db.query('SELECT email FROM users WHERE id = $1', [id])).rows[0].email
  }

  private visitor(index: number): HttpVisitor {
    return new HttpVisitor(this.originOf(index))
  }

  private originOf(index: number): string {
    return this.servers[index % this.servers.length]?.origin ?? ''
  }
}

const NEW_APP = ['--db', 'postgresql', '--yes', '--skip-install']

const COST = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

// As Prisma writes it: UTC, without saying so.
const NOW = "(now() AT TIME ZONE 'utc')"
