// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_NAMES } from '../../../src/core/names/names.js'
import { defaultPrefix, movePaths, parsePrefix } from '../../../src/core/names/prefix.js'
import { chooseSystems, withPrefix } from '../../../src/core/plan/choose-systems.js'
import { Problem } from '../../../src/core/problem.js'
import { readRecord } from '../../../src/core/record/read-record.js'
import { emptyRecord, RECORD_PATH } from '../../../src/core/record/record.js'
import { readTemplates } from '../../../src/shell/read-templates.js'
import { app, edited, planFor, scaffolded, templates } from '../planning.js'

const ROUTES = templates({
  'src/routes/users/session-controller.ts': [
    "export const LOG_IN = '/users/log-in'",
    '',
    'export const first = 1',
    '',
  ].join('\n'),
})
const CONTROLLER = 'src/routes/users/session-controller.ts'

describe('a prefix', () => {
  test.each(['/auth', '/api/auth', '/v1.2/auth', '/Auth_2/log-in', '/users'])('can be %s', (text) =>
    expect(parsePrefix(text)).toBe(text))

  test.each([
    ['', 'slash'],
    ['auth', 'slash'],
    ['/', 'ends'],
    ['/auth/', 'ends'],
    ['//auth', 'parts'],
    ['/../auth', 'parts'],
    ['/api/..', 'parts'],
    ['/.well-known', 'parts'],
    ['/:tenant/auth', 'parts'],
    ['/*', 'parts'],
    ['/a b', 'parts'],
    ['/auth?x', 'parts'],
    ['/%2e%2e', 'parts'],
    ["/a'+b", 'parts'],
    ['/a\nb', 'parts'],
    ['https://evil.example', 'slash'],
    ['C:/Program Files/Git/auth', 'slash'],
    [`/${'a'.repeat(64)}`, 'longer'],
  ])('cannot be %j', (text, word) => {
    expect(() => parsePrefix(text)).toThrow(Problem)
    expect(() => parsePrefix(text)).toThrow(word)
  })

  test('is never longer than one line of the answer, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(parsePrefix(text)).toBe(text)
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
          expect(String(error)).not.toContain('\n')
        }
      }),
    )
  })
})

describe('the routes of a template', () => {
  test.each([
    ["app.get('/users/log-in')", "app.get('/api/auth/log-in')"],
    ['`${origin}/users/confirm/${token}`', '`${origin}/api/auth/confirm/${token}`'],
    ['<a href="/users/register">', '<a href="/api/auth/register">'],
    ['// GET /users/settings says so', '// GET /api/auth/settings says so'],
    ["'https://app.test/users/log-in'", "'https://app.test/api/auth/log-in'"],
    ['/action="\\/users\\/log-in"/', '/action="\\/api\\/auth\\/log-in"/'],
    ['/^http:\\/\\/app\\.test\\/users\\/a/', '/^http:\\/\\/app\\.test\\/api\\/auth\\/a/'],
    ["['/users']", "['/api/auth']"],
  ])('%s becomes %s', (text, moved) => {
    expect(movePaths(text, '/users', '/api/auth')).toBe(moved)
  })

  test.each([
    "import users from '../plugins/users.js'",
    "import session from '../../routes/users/session-controller.js'",
    "page(reply, 'users/log-in.ejs')",
    '`src/routes/users/`',
    "join(VIEWS, 'users/assets/style.css')",
    '/usersAndMore',
    '/users-2',
    '@@map("users")',
  ])('%s is none of them', (text) => expect(movePaths(text, '/users', '/api/auth')).toBe(text))

  test('are all of them, in every template', () => {
    const all = ['auth', 'app'].flatMap((name) => [...readTemplates(`templates/${name}`)])
    const left = all.flatMap(([path, text]) =>
      movePaths(text, '/users', '/api/auth')
        .split('\n')
        .filter((line) => /(?<!routes|views|\.\.)\/users(?!\.)\b/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    )

    expect(all.length).toBeGreaterThan(80)
    expect(left).toEqual([])
  })
})

describe('a run with a prefix', () => {
  const moved = scaffolded(app(), { prefix: '/auth', templates: ROUTES })
  const recorded = () => readRecord(moved, '1.0.0')

  test('moves the routes in code and manifest, and no file', () => {
    expect(moved.get(CONTROLLER)).toContain("'/auth/log-in'")
    expect(JSON.parse(moved.get('.create-auth/manifest.json') ?? '')).toMatchObject({
      prefix: '/auth',
      routes: [{ path: '/auth/log-in' }],
    })
  })

  test('is remembered by the next one', () => {
    const [system] = chooseSystems(recorded(), [undefined, undefined, undefined])
    const named = chooseSystems(recorded(), ['Accounts', 'User', 'users'])
    const again = planFor(moved, { ...system, templates: ROUTES })

    expect([system.prefix, named[0].prefix]).toEqual(['/auth', '/auth'])
    expect(again.operations.every(({ verb }) => verb === 'identical')).toBe(true)
  })

  test('is merged into what its owner edited, there and back', () => {
    const mine = edited(moved, CONTROLLER, (text) => text.replace('first = 1', 'first = 7'))
    const back = scaffolded(mine, { prefix: '/users', templates: ROUTES })

    expect(back.get(CONTROLLER)).toBe(
      "export const LOG_IN = '/users/log-in'\n\nexport const first = 7\n",
    )
    expect(back.get(RECORD_PATH)).not.toContain('"prefix"')
  })

  test('that a record makes up is refused', () => {
    const tampered = edited(moved, RECORD_PATH, (text) => text.replace('"/auth"', '"/../auth"'))

    expect(() => readRecord(tampered, '1.0.0')).toThrow('record.json cannot be used')
  })

  test('takes none that a second system would share routes with', () => {
    const second = {
      names: { context: 'BackOffice', model: 'Admin', plural: 'admins' },
      features: [],
    }

    for (const prefix of ['/auth', '/AUTH', '/auth/admins'])
      expect(() => withPrefix([second], prefix, recorded())).toThrow('would share routes')
    expect(withPrefix([second], '/authority', recorded())[0].prefix).toBe('/authority')
  })

  test('asks which one is meant where there are several', () => {
    const one = { names: DEFAULT_NAMES, features: [] }

    expect(() => withPrefix([one, one], '/auth', emptyRecord('1.0.0'))).toThrow('several')
  })

  test('begins after the plural when nobody says so', () => {
    expect(defaultPrefix({ ...DEFAULT_NAMES, plural: 'team_members' })).toBe('/team-members')
  })
})
