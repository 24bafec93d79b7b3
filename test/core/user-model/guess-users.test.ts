import { describe, expect, it } from 'vitest'
import { parseNames } from '../../../src/core/names/names.js'
import { guessUsers } from '../../../src/core/user-model/guess-users.js'
import { app } from '../planning.js'

function guess(...models: string[]) {
  const schema = app().get('prisma/schema.prisma') ?? ''

  return guessUsers(app({ 'prisma/schema.prisma': `${schema}\n${models.join('\n')}` }))
}

function model(name: string, ...fields: string[]): string {
  return `model ${name} {\n  id Int @id\n${fields.map((field) => `  ${field}\n`).join('')}}`
}

const EMAIL = 'email String @unique'
const PASSWORD = 'password String'

describe('who logs in', () => {
  it.each([
    ['User', 'Accounts User users'],
    ['Usuario', 'Accounts Usuario usuarios'],
    ['Member', 'Accounts Member members'],
    ['Account', 'Identity Account accounts'],
    ['Accounts', 'Identity Accounts account_accounts'],
    ['Users', 'Accounts Users user_accounts'],
    ['AppUser', 'Accounts AppUser app_users'],
  ])('is a %s with an email: %s', (name, names) => {
    const { sure } = guess(model(name, EMAIL), model('Post', 'title String'))

    expect(Object.values(sure ?? {}).join(' ')).toBe(names)
    expect(parseNames(sure?.context, sure?.model, sure?.plural)).toEqual(sure)
  })

  it.each([
    ['Pessoa', 'pessoas'],
    ['Person', 'people'],
    ['Company', 'companies'],
    ['Coach', 'coaches'],
    ['Customer', 'customers'],
  ])('is whatever has an email and a password: %s', (name, plural) => {
    const { sure } = guess(model(name, EMAIL, PASSWORD))

    expect(sure).toEqual({ context: 'Accounts', model: name, plural })
  })

  it('is the user, whatever else has a password', () => {
    expect(guess(model('User'), model('Admin', EMAIL, PASSWORD)).sure?.model).toBe('User')
  })

  it('is a question where a customer may only be written about', () => {
    const { sure, possible } = guess(model('Customer', EMAIL), model('Invoice', 'number Int'))

    expect(sure).toBeNull()
    expect(possible.map((names) => names.model)).toEqual(['Customer'])
  })

  it('is a question where two could be meant', () => {
    const { sure, possible } = guess(
      model('Teacher', EMAIL, PASSWORD),
      model('Student', EMAIL, PASSWORD),
    )

    expect(sure).toBeNull()
    expect(possible.map((names) => names.model)).toEqual(['Teacher', 'Student'])
  })

  it.each([
    ['users', 'User'],
    ['user', 'User'],
    ['app_users', 'AppUser'],
  ])('is known by the name of a type where it is called like a table: %s', (name, type) => {
    expect(guess(model(name, EMAIL, PASSWORD)).sure?.model).toBe(type)
  })

  it('is nobody yet where no model looks like it', () => {
    // The accounts of NextAuth are those that users have elsewhere.
    const nextAuth = model('Account', 'provider String', 'providerAccountId String')

    expect(guess(nextAuth, model('Newsletter', EMAIL))).toEqual({ sure: null, possible: [] })
    expect(guess()).toEqual({ sure: null, possible: [] })
    expect(guess('model Broken {')).toEqual({ sure: null, possible: [] })
  })
})
