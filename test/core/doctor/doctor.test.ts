import { describe, expect, test } from 'vitest'
import type { Examined, Finding } from '../../../src/core/doctor/check.js'
import { CHECKS, examine } from '../../../src/core/doctor/examine.js'
import { renderExaminations } from '../../../src/core/doctor/report.js'
import { readPresent } from '../../../src/core/facts/present/read-present.js'
import { replay } from '../../../src/core/migrations/replay.js'
import { modelsOf, withoutGenerated } from '../../../src/core/plan/ours.js'
import type { Project } from '../../../src/core/project.js'
import { readRecord } from '../../../src/core/record/read-record.js'
import { createColours } from '../../../src/core/report/terminal-text.js'
import {
  app,
  edited,
  planFor,
  scaffolded,
  TEMPLATES,
  templates,
  VERSION,
  without,
} from '../planning.js'

const MIGRATION = [
  'CREATE TABLE "users" ("id" TEXT NOT NULL PRIMARY KEY, "email" TEXT NOT NULL, "confirmed_at" DATETIME);',
  'CREATE TABLE "users_tokens" ("id" TEXT NOT NULL PRIMARY KEY, "user_id" TEXT NOT NULL,',
  '  CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE);',
].join('\n')

const ROOT = TEMPLATES['src/plugins/users.ts'] ?? ''
const SWEEPING = templates({
  'src/plugins/users.ts': ROOT.replace('{\n', '{\n  sweepExpiredRows()\n'),
})

const HEALTHY: Project = edited(
  new Map([
    ...scaffolded(app(), { templates: SWEEPING }),
    ['prisma/migrations/1_auth/migration.sql', MIGRATION] as const,
  ]),
  'src/app.ts',
  (text) => text.replace('Fastify()', 'Fastify({ trustProxy: 1 })'),
)

/** What sweeps is there, and nothing calls it. */
const IDLE: Project = scaffolded(app(), {
  templates: templates({
    'src/plugins/expired-rows.ts':
      'export function sweepExpiredRows() {\n  deleteExpiredUserTokens()\n}\n',
    'src/prune-users.ts': 'deleteExpiredRows(db)\n',
  }),
})

const ENVIRONMENT = {
  APP_ORIGIN: 'https://app.example.org',
  SESSION_SECRET: 'zN3v0QqLwq8s1x7Ck2RfYb5TgHdJmPaE',
  SMTP_URL: 'smtp://mail.app.test',
  MAIL_FROM: 'no-reply@app.test',
}

type Changes = {
  project?: Project
  environment?: Record<string, string>
  more?: Partial<Examined>
}

function examined({ project = HEALTHY, environment = {}, more = {} }: Changes = {}): Examined {
  const record = readRecord(project, VERSION)
  const { facts, operations } = planFor(project, { templates: SWEEPING })
  const own = withoutGenerated(project, record)

  return {
    ...{ project, own, record, facts, operations, committed: [] },
    present: readPresent(own, facts, modelsOf(record)),
    environment: new Map(Object.entries({ ...ENVIRONMENT, ...environment })),
    needed: new Map([['argon2', '^0.44.0']]),
    installed: new Map([['argon2', '0.44.3']]),
    ...more,
  }
}

/** The findings of all checks, by the name of the check. */
function findingsOf(changes: Changes): [string, Finding][] {
  return examine(examined(changes)).flatMap(({ check, findings }) =>
    findings.map((finding): [string, Finding] => [check, finding]),
  )
}

/** The only thing that is the matter. */
function only(changes: Changes): string {
  const found = findingsOf(changes)

  expect(found).toHaveLength(1)
  const [[check, { level, message, fix }] = ['', { level: '', message: '', fix: '' }]] = found
  expect(fix).not.toBe('')
  expect(`${message}${fix}`).not.toContain('\n')

  return `${level} ${check}: ${message}`
}

test('nothing is the matter with an app that is well', () => {
  expect(findingsOf({})).toEqual([])
  expect(CHECKS.length).toBeGreaterThanOrEqual(13)
})

describe('the secret', () => {
  test.each([
    ['', 'is not set'],
    ['change-me-change-me-change-me-change-me', 'is a placeholder'],
    ['k8s-7Qx', 'has 7 characters'],
    ['abababababababababababababababababab', 'repeats'],
    [`${ENVIRONMENT.SESSION_SECRET},short`, 'has 5 characters'],
  ])('%j is found out, and never shown', (secret, words) => {
    const said = only({ environment: { SESSION_SECRET: secret } })

    expect(said).toContain('problem secrets: SESSION_SECRET')
    expect(said).toContain(words)
    if (secret !== '') expect(said).not.toContain(secret)
  })

  test('that git has is none', () => {
    expect(only({ more: { committed: ['.env'] } })).toContain('Git has the SESSION_SECRET, in .env')
  })
})

describe('the environment', () => {
  test.each([
    [{ APP_ORIGIN: '' }, 'advice origin: APP_ORIGIN is not set'],
    [{ APP_ORIGIN: 'app.example.org' }, 'problem origin: APP_ORIGIN is no address'],
    [{ APP_ORIGIN: 'https://app.example.org/login' }, 'problem origin: APP_ORIGIN has a path'],
    [{ APP_ORIGIN: 'http://app.example.org' }, 'problem origin: APP_ORIGIN is http'],
    [{ COOKIE_DOMAIN: 'example.org' }, 'advice cookies: COOKIE_DOMAIN is set'],
    [{ COOKIE_DOMAIN: 'other.org' }, 'problem cookies: COOKIE_DOMAIN is other.org'],
    [{ COOKIE_DOMAIN: 'ample.org' }, 'problem cookies: COOKIE_DOMAIN is ample.org'],
    [{ TRUST_PROXY: 'true' }, 'problem proxy: The app believes whatever'],
    [{ SMTP_URL: '' }, 'advice mail: SMTP_URL is not set'],
    [{ MAIL_FROM: 'no-reply@example.com' }, 'advice mail: MAIL_FROM is no address'],
  ])('%j', (environment, words) => {
    expect(only({ environment })).toContain(words)
  })

  test('is well while developing', () => {
    expect(findingsOf({ environment: { APP_ORIGIN: 'http://localhost:3000' } })).toEqual([])
  })

  test('of an app that believes every proxy, or none', () => {
    const trusting = (text: string) =>
      edited(HEALTHY, 'src/app.ts', (code) => code.replace('trustProxy: 1', text))

    expect(only({ project: trusting('trustProxy: true') })).toContain('problem proxy')
    expect(only({ project: trusting('logger: true') })).toContain('advice proxy: fastify() gets no')
  })
})

describe('the plugins', () => {
  const REGISTER = '  await app.register(users, { prisma })\n'
  const inApp = (change: (text: string) => string) => edited(HEALTHY, 'src/app.ts', change)

  test('are not well where nothing registers the log-in', () => {
    const found = findingsOf({ project: inApp((text) => text.replace(REGISTER, '')) })

    expect(found).toContainEqual([
      'plugins',
      expect.objectContaining({ message: expect.stringContaining('has no log-in') }),
    ])
  })

  test('are not well where the log-in is registered twice', () => {
    expect(
      only({ project: inApp((text) => text.replace(REGISTER, REGISTER.repeat(2))) }),
    ).toContain('registers src/plugins/users.ts 2 times')
  })

  test('are not well where what it uses comes after it', () => {
    const project = inApp(
      (text) =>
        `import cookie from '@fastify/cookie'\n${text.replace(REGISTER, `${REGISTER}  await app.register(cookie)\n`)}`,
    )

    expect(only({ project })).toMatch(
      /src\/app\.ts:\d+ registers @fastify\/cookie after the log-in/,
    )
  })

  test('are not well where the cookie parser is there twice', () => {
    const project = edited(
      inApp(
        (text) =>
          `import cookie from '@fastify/cookie'\n${text.replace(REGISTER, `  await app.register(cookie)\n${REGISTER}`)}`,
      ),
      'src/plugins/users.ts',
      (text) =>
        `import cookie from '@fastify/cookie'\n${text.replace('sweepExpiredRows()', 'app.register(cookie)\n  sweepExpiredRows()')}`,
    )

    expect(only({ project })).toContain('@fastify/cookie is registered twice (src/app.ts:')
  })
})

describe('the database', () => {
  test.each([
    [
      'a table',
      (sql: string) => sql.replace('"users_tokens" (', '"others" ('),
      'the table users_tokens',
    ],
    [
      'a column',
      (sql: string) => sql.replace(', "confirmed_at" DATETIME', ''),
      'users.confirmed_at',
    ],
  ])('lags behind the schema by %s', (_what, change, words) => {
    const project = edited(HEALTHY, 'prisma/migrations/1_auth/migration.sql', change)

    expect(only({ project })).toContain(words)
  })

  test('has caught up with a later migration', () => {
    const first = edited(HEALTHY, 'prisma/migrations/1_auth/migration.sql', (sql) =>
      sql.replace(', "confirmed_at" DATETIME', ''),
    )
    const project = new Map(first).set(
      'prisma/migrations/2_more/migration.sql',
      'ALTER TABLE "users" ADD COLUMN "confirmed_at" DATETIME;',
    )

    expect(findingsOf({ project })).toEqual([])
  })

  test('cannot be told of without migrations', () => {
    expect(only({ project: without(HEALTHY, 'prisma/migrations/1_auth/migration.sql') })).toContain(
      'advice migrations',
    )
  })

  test('has a schema that lost a column', () => {
    const project = edited(HEALTHY, 'prisma/schema.prisma', (text) =>
      text.replace(/.*confirmedAt.*\n/, ''),
    )

    expect(findingsOf({ project })).toContainEqual([
      'schema',
      expect.objectContaining({
        message:
          'User.confirmedAt (column confirmed_at) is gone from the schema, and the generated code uses it.',
      }),
    ])
  })

  test('has no problem with a column that the app has a name of its own for', () => {
    const before = edited(
      app(),
      'prisma/schema.prisma',
      (text) =>
        `${text}\nmodel User {\n  id String @id\n  email String @unique\n  passwordHash String\n}\n`,
    )
    const project = scaffolded(before, { templates: SWEEPING })
    const schema = () => findingsOf({ project }).filter(([check]) => check === 'schema')

    expect(project.get('.create-auth/manifest.json')).toContain('"hashedPassword": "passwordHash"')
    expect(schema()).toEqual([])
  })

  test('says once what is to be pasted into a schema', () => {
    const operation = {
      verb: 'by hand',
      path: '../db/schema.prisma',
      before: '',
      after: '',
    } as const
    const project = edited(HEALTHY, 'prisma/schema.prisma', (text) =>
      text.replace(/.*confirmedAt.*\n/, ''),
    )
    const checks = findingsOf({ project, more: { operations: [operation] } }).map(
      ([check]) => check,
    )

    expect(checks).toContain('unfinished')
    expect(checks).not.toContain('schema')
  })

  test('fills with expired rows where nothing sweeps', () => {
    const project = edited(HEALTHY, 'src/plugins/users.ts', (text) =>
      text.replace('sweepExpiredRows()', ''),
    )

    expect(only({ project })).toContain('advice expired rows: Nothing sweeps')
  })

  test.each([
    ['the script of package.json, in a crontab', 'crontab', '0 4 * * * npm run auth:prune\n'],
    ['the built script, in a workflow', '.github/workflows/a.yml', 'run: node dist/prune-users.js'],
    ['code of the owner', 'src/jobs.ts', 'await deleteExpiredRows(db)\n'],
  ])('is swept by %s', (_by, path, text) => {
    const swept = new Map([...IDLE, [path, text] as const])

    const checks = [IDLE, swept].map((project) => findingsOf({ project }).map(([check]) => check))

    expect(checks[0]).toContain('expired rows')
    expect(checks[1]).not.toContain('expired rows')
  })
})

describe('migrations are replayed', () => {
  test.each([
    [
      'SQLite rebuilds a table',
      'CREATE TABLE "new_a" ("id" INT, "b" TEXT DEFAULT \',)\');\nINSERT INTO "new_a" SELECT 1;\nDROP TABLE "a";\nALTER TABLE "new_a" RENAME TO "a";',
      ['id', 'b'],
    ],
    [
      'PostgreSQL',
      'CREATE TABLE "public"."a" ("id" UUID NOT NULL DEFAULT gen_random_uuid(), "n" DECIMAL(10,2), CONSTRAINT "a_pkey" PRIMARY KEY ("id"));\nALTER TABLE "a" ADD COLUMN     "b" TEXT, ADD COLUMN "c" INT, DROP COLUMN "n";',
      ['id', 'b', 'c'],
    ],
    [
      'MySQL',
      'CREATE TABLE `a` (`id` INTEGER NOT NULL, UNIQUE INDEX `x`(`id`), PRIMARY KEY (`id`)) DEFAULT CHARACTER SET utf8mb4;\nALTER TABLE `a` ADD COLUMN `b` VARCHAR(191) NULL;',
      ['id', 'b'],
    ],
    [
      'a renamed column',
      '-- a comment; with a semicolon\nCREATE TABLE a (id INT, b INT);\nALTER TABLE a RENAME COLUMN b TO c;',
      ['id', 'c'],
    ],
  ])('as %s writes them', (_who, sql, columns) => {
    const tables = replay(['CREATE TABLE "a" ("id" INT);\nDROP TABLE "a";', sql])

    expect([...tables.keys()]).toEqual(['a'])
    expect([...(tables.get('a') ?? [])]).toEqual(columns)
  })
})

describe('the packages', () => {
  test.each([
    ['0.41.1', '^0.44.0', 'argon2 is 0.41.1 here'],
    ['0.45.0', '^0.44.0', 'argon2 is 0.45.0 here'],
    ['11.0.1', '^11.0.2', 'argon2 is 11.0.1 here'],
    ['12.0.0', '^11.0.2', 'argon2 is 12.0.0 here'],
  ])('%s is not within %s', (version, range, words) => {
    const more = { needed: new Map([['argon2', range]]), installed: new Map([['argon2', version]]) }

    expect(only({ more })).toContain(words)
  })

  test.each([
    ['11.0.2', '^11.0.2'],
    ['11.10.0', '^11.2.5'],
    ['0.44.9', '^0.44.0'],
  ])('%s is within %s', (version, range) => {
    const more = { needed: new Map([['argon2', range]]), installed: new Map([['argon2', version]]) }

    expect(findingsOf({ more })).toEqual([])
  })

  test('are asked for in package.json', () => {
    const more = { needed: new Map([['nodemailer', '^7.0.0']]), installed: new Map() }

    expect(only({ more })).toContain('package.json does not ask for nodemailer')
  })
})

describe('the files', () => {
  test('that are gone are named, with who still imports them', () => {
    const found = findingsOf({ project: without(HEALTHY, 'src/plugins/pages.ts') })

    expect(found).toEqual([
      [
        'files',
        expect.objectContaining({
          level: 'problem',
          message: 'src/plugins/pages.ts was deleted, and src/plugins/users.ts imports it.',
        }),
      ],
    ])
    expect(only({ project: without(HEALTHY, 'src/views/users/log-in.ejs') })).toContain(
      'advice files',
    )
  })

  test('with conflict markers are named', () => {
    const project = edited(
      HEALTHY,
      'src/accounts.ts',
      (text) => `<<<<<<< yours\n${text}=======\n>>>>>>> theirs\n`,
    )

    expect(only({ project })).toContain(
      'problem unfinished: src/accounts.ts holds conflict markers',
    )
  })

  test('of the app may not have a route of ours', () => {
    const project = edited(HEALTHY, 'src/app.ts', (text) =>
      text.replace("app.get('/'", "app.get('/users/log-in', handler)\n  app.get('/'"),
    )

    expect(only({ project })).toContain('GET /users/log-in itself (src/app.ts:')
  })
})

describe('the report', () => {
  const examinations = examine(examined({ environment: { SESSION_SECRET: 'short', SMTP_URL: '' } }))
  const report = (columns: number) =>
    renderExaminations(examinations, createColours(false), columns)

  test('has a line for what is well, and the fix below what is not', () => {
    expect(report(200)).toMatch(/^ {2}ok {7}files {9}every generated file is there$/m)
    expect(report(200)).toMatch(
      /^ {2}problem {2}secrets {7}SESSION_SECRET has .*\n {25}→ SESSION_SECRET=/m,
    )
    expect(report(200)).toMatch(/\n\n1 problem, 1 piece of advice\.\n$/)
  })

  test.each([100, 60, 40])('fits into %i columns', (columns) => {
    const long = report(columns)
      .split('\n')
      .filter((line) => line.length > columns)

    // A word that is longer than the window has nowhere to break.
    expect(long.filter((line) => /\S\s+\S/.test(line.trim().replace(/^→ /, '')))).toEqual([])
  })

  test('has no colours where none are wanted, and some where they are', () => {
    expect(report(80)).not.toContain('\u001b')
    expect(renderExaminations(examinations, createColours(true), 80)).toContain('\u001b[31mproblem')
  })
})
