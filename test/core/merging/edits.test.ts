import { describe, expect, test } from 'vitest'
import { merge } from '../../../src/core/merging/merge.js'
import { type Change, changed, labels } from './merged.js'

const controller = [
  "import { Type } from '@fastify/type-provider-typebox'",
  "import { refuse, wantsJson } from '../../plugins/answer.js'",
  "import { logInUser } from '../../plugins/user-auth.js'",
  '',
  'const LogInBody = Type.Object({',
  '  email: Text,',
  '  password: Text,',
  '})',
  '',
  '/** Logging in and out. */',
  'export default async function sessionController(app: FastifyInstance) {',
  "  app.get('/users/log-in', showLogIn)",
  "  app.post('/users/log-in', { schema: { body: LogInBody } }, logIn)",
  '}',
  '',
  'async function logIn(request: FastifyRequest, reply: FastifyReply) {',
  '  const user = await findUser(request.body.email, request.body.password)',
  "  if (user === null) return refuse(request, reply, 401, 'The email or the password is wrong.')",
  '  await logInUser(request, reply, user, { rememberMe: false })',
  '',
  "  return reply.redirect('/', 303)",
  '}',
  '',
].join('\n')

const code: [claim: string, rung: string, mine: Change[], incoming: Change[], result: Change[]][] =
  [
    [
      'a function that the owner renamed gets the change inside of it',
      'lines',
      [
        ['}, logIn)', '}, signIn)'],
        ['function logIn(', 'function signIn('],
      ],
      [["redirect('/', 303)", "redirect('/users', 303)"]],
      [
        ['}, logIn)', '}, signIn)'],
        ['function logIn(', 'function signIn('],
        ["redirect('/', 303)", "redirect('/users', 303)"],
      ],
    ],
    [
      'a function that the owner renamed gets another parameter',
      'words',
      [['async function logIn(request', 'async function signIn(request']],
      [['reply: FastifyReply) {', 'reply: FastifyReply, limit = 5) {']],
      [
        [
          'async function logIn(request: FastifyRequest, reply: FastifyReply)',
          'async function signIn(request: FastifyRequest, reply: FastifyReply, limit = 5)',
        ],
      ],
    ],
    [
      'a handler that the owner wrapped gets its new options',
      'names',
      [['}, logIn)', '}, measured(logIn))']],
      [['{ body: LogInBody }', '{ body: LogInBody, tags }']],
      [
        [
          '{ schema: { body: LogInBody } }, logIn)',
          '{ schema: { body: LogInBody, tags } }, measured(logIn))',
        ],
      ],
    ],
    [
      'a field of the owner and a new field both go into the form',
      'names',
      [['  password: Text,\n', '  password: Text,\n  company: Text,\n']],
      [['  password: Text,\n', '  password: Text,\n  rememberMe: Checkbox,\n']],
      [['  password: Text,\n', '  password: Text,\n  company: Text,\n  rememberMe: Checkbox,\n']],
    ],
    [
      'a message that the owner changed stays beside a changed status',
      'words',
      [["'The email or the password is wrong.'", "'No.'"]],
      [['return refuse(request, reply, 401', 'return refuse(request, reply, 403']],
      [["reply, 401, 'The email or the password is wrong.'", "reply, 403, 'No.'"]],
    ],
    [
      'a translated message stays while the line around it moves into braces',
      'words',
      [["'The email or the password is wrong.'", "'E-Mail oder Passwort ist falsch.'"]],
      [['if (user === null) return', 'if (!user) return']],
      [
        ['if (user === null) return', 'if (!user) return'],
        ["'The email or the password is wrong.'", "'E-Mail oder Passwort ist falsch.'"],
      ],
    ],
    [
      'two imports at one place are both there',
      'imports',
      [["user-auth.js'\n", "user-auth.js'\nimport { audit } from '../../audit.js'\n"]],
      [["user-auth.js'\n", "user-auth.js'\nimport { page } from '../../plugins/pages.js'\n"]],
      [
        [
          "user-auth.js'\n",
          "user-auth.js'\nimport { audit } from '../../audit.js'\nimport { page } from '../../plugins/pages.js'\n",
        ],
      ],
    ],
    [
      'two names from one module are both there, with the comment above it',
      'imports',
      [['{ refuse, wantsJson }', '{ refuse, show, wantsJson }']],
      [['import { refuse, wantsJson }', '// Says no.\nimport { refuse, wantsHtml, wantsJson }']],
      [
        [
          'import { refuse, wantsJson }',
          '// Says no.\nimport { refuse, show, wantsHtml, wantsJson }',
        ],
      ],
    ],
    [
      'a name that the new version drops goes, one that the owner added stays',
      'imports',
      [['{ refuse, wantsJson }', '{ refuse, show, wantsJson }']],
      [['{ refuse, wantsJson }', '{ refuse }']],
      [['{ refuse, wantsJson }', '{ refuse, show }']],
    ],
    [
      'a name that moves to another statement goes there, beside what the owner added',
      'imports',
      [['{ logInUser }', '{ logInUser, mine }']],
      [
        ['{ refuse, wantsJson }', '{ refuse }'],
        [
          "import { logInUser } from '../../plugins/user-auth.js'\n",
          "import { logInUser } from './log-in.js'\nimport { wantsJson } from './answer.js'\n",
        ],
      ],
      [
        ['{ refuse, wantsJson }', '{ refuse }'],
        [
          "import { logInUser } from '../../plugins/user-auth.js'\n",
          "import { mine } from '../../plugins/user-auth.js'\nimport { logInUser } from './log-in.js'\nimport { wantsJson } from './answer.js'\n",
        ],
      ],
    ],
    [
      'a route of the owner and a new one after the last are both there',
      'names',
      [['LogInBody } }, logIn)\n', "LogInBody } }, logIn)\n  app.get('/mine', showMine)\n"]],
      [
        [
          'LogInBody } }, logIn)\n',
          "LogInBody } }, logIn)\n  app.delete('/users/log-out', logOut)\n",
        ],
      ],
      [
        [
          'LogInBody } }, logIn)\n',
          "LogInBody } }, logIn)\n  app.get('/mine', showMine)\n  app.delete('/users/log-out', logOut)\n",
        ],
      ],
    ],
    [
      'two functions at the end of the file are both there',
      'names',
      [[/$/, '\nfunction mine() {\n  return 1\n}\n']],
      [[/$/, '\nfunction theirs() {\n  return 2\n}\n']],
      [[/$/, '\nfunction mine() {\n  return 1\n}\n\nfunction theirs() {\n  return 2\n}\n']],
    ],
    [
      'a changed option and a new argument both stay',
      'names',
      [['{ rememberMe: false }', '{ rememberMe: true }']],
      [['await logInUser(request, reply, user,', 'await logInUser(app, request, reply, user,']],
      [
        [
          'logInUser(request, reply, user, { rememberMe: false }',
          'logInUser(app, request, reply, user, { rememberMe: true }',
        ],
      ],
    ],
    [
      'one property each goes into a literal of one line',
      'names',
      [['{ rememberMe: false }', '{ rememberMe: false, from: 1 }']],
      [['{ rememberMe: false }', '{ rememberMe: false, until: 2 }']],
      [['{ rememberMe: false }', '{ rememberMe: false, from: 1, until: 2 }']],
    ],
    [
      'another argument of the same line is another place',
      'words',
      [['findUser(request.body.email,', 'findUser(request.body.name,']],
      [['request.body.password)', 'request.body.passphrase)']],
      [
        [
          'request.body.email, request.body.password)',
          'request.body.name, request.body.passphrase)',
        ],
      ],
    ],
    [
      'lines next to each other are different places',
      'names',
      [['if (user === null)', 'if (user === undefined)']],
      [['await findUser(', 'await lookUp(']],
      [
        ['if (user === null)', 'if (user === undefined)'],
        ['await findUser(', 'await lookUp('],
      ],
    ],
  ]

test.each(code)('%s', (_claim, rung, mine, incoming, result) => {
  const merged = merge(
    { base: controller, ours: changed(controller, mine), theirs: changed(controller, incoming) },
    labels,
    'src/session-controller.ts',
  )

  expect([merged.text, merged]).toEqual([
    changed(controller, result),
    expect.objectContaining({ kind: 'clean', rung }),
  ])
})

describe('formatting', () => {
  // Double quotes, semicolons, tabs, and a call over several lines.
  const reformatted = changed(
    controller
      .replaceAll("'", '"')
      .replace(/([\w)"}])$/gm, '$1;')
      .replace(/^}(?:\);|;)$/gm, (end) => (end === '};' ? '}' : end))
      .replace(/^( {2})+/gm, (white) => '\t'.repeat(white.length / 2)),
    [
      [
        /(logInUser)\((request), (reply), (user), (.*?)\);/,
        '$1(\n\t\t$2,\n\t\t$3,\n\t\t$4,\n\t\t$5,\n\t);',
      ],
    ],
  )

  test('by the owner alone never conflicts, and stays', () => {
    const theirs = changed(controller, [
      ["redirect('/', 303)", "redirect('/users', 303)"],
      ['{ rememberMe: false }', '{ rememberMe: true }'],
      ['export default async', 'async'],
    ])
    const merged = merge({ base: controller, ours: reformatted, theirs }, labels, 'a.ts')

    expect([merged.text, merged]).toEqual([
      changed(reformatted, [
        ['redirect("/", 303)', 'redirect("/users", 303)'],
        ['{ rememberMe: false }', '{ rememberMe: true }'],
        ['export default async', 'async'],
      ]),
      expect.objectContaining({ kind: 'clean', rung: 'formatting' }),
    ])
  })

  test('does not make a conflict bigger than it is', () => {
    const merged = merge(
      {
        base: controller,
        ours: changed(reformatted, [['"/", 303', '"/mine", 303']]),
        theirs: changed(controller, [["'/', 303", "'/theirs', 303"]]),
      },
      labels,
      'a.ts',
    )

    expect(merged).toMatchObject({ kind: 'conflict', places: 1 })
    expect(merged.text).toContain(
      [
        '<<<<<<< yours',
        '\treturn reply.redirect("/mine", 303);',
        '||||||| base',
        '\treturn reply.redirect("/", 303);',
        '=======',
        '\treturn reply.redirect("/theirs", 303);',
        '>>>>>>> create-auth 2.0.0',
      ].join('\n'),
    )
  })
})

describe('what needs a person', () => {
  test.each<[claim: string, mine: Change, incoming: Change]>([
    [
      'a constant that one side removes and the other uses once more',
      ['  if (user === null)', '  audit(user)\n  if (user === null)'],
      [
        / {2}const user = await findUser\(.*\n.*\n.*user, (.*)\n/,
        '  await logInUser(request, reply, await findUser(request), $1\n',
      ],
    ],
    ['the same word', ['303', '302'], ['303', '307']],
    [
      'both sides of an operator',
      ['user === null', 'member === null'],
      ['user === null', 'user === false'],
    ],
    [
      'a function that the owner deleted',
      [/\n\/\*\* Logging[\s\S]*?\n}\n/, ''],
      ["log-in', showLogIn", "log-in', show"],
    ],
    [
      'two statements at one place that may need an order',
      ['  await logInUser', '  await mine(user)\n  await logInUser'],
      [
        '  await logInUser',
        '  if (user.isLocked) return refuse(request, reply, 403)\n  await logInUser',
      ],
    ],
  ])('%s is a conflict', (_claim, mine, incoming) => {
    const merged = merge(
      {
        base: controller,
        ours: changed(controller, [mine]),
        theirs: changed(controller, [incoming]),
      },
      labels,
      'a.ts',
    )

    expect(merged).toMatchObject({ kind: 'conflict', places: 1 })
  })

  test('is marked alone: what can be merged around it is', () => {
    const merged = merge(
      {
        base: controller,
        ours: changed(controller, [
          ["user-auth.js'\n", "user-auth.js'\nimport { audit } from '../../audit.js'\n"],
          ['303', '302'],
        ]),
        theirs: changed(controller, [
          ["user-auth.js'\n", "user-auth.js'\nimport { page } from '../../plugins/pages.js'\n"],
          ['303', '307'],
        ]),
      },
      labels,
      'a.ts',
    )

    expect(merged).toMatchObject({ kind: 'conflict', places: 1 })
    expect(merged.text).toContain("audit.js'\nimport { page }")
  })
})

describe('other languages', () => {
  test.each<[path: string, base: string, ours: string, theirs: string, result: string]>([
    [
      'src/views/log-in.ejs',
      '<form>\n  <label for="email">Email</label>\n  <input id="email" name="email" required>\n</form>\n',
      '<form>\n  <label for="email">E-Mail</label>\n  <input id="email" name="email" required>\n</form>\n',
      '<form>\n  <label for="email">Email</label>\n  <input id="email" name="email" required autofocus>\n</form>\n',
      '<form>\n  <label for="email">E-Mail</label>\n  <input id="email" name="email" required autofocus>\n</form>\n',
    ],
    [
      'style.css',
      'a {\n  color: red;\n  margin: 0;\n}\n',
      'a {\n  color: blue;\n  margin: 0;\n}\n',
      'a {\n  color: red;\n  margin: 1rem;\n}\n',
      'a {\n  color: blue;\n  margin: 1rem;\n}\n',
    ],
    [
      'schema.prisma',
      'model User {\n  id    Int    @id\n  email String\n}\n',
      'model User {\n  id    BigInt @id\n  email String\n}\n',
      'model User {\n  id    Int    @id\n  email String @unique\n}\n',
      'model User {\n  id    BigInt @id\n  email String @unique\n}\n',
    ],
    [
      'tsconfig.json',
      '{\n  "a": 1,\n  "b": 2\n}\n',
      '{\n  "a": 1,\n  "b": 2,\n  "mine": 3\n}\n',
      '{\n  "a": 1,\n  "b": 2,\n  "new": 4\n}\n',
      '{\n  "a": 1,\n  "b": 2,\n  "mine": 3,\n  "new": 4\n}\n',
    ],
    ['.env.example', 'A=1\nB=2\n', 'A=7\nB=2\n', 'A=1\nB=3\n', 'A=7\nB=3\n'],
  ])('%s', (path, base, ours, theirs, result) => {
    expect(merge({ base, ours, theirs }, labels, path)).toMatchObject({
      kind: 'clean',
      text: result,
    })
  })

  test('a file of no known kind is merged by lines alone', () => {
    const merged = merge({ base: 'a b\n', ours: 'x b\n', theirs: 'a y\n' }, labels, 'notes.txt')

    expect(merged).toMatchObject({ kind: 'conflict' })
  })
})

test('a call that the owner removed does not come back inside what the new version puts around it', () => {
  const base =
    'export async function f(db: Database) {\n  const a = await one()\n  await two(a)\n\n  return a\n}\n'
  const ours = base
    .replace('  await two(a)\n', '')
    .replace(/^ {2}/gm, '\t')
    .replace(/(one\(\)|return a)\n/g, '$1;\n')
  const theirs = base
    .replace('{\n', '{\n  try {\n')
    .replace('return a\n', 'return a\n  } finally {\n    three()\n  }\n')
  const merged = merge({ base, ours, theirs }, labels, 'src/f.ts')

  if (merged.kind === 'clean') expect(merged.text).not.toContain('two(a)')
  expect(merged.text).toContain('three()')
})

test('a function that both added at two places is there once, or a question', () => {
  const base = 'function a() {\n  return 1\n}\n\n// About b.\nfunction b() {\n  return 2\n}\n'
  const shared = '\nfunction shared() {}\n'
  const ours = `${base.replace(/^ {2}/gm, '\t')}\nfunction mine() {}\n${shared}`
  const theirs = base.replace(/function b[\s\S]*/, '') + shared
  const merged = merge({ base, ours, theirs }, labels, 'src/f.ts')

  if (merged.kind === 'clean') expect(merged.text.match(/function shared/g)).toHaveLength(1)
  else expect(merged.text).toContain('<<<<<<<')
})

test('a function whose docstring the owner took out goes with the new version', () => {
  const base = '/** About a. */\nfunction a() {\n  return 1\n}\n\nexport const b = 2\n'
  const ours = base.replace('/** About a. */\n', '')
  const theirs = 'export const b = 2\n'
  const versions = { base, ours, theirs }

  expect(merge(versions, labels, 'src/f.ts')).toMatchObject({ kind: 'clean', text: theirs })
  const edited = { ...versions, ours: ours.replace('return 1', 'return 2') }
  expect(merge(edited, labels, 'src/f.ts').kind).toBe('conflict')
})

test('a comment of the owner above an import that goes stays, or is a question', () => {
  const base = "import { a } from './a.js'\nimport { b } from './b.js'\n\nb()\n"
  const ours = `// mine\n${base.replace('{ b }', '{ b, mine }')}`
  const theirs = base.replace("import { a } from './a.js'\n", '').replace('{ b }', '{ b, c }')

  expect(merge({ base, ours, theirs }, labels, 'src/f.ts')).toMatchObject({
    kind: 'clean',
    text: "// mine\nimport { b, mine, c } from './b.js'\n\nb()\n",
  })
})

test('what the owner put between the imports stays there', () => {
  const base = "import { a } from './a.js'\nimport { b } from './b.js'\n\nb(a)\n"
  const ours = base.replace('\nimport { b }', '\n\nexport const MINE = 7\n\nimport { b, mine }')
  const theirs = base.replace('{ b }', '{ b, c }')

  expect(merge({ base, ours, theirs }, labels, 'src/f.ts')).toMatchObject({
    kind: 'clean',
    text: ours.replace('{ b, mine }', '{ b, mine, c }'),
  })
})
