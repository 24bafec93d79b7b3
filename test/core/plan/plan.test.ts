import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { changesAnything, leavesWork } from '../../../src/core/plan/plan.js'
import { changesIn } from '../../../src/core/plan/virtual-project.js'
import { Problem } from '../../../src/core/problem.js'
import { type Project, project } from '../../../src/core/project.js'
import {
  app,
  edited,
  operationOn,
  planFor,
  SECRET,
  scaffolded,
  TEMPLATES,
  templates,
  without,
} from '../planning.js'

const released = (TEMPLATES['src/accounts.ts'] ?? '').replace('first = 1', 'first = 10')
const newVersion = { version: '1.1.0', templates: templates({ 'src/accounts.ts': released }) }

function verbOf(on: Project, path: string, run = {}) {
  return operationOn(planFor(on, run), path)?.verb
}

describe('a first run', () => {
  test('creates the files and edits those of the app', () => {
    const plan = planFor(app())

    expect(operationOn(plan, 'src/accounts.ts')?.verb).toBe('create')
    expect(operationOn(plan, 'src/app.ts')?.after).toContain('register(users, { prisma })')
    expect(operationOn(plan, 'prisma/schema.prisma')?.note).toBe('+ model User, + model UserToken')
    expect(operationOn(plan, '.gitignore')?.after).toBe('node_modules\n.env\n')
    expect(plan.packages.dependencies).toEqual({ argon2: '^0.44.0' })
    expect(leavesWork(plan)).toBe(false)
  })

  test('leaves a schema of another package to a person, with all that is missing in it', () => {
    const own = app()
    const path = '../db/prisma/schema.prisma'
    const schema = own.get('prisma/schema.prisma') ?? ''
    const around = project({
      '../db/package.json': '{ "name": "db", "dependencies": { "@prisma/client": "^7.0.0" } }',
      [path]: schema,
    })
    const manifest = '{ "type": "module", "dependencies": { "fastify": "^5.0.0", "db": "*" } }'
    const apart = edited(without(own, 'prisma/schema.prisma'), 'package.json', () => manifest)
    const plan = planFor(apart, { around })
    const byHand = operationOn(plan, path)

    expect(byHand).toMatchObject({ verb: 'by hand', before: schema, after: schema })
    expect(byHand?.note).toContain('+ model User, + model UserToken')
    expect(byHand?.paste).toMatch(/^model User \{\n[\s\S]*^model UserToken \{/m)
    expect(plan.manifest).toContain('"users_tokens"')

    const pasted = new Map([...around, [path, `${schema}\n${byHand?.paste}`]])
    const again = planFor(scaffolded(apart, { around }), { around: pasted })
    expect(operationOn(again, path)?.verb).toBe('identical')
    expect(leavesWork(again)).toBe(false)
  })

  test('makes an email unique, and leaves the migration until its owner has looked for duplicates', () => {
    const model =
      'model User {\n  id   Int    @id @default(autoincrement())\n  mail String @map("e_mail")\n\n  @@map("people")\n}\n'
    const own = edited(app(), 'prisma/schema.prisma', (schema) => `${schema}\n${model}`)
    const plan = planFor(own)
    const query =
      'SELECT LOWER("e_mail"), COUNT(*) FROM "people" GROUP BY LOWER("e_mail") HAVING COUNT("e_mail") > 1'

    expect(operationOn(plan, 'prisma/schema.prisma')?.after).toContain('\n  @@unique([mail])\n')
    expect(plan.notices.join()).toContain(query)
    expect(plan.beforeMigrating).toEqual([expect.stringContaining(query)])
    expect(leavesWork(plan)).toBe(false)

    const again = planFor(scaffolded(own))
    expect(changesAnything(again)).toBe(false)
    expect(again.beforeMigrating).toEqual([])
  })

  test('asks MySQL for what it can index, in its words', () => {
    const model = 'model User {\n  id    Int     @id\n  email String? @db.Text\n}\n'
    const own = edited(app(), 'prisma/schema.prisma', (schema) =>
      `${schema}\n${model}`.replace('"sqlite"', '"mysql"'),
    )
    const plan = planFor(own)

    expect(operationOn(plan, 'prisma/schema.prisma')?.after).toContain(
      '@@unique([email(length: 191)])',
    )
    expect(plan.beforeMigrating?.join()).toContain('SELECT LOWER(`email`), COUNT(*) FROM `User`')
  })

  test('leaves the line of a password that is too short to a person, as it has to become', () => {
    const models = `model Guest {
  password String @db.VarChar(4)
}

model User {
  id       String @id
  email    String @unique
  password String @db.VarChar(60) // a bcrypt hash
}
`
    const own = edited(app(), 'prisma/schema.prisma', (schema) => `${schema}\n${models}`)
    const steps = planFor(own).operations.filter(({ verb }) => verb === 'by hand')

    expect(steps).toMatchObject([
      {
        path: 'prisma/schema.prisma',
        note: expect.stringContaining('is made for 60 characters, and an argon2id hash has 97'),
        paste: 'password String @db.VarChar(255) // a bcrypt hash\n',
      },
    ])

    const widened = edited(own, 'prisma/schema.prisma', (schema) => schema.replace('60', '255'))
    expect(leavesWork(planFor(widened))).toBe(false)
  })

  test.each([
    60, 255,
  ])('wants no column of %d characters that is filled up with blanks', (length) => {
    const own = edited(app(), 'prisma/schema.prisma', (schema) =>
      schema.concat(
        '\nmodel User {\n  id String @id\n  email String @unique\n',
        `  password String @db.Char(${length})\n}\n`,
      ),
    )

    expect(planFor(own).operations.find(({ verb }) => verb === 'by hand')?.paste).toBe(
      'password String @db.VarChar(255)\n',
    )
  })

  test('says so where a script writes the schema', () => {
    const own = app()
    const manifest = JSON.parse(own.get('package.json') ?? '')
    const scripts = { generate: 'node ./scripts/join.js && prisma generate', start: 'node app.js' }
    const script = "fs.writeFileSync('prisma/schema.prisma', parts.join(''))\n"
    const joined = new Map([
      ...own,
      ['package.json', JSON.stringify({ ...manifest, scripts })],
      ['scripts/join.js', script],
    ])

    expect(planFor(joined).notices).toEqual([
      'prisma/schema.prisma is written by scripts/join.js: bring the models that were added there into what that reads, or the next run of it loses them.',
    ])
    expect(planFor(own).notices).toEqual([])
  })

  test("never merges with a stranger's file, nor moves what has the name that was asked for", () => {
    const plan = planFor(app({ 'src/accounts.ts': '// mine\n' }))

    expect(operationOn(plan, 'src/accounts.ts')).toMatchObject({
      verb: 'taken',
      after: '// mine\n',
    })
    expect(leavesWork(plan)).toBe(true)
  })

  test.each([
    'src/plugins/pages.ts',
    'src/plugins/pages.js',
    'src/plugins/pages/index.ts',
    'src/plugins/Pages.ts',
  ])("leaves a stranger's %s alone, and puts ours in a folder of its own", (path) => {
    const own = app({ [path]: '// mine\n' })
    const after = scaffolded(own)

    expect(after.get(path)).toBe('// mine\n')
    expect(after.get('src/plugins/users/pages.ts')).toBe(TEMPLATES['src/plugins/pages.ts'])
    expect(after.get('src/plugins/users.ts')).toContain("from './users/pages.js'")
    expect(leavesWork(planFor(own))).toBe(false)
    expect(planFor(own).notices).toContain(
      `${path} is a file of this app: ours is src/plugins/users/pages.ts.`,
    )
    expect(changesIn(after, planFor(after).operations)).toEqual(after)
    const moved = new Map([...after].filter(([each]) => each !== path))
    expect(changesIn(moved, planFor(moved).operations)).toEqual(moved)
  })

  test('is no second one where ours lies about that no record knows', () => {
    const unknown = new Map(
      [...scaffolded(app())].filter(([path]) => !path.startsWith('.create-auth/')),
    )
    const plan = planFor(edited(unknown, 'src/plugins/pages.ts', () => '// mine\n'))

    expect(operationOn(plan, 'src/plugins/pages.ts')).toMatchObject({ verb: 'taken' })
    expect(plan.operations.filter(({ path }) => path.includes('/users/pages'))).toEqual([])
    expect(leavesWork(plan)).toBe(true)
  })

  test('keeps an existing user model and adds what it lacks', () => {
    const schema = app().get('prisma/schema.prisma') ?? ''
    const own = 'model User {\n  id Int @id\n  email String @unique\n\n  @@map("people")\n}\n'
    const plan = planFor(app({ 'prisma/schema.prisma': `${schema}${own}` }))
    const result = operationOn(plan, 'prisma/schema.prisma')?.after

    expect(result).toContain('model User {\n  id Int @id\n  email String @unique\n')
    expect(result).toContain('confirmedAt')
    expect(result?.match(/@@map\("people"\)/g)).toHaveLength(1)
    expect(result).not.toContain('@@map("users")')
  })

  test('knows a user model that is called like a table, and whatever its owner calls it later', () => {
    const schema = app().get('prisma/schema.prisma') ?? ''
    const own = 'model users {\n  id String @id\n  email String @unique\n}\n'
    const after = scaffolded(app({ 'prisma/schema.prisma': `${schema}${own}` }))

    expect(after.get('prisma/schema.prisma')).toMatch(/^ {2}user +users +@relation/m)
    expect(after.get('src/accounts.ts')).toContain('import type { users as User }')
    expect(changesIn(after, planFor(after).operations)).toEqual(after)
    const renamed = edited(after, 'prisma/schema.prisma', (text) =>
      text.replace('model users {', 'model User {').replace(' users ', ' User '),
    )
    expect(operationOn(planFor(renamed), 'src/accounts.ts')?.after).toContain(
      'import type { User }',
    )
  })

  test('refuses a user model that nobody could log in with', () => {
    const schema = `${app().get('prisma/schema.prisma')}model User {\n  id Decimal @id\n}\n`

    expect(() => planFor(app({ 'prisma/schema.prisma': schema }))).toThrow('an id of type Decimal')
  })

  test('leaves the line to a person where the app does not show its client', () => {
    const plan = planFor(
      app({
        'src/db.ts': 'export const nothing = 1\n',
        'src/app.ts': "import Fastify from 'fastify'\n\nexport const app = Fastify()\n",
      }),
    )

    expect(operationOn(plan, 'src/app.ts')).toMatchObject({ verb: 'by hand' })
    expect(operationOn(plan, 'src/app.ts')?.paste).toContain('register(users')
    expect(leavesWork(plan)).toBe(true)
  })

  test('says which files have no client where its plugin cannot be registered alone', () => {
    const path = 'test/support/build-app.ts'
    const own = app({
      'src/db.ts': '',
      'src/plugins/prisma.ts': `import fp from 'fastify-plugin'
import { PrismaClient } from '../generated/prisma/client.js'
export default fp(async (app) => { app.decorate('prisma', new PrismaClient()) }, { dependencies: ['env'] })
`,
      'src/app.ts': `import Fastify from 'fastify'
import prisma from './plugins/prisma.js'
export const app = Fastify()
app.register(prisma)
`,
    })
    const run = { templates: templates({ [path]: readFileSync(`templates/auth/${path}`, 'utf8') }) }
    const leftIn = (on: Project) =>
      planFor(on, run).operations.filter(({ verb }) => verb === 'by hand')
    const after = scaffolded(own, run)

    expect(leftIn(own)).toMatchObject([{ path, note: expect.stringMatching(/connect has to/) }])
    expect(leftIn(after)).toMatchObject([{ path }])
    const decided = (text: string) => text.replace(/throw new Error\(.*\)/, 'return prisma')
    expect(leftIn(edited(after, path, decided))).toEqual([])
  })

  test('stops at an unfinished merge', () => {
    const half = '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n'

    expect(() => planFor(app({ '.gitignore': half }))).toThrow(Problem)
  })
})

describe('a second run', () => {
  const done = scaffolded(app())

  test('writes nothing at all', () => {
    const plan = planFor(done, { secret: 'another-one' })

    expect(plan.operations.every(({ verb }) => verb === 'identical')).toBe(true)
    expect(changesAnything(plan)).toBe(false)
  })

  test('leaves a file alone that only its owner changed', () => {
    expect(
      verbOf(
        edited(done, 'src/accounts.ts', (text) => `${text}// mine\n`),
        'src/accounts.ts',
      ),
    ).toBe('identical')
  })

  test('is the same for line ends that git changed', () => {
    const windows = new Map(
      [...done].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')] as const),
    )
    const plan = planFor(windows)
    const files = plan.operations.filter(({ path }) => !path.startsWith('.create-auth/'))

    expect(files.every(({ verb }) => verb === 'identical')).toBe(true)
  })
})

describe('a new version', () => {
  const done = scaffolded(app())

  test('updates what nobody touched, and the second time nothing', () => {
    expect(verbOf(done, 'src/accounts.ts', newVersion)).toBe('update')
    expect(changesAnything(planFor(scaffolded(done, newVersion), newVersion))).toBe(false)
  })

  test('is merged into what its owner changed elsewhere', () => {
    const mine = edited(done, 'src/accounts.ts', (text) => `${text}\n// mine\n`)
    const operation = operationOn(planFor(mine, newVersion), 'src/accounts.ts')

    expect(operation).toMatchObject({ verb: 'update', note: 'merged: lines' })
    expect(operation?.after).toBe(`${released}\n// mine\n`)
  })

  test('leaves a deleted file deleted, and says so', () => {
    const plan = planFor(without(done, 'src/accounts.ts'), newVersion)

    expect(operationOn(plan, 'src/accounts.ts')).toMatchObject({
      verb: 'deleted',
      after: null,
      note: 'changed in this version',
    })
  })

  test('needs the base copy only where it merges', () => {
    const base = [...done.keys()].filter((path) => path.startsWith('.create-auth/base/'))
    const bare = base.reduce(without, done)
    const mine = edited(bare, 'src/accounts.ts', (text) => `${text}\n// mine\n`)

    expect(verbOf(bare, 'src/accounts.ts', newVersion)).toBe('update')
    expect(() => planFor(mine, newVersion)).toThrow('base copy')
  })
})

describe('a conflict', () => {
  const mine = edited(scaffolded(app()), 'src/accounts.ts', (text) =>
    text.replace('first = 1', 'first = 7'),
  )
  const marked = scaffolded(mine, newVersion)
  const entry = (on: Project) =>
    planFor(on, newVersion).record.systems[0]?.files.find(({ path }) => path === 'src/accounts.ts')

  test('is written with markers and keeps the recorded version back', () => {
    expect(marked.get('src/accounts.ts')).toContain('<<<<<<< yours\nexport const first = 7\n')
    expect(entry(marked)).toMatchObject({ mode: 'conflict', version: '1.0.0' })
  })

  test('is reported and not written again until its markers are gone', () => {
    const plan = planFor(marked, newVersion)

    expect(operationOn(plan, 'src/accounts.ts')?.verb).toBe('conflict')
    expect(changesAnything(plan)).toBe(false)
    expect(leavesWork(plan)).toBe(true)
  })

  test('is over when its owner has chosen, whichever side', () => {
    for (const choice of [released, mine.get('src/accounts.ts') ?? '']) {
      const resolved = edited(marked, 'src/accounts.ts', () => choice)

      expect(verbOf(resolved, 'src/accounts.ts', newVersion)).toBe('identical')
      expect(entry(resolved)).toMatchObject({ mode: 'managed', version: '1.1.0' })
    }
  })
})

describe('other answers', () => {
  const page = 'src/views/users/log-in.ejs'
  const done = scaffolded(app())

  test('remove what nobody touched and keep what somebody edited', () => {
    const mine = edited(done, page, (text) => `${text}<p>mine</p>\n`)

    expect(verbOf(done, page, { features: [] })).toBe('remove')
    expect(verbOf(mine, page, { features: [] })).toBe('kept')
    expect(verbOf(scaffolded(mine, { features: [] }), page)).toBe('identical')
  })

  test('taken back leave the app as it was', () => {
    const back = scaffolded(scaffolded(done, { features: [] }))

    expect(new Map([...back].sort())).toEqual(new Map([...done].sort()))
  })
})

describe('other names', () => {
  const names = { context: 'Identity', model: 'Member', plural: 'members' }

  test('reach files, routes, tables and code', () => {
    const done = scaffolded(app(), { names })

    expect([...done.keys()]).toEqual(
      expect.arrayContaining(['src/identity.ts', 'src/plugins/members.ts']),
    )
    expect(done.get('src/plugins/members.ts')).toContain("from '../identity.js'")
    expect(done.get('.create-auth/manifest.json')).toContain('/members/log-in')
    expect(done.get('prisma/schema.prisma')).toContain('@@map("members_tokens")')
  })

  test('live beside the first ones, and each system stays as it is', () => {
    const users = scaffolded(app())
    const both = scaffolded(users, { names })
    const same = [...users.keys()].filter(
      (path) =>
        path.startsWith('src/') && path !== 'src/app.ts' && users.get(path) !== both.get(path),
    )

    expect(same).toEqual([])
    expect(both.has('src/plugins/members.ts')).toBe(true)
    expect(both.get('src/plugins/members/pages.ts')).toBe("export const VIEWS = 'members'\n")
    expect(both.get('src/plugins/members.ts')).toContain("from './members/pages.js'")
    expect(both.has('.create-auth/manifest.members.json')).toBe(true)
    expect(changesAnything(planFor(both))).toBe(false)
    expect(changesAnything(planFor(both, { names }))).toBe(false)
  })
})

describe('the secret', () => {
  test('is written once, into a file for its owner alone', () => {
    const operation = operationOn(planFor(app()), '.env')

    expect(operation).toMatchObject({
      mode: 0o600,
      isSecret: true,
      after: `SESSION_SECRET=${SECRET}\n`,
    })
    expect(verbOf(app({ '.env': 'SESSION_SECRET=theirs\n' }), '.env')).toBe('identical')
  })

  test('is nowhere else, not in the record and not in its copies', () => {
    const elsewhere = [...scaffolded(app())].filter(([path]) => path !== '.env')

    expect(elsewhere.filter(([, text]) => text.includes(SECRET))).toEqual([])
  })

  test('is not written where git would keep it', () => {
    const plan = planFor(app({ '.gitignore': '.env\n!.env\n' }))
    const operation = operationOn(plan, '.env')

    expect(operation).toMatchObject({ verb: 'by hand', after: null })
    expect(operation?.paste).not.toContain(SECRET)
  })
})

describe('imports', () => {
  test('are written as the app writes them, to where the files are', () => {
    const layout = app({
      'src/app.ts': (app().get('src/app.ts') ?? '').replace("'./db.js'", "'./db'"),
      'src/db.ts': (app().get('src/db.ts') ?? '').replace('client.js', 'client'),
    })
    const done = scaffolded(layout)

    expect(done.get('src/plugins/users.ts')).toContain("from '../accounts'")
    expect(done.get('src/accounts.ts')).toContain("from './generated/prisma/client'")
  })

  test("follow the client to where the app's schema puts it", () => {
    const elsewhere = app({
      'prisma/schema.prisma': (app().get('prisma/schema.prisma') ?? '').replace(
        '"../src/generated/prisma"',
        '"../src/database/client"',
      ),
    })

    expect(scaffolded(elsewhere).get('src/accounts.ts')).toContain(
      "from './database/client/client.js'",
    )
  })
})
