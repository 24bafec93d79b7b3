import { describe, expect, it } from 'vitest'
import type { ModelFacts } from '../../../src/core/facts/facts.js'
import { readSchema } from '../../../src/core/facts/read-schema.js'
import { Problem } from '../../../src/core/problem.js'
import { nameFields } from '../../../src/core/user-model/name-fields.js'
import { columnFor, nameFor } from '../../../src/core/user-model/naming-style.js'
import {
  findUserFields,
  keepsPasswords,
  OUR_FIELDS,
  requiresPassword,
} from '../../../src/core/user-model/user-fields.js'

function model(...fields: string[]): ModelFacts {
  const text = `model User {\n${fields.join('\n')}\n}\n`
  const found = readSchema(new Map([['schema.prisma', text]])).models.get('User')
  if (!found) throw new Error(text)

  return found
}

describe('the field that holds the password', () => {
  it.each([
    'hashedPassword',
    'password',
    'passwordHash',
    'password_hash',
    'password_digest',
    'encryptedPassword',
    'senha',
    'contrasena',
    'passwd',
    'hash',
  ])('is the %s that is there', (name) => {
    const own = model('id Int @id', `${name} String?`)
    const fields = findUserFields(own)

    expect(fields.hashedPassword).toBe(name)
    expect(keepsPasswords(own, fields)).toBe(true)
    expect(requiresPassword(own, fields)).toBe(false)
    expect(requiresPassword(model(`${name} String`), fields)).toBe(true)
  })

  it('is no hash beside a password, and none that finds somebody', () => {
    const beside = findUserFields(model('id Int @id', 'hash String', 'senha String'))

    expect(beside.hashedPassword).toBe('senha')
    const found = findUserFields(model('id Int @id', 'hash String @unique'))
    expect(found.hashedPassword).toBe('hashedPassword')
  })

  it('is ours where there is none', () => {
    const own = model('id Int @id', 'passwordChangedAt DateTime?', 'passwords String[]')

    expect(findUserFields(own).hashedPassword).toBe('hashedPassword')
    expect(keepsPasswords(own, findUserFields(own))).toBe(false)
  })

  it('has another name where ours is taken by something else', () => {
    expect(findUserFields(model('hashedPassword Int?')).hashedPassword).toBe('argon2Hash')
  })

  it.each([
    [['password String', 'passwordHash String'], 'two fields for a password'],
    [['password Bytes'], 'has the type Bytes'],
    [
      ['hashedPassword Int?', 'argon2Hash Int?', 'argon2idHash Int?'],
      'fields called hashedPassword and argon2Hash and argon2idHash',
    ],
  ])('is refused: %s', (fields, message) => {
    expect(() => findUserFields(model(...fields))).toThrow(Problem)
    expect(() => findUserFields(model(...fields))).toThrow(message)
  })

  it('takes the hashes, and leaves another column that may stay empty alone', () => {
    const own = model('password String?', 'passwordHash String @db.VarChar(255)')

    expect(findUserFields(own).hashedPassword).toBe('passwordHash')
  })
})

describe('the dates of an account', () => {
  it('are those that say the same already', () => {
    const own = model('emailVerified DateTime?', 'deleted_at DateTime?')

    expect(findUserFields(own)).toMatchObject({
      confirmedAt: 'emailVerified',
      deactivatedAt: 'deleted_at',
    })
  })

  it('are added under other names where ours hold something else', () => {
    const own = model('confirmedAt Boolean @default(false)', 'deactivatedAt DateTime')

    expect(findUserFields(own)).toMatchObject({
      confirmedAt: 'emailConfirmedAt',
      deactivatedAt: 'accountDeactivatedAt',
    })
  })

  it('are named like the neighbours', () => {
    const snake = model('id Int @id', 'created_at DateTime', 'first_name String')
    const camel = model('id Int @id', 'createdAt DateTime')
    const mapped = model('id Int @id', 'createdAt DateTime @map("created_at")')

    expect(nameFor('confirmedAt', snake)).toBe('confirmed_at')
    expect(findUserFields(snake).confirmedAt).toBe('confirmed_at')
    expect(columnFor('confirmed_at', snake)).toBe('confirmed_at')
    expect(columnFor('confirmedAt', camel)).toBe('confirmedAt')
    expect(columnFor('confirmedAt', mapped)).toBe('confirmed_at')
    expect(columnFor('confirmedAt', model('id Int @id'))).toBe('confirmed_at')
  })
})

describe('our code under their names', () => {
  const fields = { ...OUR_FIELDS, hashedPassword: 'password', confirmedAt: 'verified_at' }
  const name = (text: string) => nameFields(text, fields, 'src/accounts.ts')

  it.each([
    ['user.hashedPassword', 'user.password'],
    ['user?.hashedPassword ?? null', 'user?.password ?? null'],
    ['update({ data: { hashedPassword } })', 'update({ data: { password: hashedPassword } })'],
    ['const { hashedPassword } = user', 'const { password: hashedPassword } = user'],
    ['create({ hashedPassword: hash })', 'create({ password: hash })'],
    ["type Some = Pick<User, 'confirmedAt'>", "type Some = Pick<User, 'verified_at'>"],
    ['type Row = { confirmedAt: Date }', 'type Row = { verified_at: Date }'],
    ['const hashedPassword = await hash(password)', 'const hashedPassword = await hash(password)'],
    ['user[hashedPassword]', 'user[hashedPassword]'],
    ['// user.hashedPassword', '// user.hashedPassword'],
  ])('%s', (before, after) => {
    expect(name(before)).toBe(after)
  })

  it('reaches pages', () => {
    const page = '<% if (user.confirmedAt) { %>'

    expect(nameFields(page, fields, 'a.ejs')).toBe('<% if (user.verified_at) { %>')
  })
})
