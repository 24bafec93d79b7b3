// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_NAMES, type Names } from '../../../src/core/names/names.js'
import { KEPT_WORDS, rename, renamePath } from '../../../src/core/render/rename.js'

const MEMBER: Names = { context: 'Identity', model: 'Member', plural: 'members' }
const ADMIN: Names = { context: 'BackOffice', model: 'AdminUser', plural: 'admin_users' }

describe('a word of a template', () => {
  it.each([
    ['logInUser', 'logInMember'],
    ['users_tokens', 'members_tokens'],
    ['UserToken', 'MemberToken'],
    ['userFixture', 'memberFixture'],
    ['currentUser', 'currentMember'],
    ['deleteAllUserSessionTokens', 'deleteAllMemberSessionTokens'],
    ['userId', 'memberId'],
    ['user_id', 'member_id'],
    ['users_tokens_userId_fkey', 'members_tokens_memberId_fkey'],
    ['USER_LIMIT', 'MEMBER_LIMIT'],
    ['user1', 'member1'],
    ['_user', '_member'],
    ['/users/log-in', '/members/log-in'],
    ['user-auth.ts', 'member-auth.ts'],
    ["import * as accounts from '../accounts.js'", "import * as identity from '../identity.js'"],
    ['@@map("users")', '@@map("members")'],
    ['// a user who logs in', '// a member who logs in'],
    ['user@example.com', 'member@example.com'],
  ])('%s becomes %s', (text, expected) => {
    expect(rename(text, MEMBER)).toBe(expected)
  })

  it.each([
    'hashedPassword',
    'useragent',
    "request.headers['user-agent']",
    'User-Agent',
    'userAgent',
    'sessionUserAgent',
    'user_agent',
    'getUserInfo',
    'userInfo: (request) => id',
    'process.cpuUsage(before).user',
    'postgresql://user:password@localhost/db',
    'POSTGRES_USER=x',
    'username',
    'superuser',
    'account',
    'Abuser',
    'user-select: none',
    'trust the browser’s user agent',
    'USERPROFILE',
    '  //% if (features.existingUser) {',
    'USER node',
  ])('%s stays', (text) => {
    expect(rename(text, MEMBER)).toBe(text)
  })
})

describe('a noun of two words', () => {
  it.each([
    [
      'const user = await db.user.findUnique({ where: { id } })',
      'const adminUser = await db.adminUser.findUnique({ where: { id } })',
    ],
    ['return valid ? user : null', 'return valid ? adminUser : null'],
    ['`/users/confirm/${token}`', '`/admin-users/confirm/${token}`'],
    [
      "import { logInUser } from '../plugins/user-auth.js'",
      "import { logInAdminUser } from '../plugins/admin-user-auth.js'",
    ],
    ["import * as accounts from './accounts.js'", "import * as backOffice from './back-office.js'"],
    [
      'user   User @relation(fields: [userId])',
      'adminUser   AdminUser @relation(fields: [adminUserId])',
    ],
    ['@@map("users_tokens")', '@@map("admin_users_tokens")'],
    ['@@map("users")', '@@map("admin_users")'],
    [
      "const tables = ['users', 'users_tokens']",
      "const tables = ['admin_users', 'admin_users_tokens']",
    ],
    [
      '`SELECT id FROM users JOIN "users_tokens" ON true`',
      '`SELECT id FROM admin_users JOIN "admin_users_tokens" ON true`',
    ],
    ["'a user can log in'", "'an admin user can log in'"],
    ['`Hello ${user.email}, users`', '`Hello ${adminUser.email}, admin users`'],
    [
      '// A user is told; see user.email and `user`.',
      '// An admin user is told; see adminUser.email and `adminUser`.',
    ],
    ['// Users come back.', '// Admin users come back.'],
    ['// the User model', '// the AdminUser model'],
    ['/** One of\n * a\n * user */', '/** One of\n * an\n * admin user */'],
    [
      'const pattern = /^\\/users\\//.test(user)',
      'const pattern = /^\\/admin-users\\//.test(adminUser)',
    ],
    ["it('lets the user in', () => user)", "it('lets the admin user in', () => adminUser)"],
    ['user2@example.com', 'admin-user2@example.com'],
    ['x-user-id', 'x-admin-user-id'],
    ['MAX_USERS', 'MAX_ADMIN_USERS'],
    ['// "user(s)"', '// "admin user(s)"'],
  ])('%s becomes %s', (text, expected) => {
    expect(rename(text, ADMIN)).toBe(expected)
  })

  it('speaks in the text of a page and stays code in its tags', () => {
    const page =
      '<h1>Users</h1><p class="user-card">Dear user, <%= user.email %></p><a href="/users/log-in" title="For a user">x</a>'

    expect(rename(page, ADMIN, 'src/views/users/page.ejs')).toBe(
      '<h1>Admin users</h1><p class="admin-user-card">Dear admin user, <%= adminUser.email %></p><a href="/admin-users/log-in" title="For an admin user">x</a>',
    )
  })

  it('is a table in SQL, a class in CSS, prose in Markdown', () => {
    expect(rename('-- a user\nDELETE FROM users;', ADMIN, 'a.sql')).toBe(
      '-- an admin user\nDELETE FROM admin_users;',
    )
    expect(rename('/* user */ .user { }', ADMIN, 'a.css')).toBe('/* admin user */ .admin-user { }')
    expect(rename('# A user\n\n```ts\nlet user\n```\nthe user\n', ADMIN, 'a.md')).toBe(
      '# An admin user\n\n```ts\nlet adminUser\n```\nthe admin user\n',
    )
    expect(rename('# a user\nUSER_KEY=user', ADMIN, '.env.example')).toBe(
      '# an admin user\nADMIN_USER_KEY=adminUser',
    )
  })

  it('takes the article that its sound asks for', () => {
    const named = (model: string) =>
      rename('// a user', { context: 'Staff', model, plural: `${model.toLowerCase()}s` })

    expect(named('Operator')).toBe('// an operator')
    expect(named('Unit')).toBe('// a unit')
    expect(named('Umpire')).toBe('// an umpire')
    expect(named('European')).toBe('// a european')
    expect(named('Member')).toBe('// a member')
  })
})

describe('a path of a template', () => {
  it.each([
    ['src/accounts.ts', 'src/back-office.ts'],
    ['src/accounts/user-token.ts', 'src/back-office/admin-user-token.ts'],
    [
      'src/routes/users/user-session-controller.ts',
      'src/routes/admin-users/admin-user-session-controller.ts',
    ],
    ['test/support/accounts-fixtures.ts', 'test/support/back-office-fixtures.ts'],
    ['src/views/users/log-in.ejs', 'src/views/admin-users/log-in.ejs'],
    [
      'prisma/migrations/1_users_tokens/migration.sql',
      'prisma/migrations/1_admin_users_tokens/migration.sql',
    ],
    ['src/account.ts', 'src/account.ts'],
  ])('%s becomes %s', (path, expected) => {
    expect(renamePath(path, ADMIN)).toBe(expected)
  })

  it('is the one that a renamed import asks for', () => {
    for (const path of [
      '../accounts.js',
      './accounts/user-token.js',
      '../plugins/user-auth.js',
      './users/a.js',
    ]) {
      expect(rename(`import x from '${path}'`, ADMIN)).toBe(
        `import x from '${renamePath(path, ADMIN)}'`,
      )
    }
  })
})

const word = fc.constantFrom(
  'user',
  'User',
  'users',
  'Users',
  'USER',
  'USERS',
  'accounts',
  'Accounts',
  'account',
  'token',
  'Token',
  'agent',
  'Agent',
  'Info',
  'logIn',
  'a',
  'A',
  'an',
  'id',
  'ID',
  '1',
  'é',
)
const joint = fc.constantFrom(
  '',
  ' ',
  '_',
  '-',
  '.',
  '/',
  '`',
  "'",
  '"',
  '\n',
  '// ',
  '/*',
  '*/',
  '${',
  '}',
  '<',
  '>',
  '<%',
  '%>',
  '@',
  '(',
  '\\',
  '#',
  '--',
)
const text = fc
  .array(fc.tuple(word, joint), { maxLength: 30 })
  .map((pieces) => pieces.flat().join(''))
const path = fc.constantFrom('', 'a.ts', 'a.ejs', 'a.sql', 'a.css', 'a.md', 'a.prisma', '.env')

const fresh = fc.constantFrom<Names>(
  MEMBER,
  { context: 'BackOffice', model: 'StaffMember', plural: 'staff_members' },
  { context: 'Umbrella', model: 'Operator', plural: 'operators' },
  { context: 'OX', model: 'X9Y', plural: 'x9_ys' },
)

describe('renaming', () => {
  it('changes nothing for the names that templates are written in', () => {
    fc.assert(
      fc.property(text, path, (before, file) => {
        expect(rename(before, DEFAULT_NAMES, file)).toBe(before)
        expect(renamePath(before, DEFAULT_NAMES)).toBe(before)
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves no noun of the templates behind, except in words of others', () => {
    const leftover =
      /(?<![A-Za-z])(?:users?|accounts)(?![a-z])|(?:Users?|Accounts)(?![a-z])|(?<![A-Za-z])(?:USERS?|ACCOUNTS)(?![A-Za-z])/
    const kept = new RegExp(KEPT_WORDS.map(({ source }) => source).join('|'), 'gm')

    fc.assert(
      fc.property(text, path, fresh, (before, file, names) => {
        const taken = before.replace(kept, (found) => '~'.repeat(found.length))

        expect(rename(taken, names, file)).not.toMatch(leftover)
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps two identifiers apart', () => {
    const identifier = fc
      .tuple(
        fc.constantFrom('user', 'users', 'accounts', 'token', 'logIn'),
        fc.array(fc.constantFrom('User', 'Users', 'Accounts', 'Token', 'Id', '_'), {
          maxLength: 4,
        }),
      )
      .map(([first, rest]) => first + rest.join(''))

    fc.assert(
      fc.property(identifier, identifier, fresh, (one, other, names) => {
        expect(rename(one, names) === rename(other, names)).toBe(one === other)
      }),
      { numRuns: 2000 },
    )
  })

  it('reads every line of a very long text', () => {
    const line = 'a user, `user ${user} users/log-in` // a user\n'

    expect(rename(line.repeat(10_000), ADMIN)).toBe(rename(line, ADMIN).repeat(10_000))
  })
})
