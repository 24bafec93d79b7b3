import { describe, expect, it } from 'vitest'
import { readSchema } from '../../../src/core/facts/read-schema.js'
import { DEFAULT_NAMES } from '../../../src/core/names/names.js'
import { Problem } from '../../../src/core/problem.js'
import { refuseUnfitModel } from '../../../src/core/user-model/existing-model.js'
import { allowNoEmail } from '../../../src/core/user-model/optional-email.js'

function refusalOf(fields: string[]) {
  const text = `model User {\n${fields.join('\n')}\n}\n`
  const model = readSchema(new Map([['schema.prisma', text]])).models.get('User')
  if (!model) throw new Error(text)
  try {
    refuseUnfitModel(model, DEFAULT_NAMES)

    return null
  } catch (error) {
    if (error instanceof Problem) return `${error.message}\n${error.next}`
    throw error
  }
}

const ID = 'id Int @id'
const EMAIL = 'email String @unique'

describe('a model to log in with', () => {
  it.each([
    [[ID, EMAIL]],
    [['id BigInt @id', EMAIL]],
    [['id String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid', EMAIL]],
    [['id String @default(cuid())', EMAIL, '@@id([id])']],
    [[ID, 'email String? @unique @db.Citext']],
    [[ID, 'email String @map("correo")', '@@unique([email])']],
    [['user_id Int @id @default(autoincrement())', EMAIL]],
    [[ID, 'emailAddress String @unique @map("e_mail") @db.VarChar(100)']],
    [[ID, 'correo String']],
    [[ID, 'email String? @db.Text', '@@unique([id, email])']],
    [[ID, 'phone String @unique']],
  ])('is taken: %s', (fields) => {
    expect(refusalOf(fields)).toBeNull()
  })

  it.each([
    [['a Int', 'b Int', EMAIL, '@@id([a, b])'], 'no single field that is its @id'],
    [['id Decimal @id', EMAIL], 'has an id of type Decimal'],
    [[ID, 'email String[]'], 'has a field email that is no String'],
    [
      [ID, 'email String', '@@unique([tenant, email])', 'tenant Int'],
      'that is unique together with tenant only',
    ],
  ])('is refused, with what to do: %s', (fields, words) => {
    expect(refusalOf(fields)).toContain(words)
  })
})

describe('an email that some have not got', () => {
  const allow = (text: string) => allowNoEmail(text, 'src/routes/users/a-controller.ts')

  it.each([
    ['deliver(user.email, url)', 'deliver(emailAddressOf(user), url)'],
    ['check(password, [pending.email])', 'check(password, [emailAddressOf(pending)])'],
    ['send(row.user.email)', 'send(emailAddressOf(row.user))'],
    ['function f(data: Prisma.UserCreateInput) {}', 'data: Prisma.UserCreateInput & { email: '],
  ])('is passed on as one that is there: %s', (before, after) => {
    expect(allow(before)).toContain(after)
  })

  it('is imported from where it is', () => {
    const text = "import { a } from './a.js'\n\na(user.email)\n"

    expect(allow(text)).toBe(
      "import { a } from './a.js'\nimport { emailAddressOf } from '../../accounts/email.js'\n\na(emailAddressOf(user))\n",
    )
  })

  it.each([
    'check(request.body.email)',
    'if (row.sentTo !== row.user.email) stop()',
    'page(reply, { email: user.email })',
    'user.email = null',
  ])('stays as it is: %s', (text) => {
    expect(allow(text)).toBe(text)
  })
})
