// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the hostile names are meant as they are.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { casings, parseNames } from '../../../src/core/names/names.js'
import { Problem } from '../../../src/core/problem.js'

function problemFrom(run: () => unknown): Problem {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('No problem was raised.')
}

describe('the names asked for', () => {
  it('are Accounts, User and users when nothing is said', () => {
    expect(parseNames()).toEqual({ context: 'Accounts', model: 'User', plural: 'users' })
  })

  it.each([
    ['Identity', 'Member', 'members'],
    ['Accounts', 'AdminUser', 'admin_users'],
    ['Identity', 'Account', 'accounts'],
    ['Users', 'Member', 'members'],
    ['Auth', 'OAuthUser2', 'o_auth_users_2'],
  ])('pass when they are identifiers: %s %s %s', (context, model, plural) => {
    expect(parseNames(context, model, plural)).toEqual({ context, model, plural })
  })

  const hostile = [
    '../x',
    '/etc/x',
    'a/b',
    '..\\x',
    'CON',
    'Nul',
    'User";process.exit()//',
    '`${1}`',
    '*/',
    '__proto__',
    'constructor',
    'Constructor',
    '🦊',
    'Usér',
    'A'.repeat(10_000),
    '-User',
    '--yes',
    'User\n',
    'User\nName',
    'User Name',
    '',
    ' ',
    '1User',
    'User\u0000',
    '\u001b[2JUser',
    '\u202eresU',
    'Object',
    'String',
    'Int',
    'Model',
    'Enum',
    'Type',
    'Class',
    'Await',
    'Promise',
    'Buffer',
    'Prisma',
    'PrismaClient',
    'Scope',
    'Session',
    'Token',
    'HasOwnProperty',
  ]

  it.each(hostile)('are refused as context, model and plural: %j', (name) => {
    for (const run of [
      () => parseNames(name, 'User', 'users'),
      () => parseNames('Accounts', name, 'users'),
      () => parseNames('Accounts', 'User', name),
    ]) {
      expect(problemFrom(run)).toMatchObject({
        exitCode: 2,
        next: expect.stringContaining('create-auth scaffold'),
      })
    }
  })

  it.each([
    'class',
    'to_string',
    'constructor',
    'Users',
    'users_',
    'user__s',
    '_users',
    'con',
    'tokens',
    'sqlite_users',
  ])('are refused as a plural: %s', (plural) => {
    expect(problemFrom(() => parseNames('Accounts', 'User', plural)).exitCode).toBe(2)
  })

  it.each([
    ['User', 'User', 'users'],
    ['Accounts', 'Sheep', 'sheep'],
    ['Accounts', 'Account', 'accounts'],
    ['UserToken', 'User', 'users'],
    ['USER', 'User', 'users'],
    ['Accounts', 'User', 'user_session'],
  ])('are refused when two of them would be one name: %s %s %s', (context, model, plural) => {
    expect(problemFrom(() => parseNames(context, model, plural)).exitCode).toBe(2)
  })

  it('are refused when the tables made from them would be cut to the same name', () => {
    expect(parseNames('Accounts', 'User', 'u'.repeat(51)).plural).toHaveLength(51)
    expect(problemFrom(() => parseNames('Accounts', 'User', 'u'.repeat(52))).message).toContain(
      '63',
    )
  })

  it('come with the plural, which is never guessed', () => {
    const problem = problemFrom(() => parseNames('Identity', 'Member'))

    expect(problem.message).toContain('plural')
    expect(problem.next).toContain('create-auth scaffold Accounts Member members')
  })

  it('are refused when the app has an enum of that name', () => {
    const enums = new Map([['Member', ['A']]])
    const prisma = { enums, schemaFile: 'prisma/schema.prisma' }
    const facts = { prisma } as unknown as Parameters<typeof parseNames>[3]

    expect(problemFrom(() => parseNames('Identity', 'Member', 'members', facts)).message).toBe(
      '"Member" is an enum in prisma/schema.prisma.',
    )
  })

  it('are shown cut short and without control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (name) => {
        const { message, next } = problemFrom(() => parseNames('Accounts', 'User', `-${name}`))

        expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(message.length).toBeLessThan(520)
        expect(next).not.toContain(name.length > 3 ? name : '\u0000')
      }),
      { numRuns: 300 },
    )
  })
})

describe('casings', () => {
  it('of one word', () => {
    expect(casings(parseNames()).model).toEqual({
      pascal: 'User',
      camel: 'user',
      snake: 'user',
      kebab: 'user',
      constant: 'USER',
      words: 'user',
    })
  })

  it('of two words', () => {
    const forms = casings({ context: 'BackOffice', model: 'AdminUser', plural: 'admin_users' })

    expect(forms.model).toEqual({
      pascal: 'AdminUser',
      camel: 'adminUser',
      snake: 'admin_user',
      kebab: 'admin-user',
      constant: 'ADMIN_USER',
      words: 'admin user',
    })
    expect(forms.plural).toEqual({
      pascal: 'AdminUsers',
      camel: 'adminUsers',
      snake: 'admin_users',
      kebab: 'admin-users',
      constant: 'ADMIN_USERS',
      words: 'admin users',
    })
    expect(forms.context).toMatchObject({
      pascal: 'BackOffice',
      camel: 'backOffice',
      kebab: 'back-office',
    })
  })

  it('keep the accessor that Prisma Client gives a model that begins with initials', () => {
    expect(
      casings({ context: 'Accounts', model: 'APIUser', plural: 'api_users' }).model,
    ).toMatchObject({
      camel: 'aPIUser',
      kebab: 'api-user',
      snake: 'api_user',
    })
  })
})
