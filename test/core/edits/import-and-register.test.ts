import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Edit } from '../../../src/core/edits/edit.js'
import { registerPlugin } from '../../../src/core/edits/import-and-register.js'
import { removeInserted } from '../../../src/core/edits/insertion.js'
import type { Registration } from '../../../src/core/edits/registration.js'
import { parseSource } from '../../../src/core/edits/source.js'
import { ENTRIES, type Entry } from './entries.js'
import { patchOf } from './patch-of.js'
import { RARE_ENTRIES } from './rare-entries.js'

const ALL_ENTRIES = [...ENTRIES, ...RARE_ENTRIES]

describe('registering a plugin in', () => {
  test.each(ALL_ENTRIES)('$name', (entry) => {
    expect(patchOf(entry.text, done(edit(entry)).text)).toEqual(entry.patch)
  })

  test.each(ALL_ENTRIES)('$name, then again', (entry) => {
    expect(edit(entry, done(edit(entry)).text)).toEqual({ kind: 'already done' })
  })

  test.each(ALL_ENTRIES)('$name, and taking it out byte for byte', (entry) => {
    const { text, inserted } = done(edit(entry))

    expect(removeInserted(text, inserted)).toBe(entry.text)
  })
})

const APP = `import fastify from 'fastify'
import cookie from '@fastify/cookie'

export async function build() {
  const app = fastify()
  await app.register(cookie)
  return app
}
`

/** What hands on the client that a plugin puts on the instance. */
const CLIENT: Registration = {
  ...{ path: 'src/app.ts', instance: 'app', importName: 'users' },
  importFrom: './plugins/users.js',
  argument: '{ prisma: app.prisma }',
  after: ['prismaPlugin', 'cookie'],
}

describe('earlier work is found', () => {
  const moved = {
    'without its suffix': `import { users } from './plugins/users'\napp.register(users)`,
    'with another suffix': `import { users } from "./plugins/users.ts";\napp.register(users);`,
    'through a path alias': `import { users } from '@/plugins/users'\napp.register(users)`,
    'under another name': `import { users as auth } from './plugins/users.js'\nvoid server.register(auth)`,
    reformatted: `import {\n  users,\n} from './plugins/users.js'\nawait app\n  .register(\n    users, // auth\n    {},\n  )`,
    'as a default export': `import auth from './plugins/users.js'\napp.register(auth, {})`,
    'as a namespace': `import * as auth from './plugins/users.js'\napp.register(auth.users, {})`,
    'loaded in place': `app.register(import('./plugins/users.js'))`,
    'required in place': `app.register(require('./plugins/users').users)`,
    'destructured from require': `const { users } = require('./plugins/users')\nf.register(users)`,
    'imported at run time': `const { users } = await import('./plugins/users.js')\nf.register(users)`,
    'in a list': `import { users } from './plugins/users.js'\nfor (const p of [users]) app.register(p)`,
    'in a child scope': `import { users } from './plugins/users.js'\napp.register(async (child) => { child.register(users) })`,
  }

  test.each(Object.entries(moved))('%s', (_, text) => {
    expect(registerPlugin(text, USERS).kind).toBe('already done')
  })

  test('but a comment, a string and a type are not work', () => {
    const text = APP.replace(
      'const app',
      `// import { users } from './plugins/users.js'; app.register(users)
  type Users = typeof import('./plugins/users.js')
  const hint = "app.register(require('./plugins/users.js'))"
  const app`,
    )

    expect(done(registerPlugin(text, USERS)).inserted).toHaveLength(2)
  })

  test('and an import whose registration is gone gets one again, under its own name', () => {
    const text = `import { users as auth } from './plugins/users'\n${APP}`

    expect(patchOf(text, done(registerPlugin(text, USERS)).text)).toEqual([
      '  await app.register(cookie)',
      '+ await app.register(auth)',
    ])
  })
})

describe('names', () => {
  test('another name is taken when the owner uses ours', () => {
    const text = APP.replace('const app', 'const users = new Map()\n  const app')

    expect(patchOf(text, done(registerPlugin(text, USERS)).text)).toEqual([
      "  import cookie from '@fastify/cookie'",
      "+ import { users as usersPlugin } from './plugins/users.js'",
      '  await app.register(cookie)',
      '+ await app.register(usersPlugin)',
    ])
  })

  test('what the argument needs is imported too, and renamed in it where its name is taken', () => {
    const text = APP.replace('build()', 'build(prisma: unknown)')
    const edit = registerPlugin(text, {
      ...USERS,
      argument: '{ prisma }',
      imports: [{ name: 'prisma', from: './lib/prisma.js' }],
    })

    expect(patchOf(text, done(edit).text)).toEqual([
      "  import cookie from '@fastify/cookie'",
      "+ import { users } from './plugins/users.js'",
      "+ import { prisma as prismaPlugin } from './lib/prisma.js'",
      '  await app.register(cookie)',
      '+ await app.register(users, { prisma: prismaPlugin })',
    ])
  })

  test('what is imported already is used as it is called', () => {
    const text = `import { prisma as db } from './lib/prisma'\n${APP}`
    const edit = registerPlugin(text, {
      ...USERS,
      argument: '{ prisma }',
      imports: [{ name: 'prisma', from: './lib/prisma.js' }],
    })

    expect(done(edit).text).toContain('await app.register(users, { prisma: db })')
  })

  test('a default export is imported without braces', () => {
    const edit = registerPlugin(APP, { ...USERS, importDefault: true })

    expect(done(edit).text).toContain("import users from './plugins/users.js'")
  })
})

describe('the place', () => {
  test('is behind all that has to come first, even behind routes', () => {
    const text = APP.replace(
      '  return',
      `  app.get('/', () => 'hi')
  if (process.env.SESSIONS) {
    await app.register(import('@fastify/session'))
  }
  return`,
    )
    const edit = registerPlugin(text, { ...USERS, after: ['cookie', '@fastify/session'] })

    expect(patchOf(text, done(edit).text).slice(2)).toEqual([
      '  }',
      '+',
      '+ await app.register(users)',
      '+',
    ])
  })

  test('is in an empty plugin too', () => {
    const text = 'export default async function (app) {}\n'

    expect(done(registerPlugin(text, USERS)).text).toBe(`import { users } from './plugins/users.js'

export default async function (app) {
  await app.register(users)
}
`)
  })

  test('is never a nested plugin that calls its own instance the same', () => {
    const text = APP.replace(
      '  return',
      '  app.register(async (app) => {\n    await app.register(a)\n    await app.register(b)\n  })\n  return',
    )

    expect(patchOf(text, done(registerPlugin(text, USERS)).text)).toContain(
      '  await app.register(cookie)',
    )
  })

  test('reads from the instance at once only when all before it is loaded', () => {
    const argument = '{ prisma: app.prisma }'
    const later = APP.replace('cookie)\n', 'cookie)\n  app.register(prismaPlugin)\n')

    expect(done(registerPlugin(APP, { ...USERS, argument })).text).toContain(
      'await app.register(users, { prisma: app.prisma })',
    )
    expect(done(registerPlugin(later, { ...USERS, argument })).text).toContain(
      '  app.register(users, (app) => ({ prisma: app.prisma }))',
    )
  })

  test('knows the instance by another name that it got', () => {
    const text = APP.replace(
      '  await app.register(cookie)\n',
      `  const typed = app.withTypeProvider<Zod>()
  const server = typed
  await typed.register(prismaPlugin)
  await server.register(cookie)
`,
    )

    expect(patchOf(text, done(registerPlugin(text, CLIENT)).text).slice(2)).toEqual([
      '  await server.register(cookie)',
      '+ await app.register(users, { prisma: app.prisma })',
    ])
  })

  test('is in the function that runs after the first plugins, where the rest is', () => {
    const text = `import fastify from 'fastify'
const app = fastify()
app.register(env)
app.after(async () => {
  app.register(prismaPlugin)
  app.addHook('preHandler', guard)
  app.register(notesRoutes)
})
`

    expect(patchOf(text, done(registerPlugin(text, CLIENT)).text).slice(2)).toEqual([
      '  app.register(prismaPlugin)',
      '+ app.register(users, (app) => ({ prisma: app.prisma }))',
    ])
  })

  test.each([
    ['cookies, then clients', 'this.clients()', 'this.app.register(prismaPlugin)'],
    ['clients, then cookies', 'this.cookies()', 'this.app.register(cookie)'],
  ])('is in the function that is called last of those it has to follow: %s', (_, last, line) => {
    const [first = ''] = ['this.clients()', 'this.cookies()'].filter((call) => call !== last)
    const text = `import fastify from 'fastify'
class Server {
  app = fastify()
  async init() {
    await ${first}
    ${last}
  }
  clients() {
    this.app.register(prismaPlugin)
  }
  cookies() {
    this.app.register(cookie)
  }
}
`
    const argument = '{ prisma: this.app.prisma }'
    const edit = registerPlugin(text, { ...CLIENT, instance: 'this.app', argument })

    expect(patchOf(text, done(edit).text).slice(2)).toEqual([
      `  ${line}`,
      '+ this.app.register(users, () => ({ prisma: this.app.prisma }))',
    ])
  })

  test('has the comment above it, in lines of its own', () => {
    const edit = registerPlugin(APP, { ...USERS, comment: 'Log in.\u2028process.exit()\nMore' })

    expect(patchOf(APP, done(edit).text).slice(2)).toEqual([
      '  await app.register(cookie)',
      '+',
      '+ // Log in.',
      '+ // process.exit()',
      '+ // More',
      '+ await app.register(users)',
      '+',
    ])
  })
})

describe('an edit that cannot be made says why and what to paste:', () => {
  const refused: [string, string, Partial<Registration>, RegExp][] = [
    ['a file that does not parse', 'const app = fastify(\n', {}, /cannot be parsed \(line 2\)/],
    ['an unfinished merge', `<<<<<<< ours\n${APP}`, {}, /cannot be parsed \(line 1\)/],
    ['no such instance', APP, { instance: 'server' }, /no `server` in src\/app.ts/],
    [
      'two of them',
      `${APP}${APP.replace('build', 'second').replace(/import.*\n/g, '')}`,
      {},
      /several things/,
    ],
    [
      'plugins in several functions',
      `const app = fastify()
const first = () => app.register(a)
const second = async () => { await app.register(b) }
const third = async () => { await app.register(c) }`,
      { argument: '{ prisma: app.prisma }' },
      /all over/,
    ],
    [
      'needed only after listening',
      APP.replace('  await app.register', '  await app.listen()\n  await app.register'),
      { after: ['cookie'] },
      /starts before/,
    ],
    [
      'a client that nothing shows',
      "import fastify from 'fastify'\nconst app = fastify()\napp.setErrorHandler(answer)\n",
      { after: ['prismaPlugin'], argument: '{ prisma: app.prisma }' },
      /does not show what puts `prisma` on `app`/,
    ],
    [
      'functions of which nothing shows which comes last',
      `const app = fastify()
const first = async () => { await app.register(prismaPlugin) }
const second = async () => { await app.register(cookie) }`,
      { after: ['prismaPlugin', 'cookie'] },
      /all over/,
    ],
    ['an argument that is code', APP, { argument: '{}); process.exit(' }, /not an expression/],
    ['an argument that is two', APP, { argument: '{}, process.exit()' }, /not an expression/],
    [
      'a name that is code',
      APP,
      { importName: 'users } from "x"; evil(); import { y' },
      /not a name/,
    ],
  ]

  test.each(refused)('%s', (_, text, change, reason) => {
    const edit = registerPlugin(text, { ...USERS, ...change })

    expect(edit).toMatchObject({ kind: 'cannot', reason: expect.stringMatching(reason) })
    expect(edit).toHaveProperty('paste', expect.stringContaining('import { users'))
  })

  test('plugins in several functions do not matter to what needs none of them', () => {
    const text = `const app = fastify()
const first = async () => { await app.register(a) }
const second = async () => { await app.register(b) }
`

    expect(done(registerPlugin(text, USERS)).text).toContain('fastify()\n\napp.register(users)\n')
  })

  test('the text to paste is in the language of the file', () => {
    const edit = registerPlugin("const x = require('x');", { ...USERS, path: 'app.js' })

    expect(edit).toMatchObject({
      paste: "const { users } = require('./plugins/users.js')\n\napp.register(users)\n",
    })
  })
})

test('a specifier is a string, whatever is in it', () => {
  const importFrom = `./it's "a" \\ \${b}\`.js`
  const { text } = done(registerPlugin(APP, { ...USERS, importFrom }))

  expect(registerPlugin(text, { ...USERS, importFrom }).kind).toBe('already done')
})

describe('laws, over entry files with random comments, line ends and marks', () => {
  const hostile = fc.constantFrom(
    `\`\${process.exit()}\``,
    "*/ import { users } from './plugins/users.js'",
    'app.register(users)',
    '"\'`{([',
    '\\u{0}',
    '😀',
  )
  const variant = fc
    .record({
      entry: fc.constantFrom(...ALL_ENTRIES.filter(({ name }) => name !== 'one line')),
      comments: fc.array(fc.tuple(fc.nat(), hostile), { maxLength: 6 }),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      mark: fc.boolean(),
      final: fc.boolean(),
    })
    .map(({ entry, comments, lineEnd, mark, final }): Entry => {
      const lines = entry.text.replace('\uFEFF', '').trimEnd().split(/\r?\n/)
      for (const [at, words] of comments) lines.splice(at % lines.length, 0, `// ${words}`)
      const text = (mark ? '\uFEFF' : '') + lines.join(lineEnd) + (final ? lineEnd : '')

      return { ...entry, text }
    })
    .filter(({ path, text }) => !('unreadable' in parseSource(path, text)))

  test('twice is once; taking out restores every byte; the result parses; no line end is mixed', () => {
    fc.assert(
      fc.property(variant, (entry) => {
        const { text, inserted } = done(edit(entry))

        expect(edit(entry, text).kind).toBe('already done')
        expect(removeInserted(text, inserted)).toBe(entry.text)
        expect(parseSource(entry.path, text)).not.toHaveProperty('unreadable')
        expect(patchOf(entry.text, text).length).toBeGreaterThan(0)
        const lineEnds = new Set(text.match(/\r?\n/g))
        expect(lineEnds.size).toBe(1)
      }),
      { numRuns: 300 },
    )
  })

  test('nothing in a file makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (noise, at) => {
        const place = at % APP.length
        const text = APP.slice(0, place) + noise + APP.slice(place)
        const edit = registerPlugin(text, USERS)

        if (edit.kind === 'done') expect(removeInserted(edit.text, edit.inserted)).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})

const USERS: Registration = {
  path: 'src/app.ts',
  instance: 'app',
  importName: 'users',
  importFrom: './plugins/users.js',
  after: [],
}

function edit({ path, instance, after, text: original }: Entry, text = original): Edit {
  const argument = `{ prisma: ${instance}.prisma }`

  return registerPlugin(text, { ...USERS, path, instance, after, argument })
}

function done(edit: Edit) {
  if (edit.kind !== 'done') throw new Error(JSON.stringify(edit))

  return edit
}
