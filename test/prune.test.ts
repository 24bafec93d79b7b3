// The script that deletes what has expired, as cron runs it, in new apps and in a second auth system.

import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { findFreePort } from './support/free-port.js'
import { runIn } from './support/processes.js'
import { appFolder, copyHost, createAuth, createDatabase } from './support/real-app.js'

const MINUTE = 60_000
const PRUNE = ['npm', 'run', '--silent', 'auth:prune']

describe('npm run auth:prune, on PostgreSQL', () => {
  const folder = appFolder('prune')
  const env: Record<string, string> = {}
  let db: pg.Client

  beforeAll(async () => {
    env.DATABASE_URL = await createDatabase('prune')
    db = new pg.Client({ connectionString: env.DATABASE_URL })
    await db.connect()
    const flags = ['--db', 'postgresql', '--yes', '--skip-install']
    expect((await createAuth(join(folder, '..'), 'new', folder, ...flags)).code).toBe(0)
    for (const command of [
      ['npx', 'prisma', 'generate'],
      ['npm', 'run', '--silent', 'db:migrate'],
    ]) {
      const { code, output } = await runIn(folder, command, env)
      expect(code, output).toBe(0)
    }
    await db.query(
      "INSERT INTO users (id, email, updated_at) VALUES ('1', 'ada@example.com', now())",
    )
  }, 3 * MINUTE)

  afterAll(() => db.end())

  /** Sessions of a hundred days, in even steps: those of the last sixty are still good. */
  async function createSessions(number: number): Promise<void> {
    await db.query(
      `INSERT INTO users_tokens (id, user_id, context, token, created_at)
       SELECT gen_random_uuid(), '1', 'session', sha256(gen_random_uuid()::text::bytea),
         (now() AT TIME ZONE 'utc') - i * interval '100 days' / $1
       FROM generate_series(0.5, $1, 1) i`,
      [number],
    )
  }

  async function countSessions(): Promise<number> {
    return Number((await db.query('SELECT count(*) FROM users_tokens')).rows[0].count)
  }

  async function planOf(statement: string): Promise<string> {
    const { rows } = await db.query(`EXPLAIN ${statement}`)

    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }

  test(
    'deletes what has expired, says how much, and ends with 0, also when it runs twice at once',
    async () => {
      await createSessions(10_000)
      const [one, other] = await Promise.all([runIn(folder, PRUNE, env), runIn(folder, PRUNE, env)])
      const counts = [one, other].map(({ output }) =>
        /^Expired rows of users deleted: (\d+)\n$/.exec(output),
      )

      expect([one.code, other.code], one.output + other.output).toEqual([0, 0])
      expect(counts.reduce((sum, count) => sum + Number(count?.[1]), 0)).toBe(4000)
      expect(await countSessions()).toBe(6000)
    },
    2 * MINUTE,
  )

  test(
    'works in the app that was built, without the packages for development',
    async () => {
      await createSessions(10)
      expect((await runIn(folder, ['npm', 'run', '--silent', 'build'])).code).toBe(0)

      expect(await runIn(folder, ['node', 'dist/prune-users.js'], env)).toEqual({
        code: 0,
        output: 'Expired rows of users deleted: 4\n',
      })
    },
    2 * MINUTE,
  )

  test(
    'finds and deletes its rows by an index, however many there are',
    async () => {
      await createSessions(200_000)
      await db.query('ANALYZE')
      const ids = Array.from({ length: 500 }, (_, id) => `'${id}'`)
      const batch = 'ORDER BY 1 LIMIT 500'
      const tokens = await planOf(
        `SELECT created_at, id FROM users_tokens
         WHERE context = 'session' AND created_at <= now() - interval '60 days' ${batch}`,
      )
      const deletion = await planOf(`DELETE FROM users_tokens WHERE id IN (${ids})`)
      // What is empty is read as a whole, unless that is not allowed.
      await db.query('SET enable_seqscan = off')
      const sessions = await planOf(
        `SELECT last_seen_at, id FROM users_sessions WHERE last_seen_at <= now() ${batch}`,
      )
      const limits = await planOf(
        `SELECT ends_at, id FROM users_rate_limits WHERE ends_at <= now() ${batch}`,
      )

      expect(tokens).toContain('users_tokens_context_created_at_idx')
      expect(deletion).toContain('users_tokens_pkey')
      expect(sessions).toContain('users_sessions_last_seen_at_idx')
      expect(limits).toContain('users_rate_limits_ends_at_idx')
      expect([tokens, deletion, sessions, limits].join()).not.toContain('Seq Scan')
    },
    MINUTE,
  )

  test(
    'says in one line that the database is away, and ends with 1',
    async () => {
      const away = new URL(env.DATABASE_URL ?? '')
      away.port = String(await findFreePort())
      const { code, output } = await runIn(folder, PRUNE, { DATABASE_URL: away.href })

      expect(output).toMatch(/^Expired rows of users were not deleted\. Can't reach database .*\n$/)
      expect(code).toBe(1)
    },
    MINUTE,
  )
})

describe('in an app with two auth systems', () => {
  const folder = copyHost('javascript')

  test(
    'each has a script of its own, in the language of the app',
    async () => {
      const env = { DATABASE_URL: 'file:./dev.db' }
      const flags = ['--yes', '--skip-install', '--allow-dirty']
      for (const command of [
        () => createAuth(folder, 'scaffold', ...flags),
        () => createAuth(folder, 'scaffold', 'Staff', 'Admin', 'admins', ...flags),
        () => runIn(folder, ['npx', 'prisma', 'generate']),
        () => runIn(folder, ['npx', 'prisma', 'migrate', 'dev', '--name', 'auth'], env),
      ]) {
        const { code, output } = await command()
        expect(code, output).toBe(0)
      }

      for (const [script, noun] of [
        ['auth:prune', 'users'],
        ['auth:prune:admins', 'admins'],
      ]) {
        expect(await runIn(folder, ['npm', 'run', '--silent', script ?? ''], env)).toEqual({
          code: 0,
          output: `Expired rows of ${noun} deleted: 0\n`,
        })
      }
    },
    3 * MINUTE,
  )
})
