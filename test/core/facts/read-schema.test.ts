import { describe, expect, it } from 'vitest'
import { readSchema } from '../../../src/core/facts/read-schema.js'

function read(text: string) {
  return readSchema(new Map([['schema.prisma', text]]))
}

describe('a model', () => {
  const { models, enums } = read(`model Account {
  id        String    @id @default(uuid()) @db.Uuid
  email     String    @unique(map: "email_key") @map("e_mail")
  secret    Bytes?
  tags      String[]
  role      Role      @default(USER)
  point     Unsupported("circle")?
  changedAt DateTime  @updatedAt @map(name: "changed_at")
  long      String    @default(
    "a // b"
  )
  code      Int

  @@unique([code])
  @@map("accounts")
}

enum Role {
  USER  @map("user")
  ADMIN // the boss
}

view Report {
  id Int @unique
}
`)

  it('has the table and the columns of the database', () => {
    const account = models.get('Account')

    expect(account?.table).toBe('accounts')
    expect(account?.fields.map(({ name, column }) => [name, column])).toEqual([
      ['id', 'id'],
      ['email', 'e_mail'],
      ['secret', 'secret'],
      ['tags', 'tags'],
      ['role', 'role'],
      ['point', 'point'],
      ['changedAt', 'changed_at'],
      ['long', 'long'],
      ['code', 'code'],
    ])
  })

  it('has fields with what a row needs', () => {
    const fields = new Map(models.get('Account')?.fields.map((field) => [field.name, field]))

    expect(fields.get('id')).toMatchObject({
      type: 'String',
      id: true,
      hasDefault: true,
      attributes: '@id @default(uuid()) @db.Uuid',
    })
    expect(fields.get('email')).toMatchObject({ unique: true, optional: false, hasDefault: false })
    expect(fields.get('secret')).toMatchObject({ type: 'Bytes', optional: true })
    expect(fields.get('tags')).toMatchObject({ list: true })
    expect(fields.get('point')).toMatchObject({ type: 'Unsupported("circle")', optional: true })
    expect(fields.get('changedAt')).toMatchObject({ hasDefault: true })
    expect(fields.get('long')).toMatchObject({ hasDefault: true })
    expect(fields.get('code')).toMatchObject({ unique: true })
  })

  it('stands beside enums and views', () => {
    expect([...enums]).toEqual([['Role', ['USER', 'ADMIN']]])
    expect(models.get('Report')?.table).toBe('Report')
  })
})

describe('an identifier', () => {
  it('of one field may stand at the end, and of two belongs to neither', () => {
    const { models } = read(
      'model A {\n  a Int\n  @@id([a])\n}\nmodel B {\n  a Int\n  b Int\n  @@id([a, b])\n}',
    )

    expect(models.get('A')?.fields.map(({ id }) => id)).toEqual([true])
    expect(models.get('B')?.fields.map(({ id }) => id)).toEqual([false, false])
  })
})

describe('a file', () => {
  it('may have a byte order mark, Windows line ends, and comments of all kinds', () => {
    const { models } = read(
      '\uFEFF// a\r\n/* model B {\r\n */\r\nmodel A {\r\n  id Int @id /// key\r\n}\r\n',
    )

    expect([...models.keys()]).toEqual(['A'])
    expect(models.get('A')?.fields).toMatchObject([{ name: 'id', attributes: '@id' }])
  })

  it('is refused with the line where it stops making sense', () => {
    expect(() => read('model A {\n id Int @id\n}\n\nmodle B {\n}')).toThrow('line 5')
    expect(() => read('model A {\n  id Int\n\nmodel B {\n}\n')).toThrow(
      'line 1 begins model A, which is not closed.',
    )
  })
})
