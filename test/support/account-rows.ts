// Users and links, put into the database of an app by hand.

import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import argon2 from 'argon2'
import pg from 'pg'

import { runIn } from './processes.js'
import { createAuth, createDatabase } from './real-app.js'

export const PASSWORD = 'correct staple battery horse'

export type Row = { id: string; email: string }

/** A connection as `pg` has it. What there is in `rows` depends on the statement. */
export type Connection = {
  query: (
    sql: string,
    values?: unknown[],
    // biome-ignore lint/suspicious/noExplicitAny: as `pg` has it.
  ) => Promise<{ rows: any[]; rowCount: number | null }>
  end: () => Promise<void>
}

/** Writes a new app and migrates its database, whose address it answers. */
export async function newPostgresqlApp(folder: string, name: string): Promise<string> {
  const env = { DATABASE_URL: await createDatabase(name) }
  const commands = [
    () => createAuth(join(folder, '..'), 'new', folder, ...NEW_APP),
    () => runIn(folder, ['npx', 'prisma', 'generate'], env),
    () => runIn(folder, ['npm', 'run', '--silent', 'db:migrate'], env),
  ]
  for (const command of commands) {
    const { code, output } = await command()
    if (code !== 0) throw new Error(output)
  }

  return env.DATABASE_URL
}

export class AccountRows {
  private constructor(
    readonly db: Connection,
    readonly hashedPassword: string,
    private readonly now: string,
  ) {}

  static async open(connectionString: string): Promise<AccountRows> {
    const db = new pg.Client({ connectionString })
    await db.connect()

    return AccountRows.over(db, NOW)
  }

  /** With a connection that is open, and what the time is called there. */
  static async over(db: Connection, now: string): Promise<AccountRows> {
    return new AccountRows(db, await argon2.hash(PASSWORD, COST), now)
  }

  /** Somebody who can log in. */
  async createUser(email?: string): Promise<Row> {
    const row = await this.createUnconfirmedUser(email)
    await this.db.query(`UPDATE users SET confirmed_at = ${this.now} WHERE id = $1`, [row.id])

    return row
  }

  async createUnconfirmedUser(email = `user-${randomUUID()}@example.com`): Promise<Row> {
    const id = randomUUID()
    await this.db.query(
      `INSERT INTO users (id, email, hashed_password, updated_at)
       VALUES ($1, $2, $3, ${this.now})`,
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
       VALUES ($1, $2, $3, $4, $5, $6, ${this.now})`,
      [randomUUID(), id, context, hash, newEmail ?? email, newEmail === undefined ? null : email],
    )

    return bytes.toString('base64url')
  }

  async sessionsOf({ id }: Row): Promise<number> {
    const sql = "SELECT 1 FROM users_tokens WHERE user_id = $1 AND context = 'session'"

    return (await this.db.query(sql, [id])).rowCount ?? 0
  }

  /** The user, and what belongs to it. */
  async countRows({ id }: Row): Promise<number> {
    const sql = `SELECT id FROM users WHERE id = $1
      UNION ALL SELECT id FROM users_tokens WHERE user_id = $1`

    return (await this.db.query(sql, [id])).rowCount ?? 0
  }

  async countUsers(email: string): Promise<number> {
    return (await this.db.query('SELECT 1 FROM users WHERE email = $1', [email])).rowCount ?? 0
  }

  async emailOf({ id }: Row): Promise<string> {
    return (await this.db.query('SELECT email FROM users WHERE id = $1', [id])).rows[0].email
  }
}

const NEW_APP = ['--db', 'postgresql', '--yes', '--skip-install']

const COST = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

// As Prisma writes it: UTC, without saying so.
const NOW = "(now() AT TIME ZONE 'utc')"
