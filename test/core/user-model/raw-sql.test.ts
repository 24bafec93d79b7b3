import { expect, test } from 'vitest'
import type { Facts } from '../../../src/core/facts/facts.js'
import { readSchema } from '../../../src/core/facts/read-schema.js'
import { adaptSql } from '../../../src/core/user-model/raw-sql.js'
import { findUserFields } from '../../../src/core/user-model/user-fields.js'

const STATEMENT = `db.$queryRaw\`
  SELECT
    t.id AS "userTokenId",
    u.id AS "userId",
    u.email,
    u.confirmed_at AS "confirmedAt",
    u.deactivated_at AS "deactivatedAt"
  FROM users_tokens t
  LEFT JOIN users u ON u.id = t.user_id\``

function adapted(schema: string, provider: Facts['prisma']['provider'] = 'postgresql'): string {
  const model = readSchema(new Map([['schema.prisma', schema]])).models.get('User')
  if (!model) throw new Error(schema)
  const prisma = { provider, models: new Map() } as unknown as Facts['prisma']

  return adaptSql(STATEMENT, model, { prisma, fields: findUserFields(model) })
}

test('names the columns and the table of the app', () => {
  const text = adapted(`model User {
  id Int @id @map("user_id")
  email String @unique @map("e_mail")
  emailVerified DateTime?
  createdAt DateTime
  @@map("app_users")
}`)

  expect(text).toContain('u.user_id AS "userId"')
  expect(text).toContain('u.e_mail AS "email"')
  expect(text).toContain('u."emailVerified" AS "emailVerified"')
  expect(text).toContain('u."deactivatedAt" AS "deactivatedAt"')
  expect(text).toContain('LEFT JOIN app_users u ON u.user_id = t.user_id')
})

test.each([
  'user',
  'users',
  'grant',
  'range',
  'window',
  'limit',
])('quotes a table called %s where it is a word of SQL', (table) => {
  const schema = `model User {\n  id Int @id\n  @@map("${table}")\n}`
  const isWord = table !== 'users'

  expect(adapted(schema)).toContain(`JOIN ${isWord ? `"${table}"` : table} u`)
  expect(adapted(schema, 'mysql')).toContain(`JOIN ${isWord ? `\\\`${table}\\\`` : table} u`)
})

test('refuses a name that could end the statement', () => {
  expect(() => adapted('model User {\n  id Int @id\n  @@map("a`b")\n}')).toThrow('safely')
})
