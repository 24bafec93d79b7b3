import { expect, test } from 'vitest'
import { readSchema } from '../../../../src/core/edits/prisma-schema/read-schema.js'
import { SCHEMA } from './schema.js'

const PATH = 'prisma/schema.prisma'

test('every block is found, and nothing in comments or strings', () => {
  const { blocks, unclosed } = read(SCHEMA)

  expect(blocks.map(({ kind, name, table }) => [kind, name, table])).toEqual([
    ['generator', 'client', 'client'],
    ['datasource', 'db', 'db'],
    ['model', 'User', 'users'],
    ['model', 'Post', 'Post'],
    ['enum', 'Role', 'roles'],
  ])
  expect(unclosed.size).toBe(0)
})

test('a field has its column, its type, and what its attributes say', () => {
  const [id, email, name, posts] = fields('User')

  expect(id).toMatchObject({ name: 'id', type: 'Int', id: true, hasDefault: true })
  expect(email).toMatchObject({
    column: 'e_mail',
    unique: true,
    attributes: '@unique @map("e_mail")',
  })
  expect(name).toMatchObject({ type: 'String', optional: true, attributes: '@default("}")' })
  expect(posts).toMatchObject({ type: 'Post', list: true, attributes: '' })
  expect(fields('User')).toHaveLength(4)
})

test('a unique block attribute over one field is the same as one at the field', () => {
  expect(
    fields('Post')
      .filter(({ unique }) => unique)
      .map(({ name }) => name),
  ).toEqual(['title'])
})

test('unusual types and attributes are read too', () => {
  expect(fields('Post').map(({ name, type, attributes }) => [name, type, attributes])).toEqual([
    ['id', 'Int', '@id'],
    ['title', 'String', `@default("it's // no comment")`],
    ['data', 'Json', ''],
    ['point', 'Unsupported("point(1, 2)")', ''],
    ['tags', 'String', ''],
    ['userId', 'Int', '@map(name: "user_id")'],
    ['user', 'User', '@relation(fields: [userId], references: [id])'],
    ['created', 'DateTime', '@default(now()) @db.Timestamp(6)'],
  ])
})

test('settings and values are read', () => {
  const { blocks } = read(SCHEMA)

  expect(Object.fromEntries(blocks[0]?.settings ?? [])).toEqual({
    provider: 'prisma-client',
    output: '../src/generated',
    previewFeatures: '["views"]',
  })
  expect(blocks[1]?.settings.get('url')).toBe('env("DATABASE_URL")')
  expect(blocks[4]?.values).toEqual(['ADMIN', 'MEMBER'])
})

test('line ends and a byte order mark change nothing', () => {
  const windows = `\uFEFF${SCHEMA.replaceAll('\n', '\r\n')}`

  expect(read(windows)).toEqual(read(SCHEMA))
})

test('a schema is read from all of its files', () => {
  const { blocks } = readSchema(
    new Map([
      ['prisma/a.prisma', 'model A {\n  id Int @id\n}'],
      ['prisma/b.prisma', 'model B {\n  id Int @id\n}'],
    ]),
  )

  expect(blocks.map(({ name, file }) => `${file} ${name}`)).toEqual([
    'prisma/a.prisma A',
    'prisma/b.prisma B',
  ])
})

test('a block that does not end is reported by its line', () => {
  expect(read('\nmodel A {\n  id Int @id\n\nmodel B {\n}\n').unclosed.get(PATH)).toBe(2)
  expect(read('enum A {\n  X\n').unclosed.get(PATH)).toBe(1)
})

test('hostile names and lines are data, and take no time', () => {
  const lines = [
    `  a Int @map("\`); process.exit() //")`,
    `  b String @default("\\"}\\n{")`,
    `  c Int${' '.repeat(50_000)}!`,
    `  ${'/**/'.repeat(20_000)} d Int`,
    `  e Int ${'@'.repeat(20_000)}`,
  ]
  const { blocks } = read(`model A {\n${lines.join('\n')}\n}\n`)

  expect(blocks[0]?.fields.map(({ name }) => name)).toEqual(['a', 'b', 'd', 'e'])
  expect(blocks[0]?.fields[0]?.column).toBe('`); process.exit() //')
})

test('two thousand models are read, in a time that grows with their number alone', () => {
  const model = (index: number) =>
    `model M${index} {\n${`  field String @default("x") // y\n`.repeat(40)}}\n\n`
  const text = Array.from({ length: 2000 }, (_, index) => model(index)).join('')

  // Quadratic, it would be stopped by the time limit of a test.
  expect(read(text).blocks).toHaveLength(2000)
})

function read(text: string) {
  return readSchema(new Map([[PATH, text]]))
}

function fields(model: string) {
  return read(SCHEMA).blocks.find(({ name }) => name === model)?.fields ?? []
}
