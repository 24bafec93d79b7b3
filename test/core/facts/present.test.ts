import { describe, expect, test } from 'vitest'
import { readPresent } from '../../../src/core/facts/present/read-present.js'
import { readFacts } from '../../../src/core/facts/read-facts.js'
import type { Project } from '../../../src/core/project.js'
import { readTemplates } from '../../../src/shell/read-templates.js'
import { app, edited, operationOn, planFor, scaffolded, templates } from '../planning.js'

const PACKAGES = { 'package.json': manifest() }

function manifest(): string {
  const { name, type, dependencies } = JSON.parse(app().get('package.json') ?? '')

  return JSON.stringify({ name, type, dependencies })
}

function present(files: Record<string, string>) {
  const project = app(files)

  return readPresent(project, readFacts(project))
}

/** The app with more lines in its factory. */
function withLines(...lines: string[]): Record<string, string> {
  const text = app().get('src/app.ts') ?? ''

  return {
    'src/app.ts': text.replace("  app.get('/'", `  ${lines.join('\n  ')}\n  app.get('/'`),
  }
}

function schemaWith(...models: string[]): Record<string, string> {
  return { 'prisma/schema.prisma': [app().get('prisma/schema.prisma'), ...models].join('\n') }
}

const USER = 'model User {\n  id Int @id\n  email String @unique\n  sessions Session[]\n}\n'

describe('a way to log in is recognized', () => {
  test.each([
    ["import jwt from '@fastify/jwt'", 'JSON web tokens', '@fastify/jwt'],
    [
      "import jwt from 'jsonwebtoken'\nexport const a = jwt.verify(b, c)",
      'JSON web tokens',
      'jsonwebtoken',
    ],
    ["const jwt = require('jsonwebtoken')", 'JSON web tokens', 'jsonwebtoken'],
    ["import { jwtVerify } from 'jose'", 'JSON web tokens', 'jose'],
    ["import { betterAuth } from 'better-auth'", 'Better Auth', 'better-auth'],
    ["import { Auth } from '@auth/core'", 'Auth.js', '@auth/core'],
    ["import passport from '@fastify/passport'", 'Passport', '@fastify/passport'],
    ["import { clerkPlugin } from '@clerk/fastify'", 'Clerk', '@clerk/fastify'],
    ["import { Lucia } from 'lucia'", 'Lucia', 'lucia'],
    ["import oauth from '@fastify/oauth2'", 'OAuth', '@fastify/oauth2'],
    ["fetch('https://github.com/login/oauth/access_token')", 'OAuth', 'github.com'],
    [
      "import admin from 'firebase-admin'\nadmin.auth().verifyIdToken(token)",
      'Firebase',
      'firebase-admin',
    ],
    [
      "import { createClient } from '@supabase/supabase-js'\nclient.auth.getUser(token)",
      'Supabase',
      '@supabase/supabase-js',
    ],
    ["import bcrypt from 'bcrypt'\nawait bcrypt.compare(a, b)", 'passwords', 'bcrypt'],
    [
      'export const f = (request) => {\n  request.session.userId = 1\n}',
      'sessions',
      'session.userId',
    ],
    ["export const f = (request) => request.session.set('user', 1)", 'sessions', 'session.user'],
  ])('by what the code does: %s', (text, name, how) => {
    const [found] = present({ 'src/services/access.ts': text }).auth

    expect(found).toMatchObject({ name, with: how, file: 'src/services/access.ts' })
    expect(text.split('\n')[(found?.line ?? 0) - 1]).toContain(how.split('.').at(-1))
  })

  test('by a table whose rows belong to somebody, are found by a secret and expire', () => {
    const session = [
      'model Session {',
      '  token     String   @id',
      '  expiresAt DateTime',
      '  user      User     @relation(fields: [userId], references: [id])',
      '  userId    Int',
      '}',
    ].join('\n')
    const { auth } = present(schemaWith(USER, session))

    expect(auth).toEqual([
      { name: 'a table', with: 'Session', file: 'prisma/schema.prisma', line: expect.any(Number) },
    ])
  })

  test.each([
    ['a word in a comment', "// passport, jwt and bcrypt\nexport const jwt = 'jsonwebtoken'"],
    ['a type', "import type { JwtPayload } from 'jsonwebtoken'"],
    ['a hash of something else', "import bcrypt from 'bcrypt'\nbcrypt.hash(file, 10)"],
    ['a cart in a session', 'export const f = (request) => {\n  request.session.cart = []\n}'],
    [
      'files in a bucket',
      "import { createClient } from '@supabase/supabase-js'\nclient.storage.from('a')",
    ],
    ['push messages', "import admin from 'firebase-admin'\nadmin.messaging().send(a)"],
  ])('not by %s', (_what, text) => {
    expect(present({ 'src/services/access.ts': text }).auth).toEqual([])
  })

  test('not by a table of sessions that belong to nobody', () => {
    const session = 'model Session {\n  id Int @id\n  room String\n  expiresAt DateTime\n}\n'

    expect(present(schemaWith(session)).auth).toEqual([])
  })

  test('not by a test, nor by what the app only depends on', () => {
    expect(
      present({ ...PACKAGES, 'test/a.test.ts': "import jwt from 'jsonwebtoken'" }).auth,
    ).toEqual([])
  })
})

describe('the routes of an app', () => {
  function routesOf(files: Record<string, string>) {
    return present(files).routes.map(({ method, path }) => `${method} ${path}`)
  }

  test('have the prefixes of all that they are registered in', () => {
    const files: Record<string, string> = {
      ...withLines("app.register(api, { prefix: '/api' })"),
      'src/api.ts': [
        "import { people } from './people.js'",
        'export async function api(app) {',
        "  const prefix = '/v1'",
        '  await app.register(async (inner) => {',
        "    inner.register(people, { prefix: '/people' })",
        '  }, { prefix })',
        '}',
      ].join('\n'),
      'src/people.ts': [
        'export const people = async (app) => {',
        "  app.withTypeProvider().post('/log-in', {}, handler)",
        "  app.route({ method: ['GET', 'HEAD'], url: '/:id', handler })",
        '}',
      ].join('\n'),
    }
    const text = files['src/app.ts'] ?? ''
    files['src/app.ts'] = `import { api } from './api.js'\n${text}`

    expect(routesOf(files)).toEqual([
      'GET /',
      'POST /api/v1/people/log-in',
      'GET /api/v1/people/:id',
      'HEAD /api/v1/people/:id',
    ])
  })

  test('are in the folders that load themselves, under the names of those', () => {
    const files = {
      'src/app.ts': [
        "import { join } from 'node:path'",
        "import AutoLoad from '@fastify/autoload'",
        "import { prisma } from './db.js'",
        'export default async function app(fastify, opts) {',
        "  fastify.register(AutoLoad, { dir: join(import.meta.dirname, 'routes'), options: opts })",
        '}',
      ].join('\n'),
      'src/routes/users/index.ts': "export default async (app) => { app.get('/me', handler) }",
      'src/routes/shop/cart.ts': [
        "export const autoPrefix = '/basket'",
        "export default async (app) => { app.get('/', handler) }",
      ].join('\n'),
    }

    expect(routesOf(files)).toEqual(expect.arrayContaining(['GET /users/me', 'GET /basket']))
  })

  test('are not what an HTTP client or a map says', () => {
    const files = {
      'src/other.ts': "client.get('https://a.b/c', {})\ncache.get('key', 1)\nmap.delete('/a')",
    }

    expect(routesOf(files)).toEqual(['GET /'])
  })
})

describe('a hook that turns away whoever it does not know', () => {
  const guard = [
    "app.addHook('preHandler', async (request, reply) => {",
    "  if (request.url === '/users/public') return",
    '  if (!request.headers.authorization) return reply.code(401).send()',
    '})',
  ]

  test('is left to a person, with the line to put into it, until it lets ours through', () => {
    const before = app(withLines(...guard))
    const plan = planFor(before)
    const operation = plan.operations.find(({ verb }) => verb === 'by hand')

    expect(operation).toMatchObject({ path: 'src/app.ts' })
    const lines = scaffolded(before).get('src/app.ts')?.split('\n') ?? []
    const line = 1 + lines.findIndex((each) => each.includes("addHook('preHandler'"))
    expect(operation?.note).toContain(`preHandler hook at line ${line} `)
    expect(operation?.paste).toContain("if (route.startsWith('/users/')")
    const opened = edited(scaffolded(before), 'src/app.ts', (text) =>
      text.replace('(request, reply) => {\n', `(request, reply) => {\n${operation?.paste}\n`),
    )
    expect(planFor(opened).operations.map(({ verb }) => verb)).not.toContain('by hand')
  })

  test.each([
    ["  if (!request.url.startsWith('/api')) return"],
    ["  if (!request.url.startsWith('/api/') || request.url === '/api/public') { return }"],
    ["  const isApi = request.raw.url.startsWith('/api')", '  if (!isApi) return'],
  ])('is none of our business where it lets all but other paths through: %s', (...lines) => {
    const [head = '', , ...rest] = guard

    expect(verbsWith([head, ...lines, ...rest], '/users')).not.toContain('by hand')
    expect(verbsWith([head, ...lines, ...rest], '/api/users')).toContain('by hand')
  })

  test('is none of our business where it looks at other paths only', () => {
    const lines = [
      "app.addHook('onRequest', async (request, reply) => {",
      "  if (request.url.startsWith('/admin') && !isAdmin(request)) throw new ForbiddenError()",
      '})',
    ]

    expect(verbsWith(lines, '/users')).not.toContain('by hand')
    expect(verbsWith(lines, '/admin')).toContain('by hand')
  })

  test.each([
    ["  if (request.url.startsWith('/api')) return"],
    ["  if (!request.url.startsWith('/api') && isPublic(request)) return"],
    ["  if (!request.url.startsWith('/')) return"],
    ["  if (!request.url.startsWith('/api')) return reply.code(403).send()"],
  ])('is ours to open where it lets something else through: %s', (line) => {
    const [head = '', , ...rest] = guard

    expect(verbsWith([head, line, ...rest], '/users')).toContain('by hand')
  })

  function verbsWith(lines: string[], prefix: string): string[] {
    return planFor(app(withLines(...lines)), { prefix }).operations.map(({ verb }) => verb)
  }

  test('leaves through its callback where it has one', () => {
    const lines = guard.map((line) => line.replace('async (request, reply)', '(req, reply, next)'))
    const plan = planFor(app(withLines(...lines)), { prefix: '/auth' })

    expect(plan.operations.find(({ verb }) => verb === 'by hand')?.paste).toMatch(
      /req\.routeOptions.*\n.*'\/auth\/'.*return next\(\)$/,
    )
  })

  test.each([
    ['for a part of the app', ['app.register(async (app) => {', ...guard, '})']],
    [
      'that only prepares something',
      [
        "app.addHook('onRequest', async (request) => {",
        '  request.guard = () => { throw new UnauthorizedError() }',
        '})',
      ],
    ],
    [
      'after the answer',
      [
        "app.addHook('onResponse', async (request, reply) => {",
        '  if (reply.statusCode === 401) count()',
        '})',
      ],
    ],
  ])('is none %s', (_what, lines) => {
    expect(present(withLines(...lines)).hooks).toEqual([])
  })
})

describe('where the log-in goes', () => {
  const REGISTER = "app.get('/users/log-in', async () => 'theirs')"

  test('is the usual place, and an app without any other hears nothing about it', () => {
    const plan = planFor(app())

    expect(plan.notices).toEqual([])
    expect(plan.record.systems[0]).not.toHaveProperty('prefix')
  })

  test('is beside what is there, and is said in two lines', () => {
    const { notices } = planFor(app({ 'src/token.ts': "import jwt from '@fastify/jwt'" }))

    expect(notices).toEqual([
      'This app logs people in already: JSON web tokens with @fastify/jwt (src/token.ts:1).',
      expect.stringContaining('under /users'),
    ])
  })

  test('is another place where a route is taken, and the next run stays there, silently', () => {
    const before = app(withLines(REGISTER))
    const plan = planFor(before)
    const after = scaffolded(before)

    expect(plan.notices).toEqual([
      expect.stringMatching(
        /^The routes begin with \/auth, .*GET \/users\/log-in itself \(src\/app\.ts:6\)/,
      ),
    ])
    expect(plan.record.systems[0]?.prefix).toBe('/auth')
    expect(operationOn(planFor(after), 'src/app.ts')?.verb).toBe('identical')
    expect(planFor(after).notices).toEqual([])
  })

  test.each([
    ['another case', "app.get('/Users/Log-In/', handler)"],
    ['every method', "app.all('/users/log-in', handler)"],
    ['all below it', "app.all('/users/*', handler)"],
  ])('is another place for a route of %s', (_what, line) => {
    expect(planFor(app(withLines(line))).record.systems[0]?.prefix).toBe('/auth')
  })

  test('is the next place where that one is taken, too', () => {
    const both = withLines(REGISTER, "app.get('/auth/log-in', handler)")

    expect(planFor(app(both)).record.systems[0]?.prefix).toBe('/accounts')
  })

  test('is nowhere where somebody asked for a place that is taken', () => {
    const before = app(withLines("app.get('/auth/log-in', handler)"))

    expect(() => planFor(before, { prefix: '/auth' })).toThrow(
      'GET /auth/log-in itself (src/app.ts:6)',
    )
  })

  test.each([
    ['currentScope', "app.decorateRequest('currentScope')"],
    ['userAuth', "app.decorate('userAuth', {})"],
  ])('is nowhere where %s is a name of the app', (name, line) => {
    expect(() => planFor(app(withLines(line)))).toThrow(`decorates ${name} itself (src/app.ts:6)`)
  })

  const SESSION_TEMPLATES = templates({ 'src/plugins/session.ts': '' })

  function withPlugin(module: string, line: string): Project {
    const files = withLines(line)

    return app({ 'src/app.ts': `import plugin from '${module}'\n${files['src/app.ts']}` })
  }

  test('is a guest in a session that there can be only one of', () => {
    const own = planFor(withPlugin('@fastify/secure-session', 'app.register(plugin, { key })'), {
      templates: SESSION_TEMPLATES,
    })
    const named = planFor(
      withPlugin('@fastify/secure-session', "app.register(plugin, { key, sessionName: 'own' })"),
      { templates: SESSION_TEMPLATES },
    )

    expect([own.facts.secureSession, named.facts.secureSession]).toEqual([true, false])
    expect(named.notices).toEqual([])
  })

  test('is nowhere beside a session that only a part of the app has, or of an unknown kind', () => {
    const part = app({
      ...withLines("app.register(cart, { prefix: '/cart' })"),
      'src/cart.ts': [
        "import session from '@fastify/secure-session'",
        'export default async function cart(app) {',
        '  await app.register(session, { key })',
        '}',
      ].join('\n'),
    })
    const other = withPlugin('@mgcrea/fastify-session', 'app.register(plugin, { key })')

    expect(() => planFor(part, { templates: SESSION_TEMPLATES })).toThrow(
      'registers @fastify/secure-session for a part of the app',
    )
    expect(() => planFor(other, { templates: SESSION_TEMPLATES })).toThrow(
      'request.session belongs to @mgcrea/fastify-session here (src/app.ts:7)',
    )
  })

  test('is nowhere beside a cookie that has the name of its session', () => {
    const own = app(
      withLines("app.get('/in', (_request, reply) => reply.setCookie('session', id))"),
    )

    expect(() => planFor(own, { templates: SESSION_TEMPLATES })).toThrow(
      'a cookie called session itself (src/app.ts:6)',
    )
  })

  test('is nowhere beside a plugin that only a part of the app has', () => {
    const part = app({
      ...withLines("app.register(cart, { prefix: '/cart' })"),
      'src/cart.ts': [
        "import cookie from '@fastify/cookie'",
        'export default async function cart(app) {',
        '  await app.register(cookie)',
        '}',
      ].join('\n'),
    })

    expect(() => planFor(part)).toThrow('src/cart.ts:3 registers @fastify/cookie for a part')
  })
})

test('an app with @fastify/swagger gets routes with a tag, and another one hears nothing of it', () => {
  const users = readTemplates('templates/auth').get('src/plugins/users.ts') ?? ''
  const run = { templates: templates({ 'src/plugins/users.ts': users }) }
  const files = withLines('app.register(swagger)')
  const described = app({
    'src/app.ts': `import swagger from '@fastify/swagger'\n${files['src/app.ts']}`,
  })

  expect(scaffolded(described, run).get('src/plugins/users.ts')).toContain("tags: ['users']")
  expect(scaffolded(app(), run).get('src/plugins/users.ts')).not.toContain('tags')
})
