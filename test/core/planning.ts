import { DEFAULT_NAMES } from '../../src/core/names/names.js'
import { buildPlan, type SystemPlan } from '../../src/core/plan/build-plan.js'
import type { Operation } from '../../src/core/plan/plan.js'
import type { PlanRequest } from '../../src/core/plan/plan-request.js'
import { changesIn } from '../../src/core/plan/virtual-project.js'
import { type Project, project } from '../../src/core/project.js'
import { readRecord } from '../../src/core/record/read-record.js'

/** A small app as people have them, and what is different about it. */
export function app(files: Record<string, string> = {}): Project {
  return project({
    'package.json': JSON.stringify(
      {
        name: 'notes',
        type: 'module',
        dependencies: { '@prisma/client': '^7.0.0', fastify: '^5.0.0' },
        devDependencies: { prisma: '^7.0.0', typescript: '^5.9.0', vitest: '^4.0.0' },
      },
      null,
      2,
    ),
    'tsconfig.json': '{}',
    'prisma/schema.prisma': [
      'generator client {',
      '  provider = "prisma-client"',
      '  output   = "../src/generated/prisma"',
      '}',
      '',
      'datasource db {',
      '  provider = "sqlite"',
      '}',
      '',
    ].join('\n'),
    'src/db.ts': [
      "import { PrismaClient } from './generated/prisma/client.js'",
      '',
      'export const prisma = new PrismaClient()',
      '',
    ].join('\n'),
    'src/app.ts': [
      "import Fastify from 'fastify'",
      "import { prisma } from './db.js'",
      '',
      'export async function buildApp() {',
      '  const app = Fastify()',
      "  app.get('/', () => prisma.$queryRaw`SELECT 1`)",
      '',
      '  return app',
      '}',
      '',
    ].join('\n'),
    '.gitignore': 'node_modules\n',
    ...files,
  })
}

/** Templates that are enough to see what is made of them. */
export const TEMPLATES: Record<string, string> = {
  'prisma/schema.prisma': [
    'model User {',
    '  //% if (!features.existingUser) {',
    '  id         String      @id',
    '  email      String      @unique',
    '  //% }',
    '  confirmedAt DateTime? @map("confirmed_at")',
    '  userTokens UserToken[]',
    '  //% if (!features.existingUser) {',
    '',
    '  @@map("users")',
    '  //% }',
    '}',
    '',
    '/// What lets a user in.',
    'model UserToken {',
    '  id     String @id',
    '  userId String @map("user_id")',
    '  user   User   @relation(fields: [userId], references: [id])',
    '',
    '  @@map("users_tokens")',
    '}',
    '',
  ].join('\n'),
  'package.json': '{ "dependencies": { "argon2": "*", } }',
  '.env.example': '# Signs cookies.\nSESSION_SECRET=change-me\n',
  _gitignore: '.env\n',
  '.create-auth/manifest.json': '{ "routes": [{ "method": "GET", "path": "/users/log-in" },] }',
  'src/accounts.ts': [
    "import type { User } from './generated/prisma/client.js'",
    '',
    'export type Account = User',
    '',
    'export const first = 1',
    '',
    'export const second = 2',
    '',
    'export const last = 3',
    '',
  ].join('\n'),
  'src/plugins/users.ts': [
    "import * as accounts from '../accounts.js'",
    "import { page } from './pages.js'",
    '',
    'export default async function users() {',
    "  return page(accounts, 'users/log-in.ejs')",
    '}',
    '',
  ].join('\n'),
  'src/plugins/pages.ts': "export const VIEWS = 'users'\n",
  'src/views/users/log-in.ejs': '<h1><%= title %></h1>\n',
}

export function templates(
  changes: Record<string, string | null> = {},
): ReadonlyMap<string, string> {
  const all = Object.entries({ ...TEMPLATES, ...changes })

  return new Map(all.filter((entry): entry is [string, string] => entry[1] !== null))
}

export const SECRET = 'a-secret-that-nobody-may-ever-read-1234'
export const VERSION = '1.0.0'

const TESTED = '{ "dependencies": { "argon2": "^0.44.0" } }'

export type Run = Partial<Omit<PlanRequest, 'project' | 'record'>>

/** What a run would do to a project; the record is read from it, as the command does. */
export function planFor(on: Project, run: Run = {}): SystemPlan {
  const version = run.version ?? VERSION

  return buildPlan({
    project: on,
    record: readRecord(on, version),
    names: DEFAULT_NAMES,
    features: ['html'],
    templates: templates(),
    earlier: [templates()],
    tested: { 4: TESTED, 5: TESTED, jest: TESTED },
    secret: SECRET,
    ...run,
    version,
  })
}

/** The project after a run. */
export function scaffolded(on: Project, run: Run = {}): Project {
  return changesIn(on, planFor(on, run).operations)
}

export function edited(on: Project, path: string, change: (text: string) => string): Project {
  return new Map(on).set(path, change(on.get(path) ?? ''))
}

export function without(on: Project, path: string): Project {
  const rest = new Map(on)
  rest.delete(path)

  return rest
}

export function operationOn(plan: SystemPlan, path: string): Operation | undefined {
  return plan.operations.find((operation) => operation.path === path)
}
