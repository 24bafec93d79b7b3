import { describe, expect, it } from 'vitest'
import { readSchema } from '../../../src/core/facts/read-schema.js'
import {
  assertNamesAreFree,
  findUserModel,
  withFreeCompanions,
} from '../../../src/core/facts/user-model.js'
import { DEFAULT_NAMES, type Names } from '../../../src/core/names/names.js'
import { Problem } from '../../../src/core/problem.js'

function factsWith(...blocks: string[]) {
  const { models, enums } = readSchema(new Map([['schema.prisma', blocks.join('\n')]]))
  const prisma = { models, enums, schemaFile: 'schema.prisma' }

  return { prisma } as unknown as Parameters<typeof findUserModel>[0]
}

function model(name: string, table?: string): string {
  return `model ${name} {\n  id Int @id\n${table ? `  @@map("${table}")\n` : ''}}`
}

function check(blocks: string[], managed: string[] = [], names: Names = DEFAULT_NAMES) {
  return () => assertNamesAreFree(factsWith(...blocks), names, new Set(managed))
}

describe('the model of the users', () => {
  it('is the one with the name asked for', () => {
    const facts = factsWith(model('User', 'people'), model('Member'))

    expect(findUserModel(facts, DEFAULT_NAMES)?.table).toBe('people')
    expect(
      findUserModel(facts, { context: 'Identity', model: 'Guest', plural: 'guests' }),
    ).toBeNull()
  })
})

describe('the models beside that of the users', () => {
  const prefixOf = (blocks: string[], managed: string[] = []) =>
    withFreeCompanions(factsWith(...blocks), DEFAULT_NAMES, new Set(managed)).companions

  it.each([
    ['for a model', [model('UserToken')]],
    ['for a model in another case', [model('usersession')]],
    ['for a table', [model('Visit', 'users_sessions')]],
    ['for an enum', ['enum UserRateLimit {\n  A\n}']],
  ])('go out of the way: %s', (_name, blocks) => {
    expect(prefixOf(blocks)).toBe('Auth')
  })

  it('have their usual names where those are free, ours, or where no others are', () => {
    expect(prefixOf([model('Token'), model('Session')])).toBeUndefined()
    expect(prefixOf([model('UserToken', 'users_tokens')], ['UserToken'])).toBeUndefined()
    expect(prefixOf([model('UserToken'), model('AuthUserToken')])).toBeUndefined()
  })
})

describe('names are free', () => {
  it.each([
    ['in an empty schema', []],
    ['when the app has the users already', [model('User', 'people')]],
    ['beside names of others', [model('Session'), model('Token'), model('Account', 'accounts')]],
  ])('%s', (_name, blocks) => {
    expect(check(blocks)).not.toThrow()
  })

  it('when an earlier run took them', () => {
    const ours = [
      model('User', 'users'),
      model('UserToken', 'users_tokens'),
      model('UserSession', 'users_sessions'),
    ]

    expect(check(ours, ['User', 'UserToken', 'UserSession'])).not.toThrow()
  })

  it('for a second auth system beside the first', () => {
    const first = [
      model('User', 'users'),
      model('UserToken', 'users_tokens'),
      model('UserSession', 'users_sessions'),
    ]
    const names = { context: 'BackOffice', model: 'Admin', plural: 'admins' }

    expect(check(first, ['User', 'UserToken', 'UserSession'], names)).not.toThrow()
  })
})

describe('names are taken', () => {
  it.each([
    ['by a model', [model('UserToken')], 'schema.prisma has a model "UserToken" already'],
    ['by a model in another case', [model('user')], 'schema.prisma has a model "user" already'],
    ['by an enum', ['enum UserSession {\n  A\n}'], 'has an enum of that name'],
    [
      'by a table',
      [model('Login', 'users_tokens')],
      'the table "users_tokens" belongs to the model "Login"',
    ],
    [
      'by the table of the users',
      [model('Account', 'users')],
      'the table "users" belongs to the model "Account"',
    ],
    ['by a table without a map', [model('users')], 'belongs to the model "users"'],
  ])('%s', (_name, blocks, message) => {
    expect(check(blocks)).toThrow(Problem)
    expect(check(blocks)).toThrow(message)
  })
})
