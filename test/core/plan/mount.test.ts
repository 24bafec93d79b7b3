import { describe, expect, test } from 'vitest'
import type { Project } from '../../../src/core/project.js'
import { autoload } from '../facts/apps.js'
import { app, operationOn, planFor, scaffolded } from '../planning.js'

/** The line of ours in a file of the app, null when there is none. */
function lineIn(on: Project, path: string): string | null {
  const text = operationOn(planFor(on), path)?.after ?? ''

  return text.split('\n').find((line) => line.includes('register(users')) ?? null
}

const ENTRY = autoload().get('src/app.ts') ?? ''
const NAMED = `import fp from 'fastify-plugin'
import { PrismaClient } from '@prisma/client'
export default fp(async (app) => { app.decorate('db', new PrismaClient()) }, { name: 'db' })
`

describe('where plugins load themselves', () => {
  test('a file among them registers ours, behind the client', () => {
    expect(lineIn(autoload(), 'src/plugins/users.ts')).toContain('{ prisma: app.db }')
    expect(lineIn(autoload(), 'src/app.ts')).toBeNull()
  })

  test('a file of another name does, where the app has one of that name', () => {
    const own = autoload({ 'src/plugins/users.ts': '// mine\n' })
    const after = scaffolded(own)

    expect(lineIn(own, 'src/plugins/users-mount.ts')).toContain('{ prisma: app.db }')
    expect(after.get('src/plugins/users.ts')).toBe('// mine\n')
    expect(operationOn(planFor(after), 'src/plugins/users-mount.ts')).toMatchObject({
      verb: 'identical',
    })
    const alone = new Map([...after].filter(([path]) => path !== 'src/plugins/users.ts'))
    expect(operationOn(planFor(alone), 'src/plugins/users.ts')).toBeUndefined()
  })

  test('a line in the entry does, when that file would be loaded before the client', () => {
    const late = {
      'src/plugins/prisma.ts': null,
      'src/plugins/x-prisma.ts': autoload().get('src/plugins/prisma.ts') ?? '',
    }

    expect(lineIn(autoload(late), 'src/app.ts')).toContain(
      'void fastify.register(users, (fastify) => ({ prisma: fastify.db }))',
    )
    expect(lineIn(autoload(late), 'src/plugins/users.ts')).toBeNull()
    const named = { ...late, 'src/plugins/x-prisma.ts': NAMED }
    expect(operationOn(planFor(autoload(named)), 'src/plugins/users.ts')?.after).toContain(
      "dependencies: ['db']",
    )
  })

  test('a line in the entry does, behind the cookies that are registered after the folders', () => {
    const entry = ENTRY.replace(
      '\n}\nexport',
      '\n  void fastify.register(cookie)\n}\nexport',
    ).replace('import Auto', "import cookie from '@fastify/cookie'\nimport Auto")
    const text = operationOn(planFor(autoload({ 'src/app.ts': entry })), 'src/app.ts')?.after ?? ''

    expect(text.indexOf('register(users')).toBeGreaterThan(text.indexOf('register(cookie'))
  })

  test('a line in the entry does, when files are chosen by their names', () => {
    const entry = ENTRY.replace("'plugins'), ", "'plugins'), matchFilter: /-plugin/, ")

    expect(lineIn(autoload({ 'src/app.ts': entry }), 'src/app.ts')).not.toBeNull()
  })

  test('what was done once is not done again the other way', () => {
    const before = scaffolded(autoload())
    const entry = ENTRY.replace("'plugins'), ", "'plugins'), matchFilter: /-plugin/, ")
    const chosen = new Map([...before, ['src/app.ts', entry]])
    const byLine = scaffolded(autoload({ 'src/app.ts': entry }))
    const backAgain = new Map([
      ...byLine,
      ['src/app.ts', (byLine.get('src/app.ts') ?? '').replace('matchFilter: /-plugin/, ', '')],
    ])

    expect(operationOn(planFor(chosen), 'src/app.ts')).toBeUndefined()
    expect(operationOn(planFor(backAgain), 'src/plugins/users.ts')).toBeUndefined()
  })
})

describe('a file that imports through an alias', () => {
  const entry = `import Fastify from 'fastify'
import { prisma } from '@/db'
import { posts } from '@/routes/posts'

export const app = Fastify()
app.register(posts)
`
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*"] } } }',
    'src/routes/posts.ts': 'export async function posts() {}\n',
    'src/app.ts': entry,
  }

  test('gets imports of that kind, and knows them again when they are written otherwise', () => {
    const after = scaffolded(app(files))
    const text = after.get('src/app.ts') ?? ''
    const relative = new Map([
      ...after,
      ['src/app.ts', text.replace('@/plugins/users', './plugins/users')],
    ])

    expect(text).toContain("import users from '@/plugins/users'\n")
    expect(operationOn(planFor(after), 'src/app.ts')?.verb).toBe('identical')
    expect(operationOn(planFor(relative), 'src/app.ts')?.verb).toBe('identical')
  })

  test('gets others where the alias leads nowhere, or is used less', () => {
    const broken = { ...files, 'tsconfig.json': files['tsconfig.json'].replace('src', 'lib') }
    const mixed = { ...files, 'src/app.ts': `import '@/db'\n${entry.replace(/@\//g, './')}` }

    expect(scaffolded(app(broken)).get('src/app.ts')).toMatch(/from '\.\/plugins\/users/)
    expect(scaffolded(app(mixed)).get('src/app.ts')).toMatch(/from '\.\/plugins\/users/)
  })
})

describe('the client that is handed on', () => {
  const entry = (declaration: string) => `import Fastify from 'fastify'
import { PrismaClient } from './generated/prisma/client.js'

const app = Fastify()
app.register(import('./routes.js'))
${declaration}
app.listen({ port: 3000 })
`

  test('is the one that the entry keeps for itself, and is there by then', () => {
    const own = app({ 'src/db.ts': '', 'src/app.ts': entry('const db = new PrismaClient()') })
    const text = operationOn(planFor(own), 'src/app.ts')?.after ?? ''

    expect(text).toContain('const db = new PrismaClient()\n\napp.register(users, { prisma: db })\n')
  })

  test('is one more, where every file makes its own', () => {
    const files = {
      'package.json': JSON.stringify({
        type: 'module',
        dependencies: { '@prisma/client': '^6.0.0', fastify: '^5.0.0' },
      }),
      'src/db.ts': 'export class Notes { db = new PrismaClient() }',
      'src/app.ts': entry(''),
    }

    expect(lineIn(app(files), 'src/app.ts')).toBe(
      'app.register(users, { prisma: new PrismaClient() })',
    )
  })

  test('is told to the compiler to be a client where it was extended', () => {
    const extended =
      "import { PrismaClient } from './generated/prisma/client.js'\nexport const prisma = new PrismaClient().$extends({})\n"
    const plan = planFor(app({ 'src/db.ts': extended }))
    const text = operationOn(plan, 'src/app.ts')?.after ?? ''

    expect(text).toContain('register(users, { prisma: prisma as unknown as PrismaClient })')
    expect(text).toContain("import type { PrismaClient } from './generated/prisma/client.js'\n")
  })

  test('is for a person to find with Prisma 7, which needs an adapter', () => {
    const own = app({ 'src/db.ts': '', 'src/app.ts': entry('') })

    expect(operationOn(planFor(own), 'src/app.ts')).toMatchObject({
      verb: 'by hand',
      note: 'No Prisma client was found that src/app.ts could hand on.',
      paste: [
        "import users from './plugins/users.js'",
        '',
        'app.register(users, { prisma: yourPrismaClient })',
        '',
      ].join('\n'),
    })
  })

  test('an instance without a name is for a person, too', () => {
    const own = app({
      'src/app.ts': "import Fastify from 'fastify'\nprovide('server', Fastify())\n",
    })

    expect(operationOn(planFor(own), 'src/app.ts')?.note).toBe(
      'The Fastify instance that src/app.ts makes has no name there.',
    )
  })
})
