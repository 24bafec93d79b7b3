import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Edit } from '../../../../src/core/edits/edit.js'
import { removeInserted } from '../../../../src/core/edits/insertion.js'
import { addFields } from '../../../../src/core/edits/prisma-schema/add-fields.js'
import { addModel, addModels } from '../../../../src/core/edits/prisma-schema/add-models.js'
import { readSchemaFile } from '../../../../src/core/edits/prisma-schema/read-schema.js'
import { patchOf } from '../patch-of.js'
import { SCHEMA } from './schema.js'

const PATH = 'prisma/schema.prisma'
const TOKEN = `/// Sessions, and tokens sent by mail {
model UserToken {
  id String @id @default(uuid())
  // Only the hash is stored.
  token Bytes
  sentTo String? @map("sent_to")

  userId Int
  user User @relation(fields: [userId], references: [id], onDelete: Cascade)

  @@unique([token])
  @@map("users_tokens")
}
`

describe('a model', () => {
  test('is added at the end, aligned, below an empty line', () => {
    const { text, inserted } = done(addModel(SCHEMA, TOKEN, { path: PATH }))

    expect(text).toBe(SCHEMA + inserted.join(''))
    expect(inserted).toEqual([
      `
/// Sessions, and tokens sent by mail {
model UserToken {
  id     String  @id @default(uuid())
  // Only the hash is stored.
  token  Bytes
  sentTo String? @map("sent_to")

  userId Int
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)

  @@unique([token])
  @@map("users_tokens")
}
`,
    ])
  })

  test.each([
    ['an empty file', '', 'model'],
    ['only a byte order mark', '\uFEFF', 'model'],
    ['no final newline', 'model A {\n}', '\n\nmodel'],
    ['an empty line at the end', 'model A {\n}\n\n', 'model'],
    ['Windows line ends', 'model A {\r\n}\r\n', '\r\nmodel'],
  ])('goes below %s', (_, before, start) => {
    const { text, inserted } = done(addModel(before, 'model B {\n  id Int @id\n}', { path: PATH }))

    expect(inserted[0]?.startsWith(start)).toBe(true)
    expect(text.startsWith(before)).toBe(true)
    expect(/(?<!\r)\n/.test(text) && /\r\n/.test(text)).toBe(false)
    expect(names(text)).toContain('B')
  })

  test('is already done when it is there, with more fields and in other words', () => {
    const theirs = `model UserToken {
  id   Int @id // ours was a string
      token Bytes  /// x
  extra    String
}`
    const wanted = 'model UserToken {\n  id Int @id\n  token Bytes\n}'

    expect(addModel(theirs, wanted, { path: PATH }).kind).toBe('already done')
  })

  test('is already done when it moved to another file of the schema', () => {
    const elsewhere = readSchemaFile('prisma/auth.prisma', TOKEN).blocks

    expect(addModel(SCHEMA, TOKEN, { path: PATH, elsewhere })).toEqual({ kind: 'already done' })
  })

  test('is added beside those of the list that are there', () => {
    const edit = addModels(SCHEMA, ['enum Role {\n  ADMIN\n}', TOKEN], { path: PATH })

    expect(names(done(edit).text)).toEqual(['client', 'db', 'User', 'Post', 'Role', 'UserToken'])
  })

  test.each([
    [
      'its name is an enum',
      'enum UserToken {\n  A\n}',
      /UserToken is the name of an enum in prisma/,
    ],
    [
      'its name is a model of another kind',
      'model UserToken {\n  id String @id\n}',
      /without token, sentTo/,
    ],
    [
      'its table is taken',
      'model Key {\n  id Int @id\n  @@map("users_tokens")\n}',
      /belongs to the model Key/,
    ],
    ['a block does not end', 'model A {\n  id Int @id\n', /block at line 1 .* does not end/],
    ['a comment does not end', 'enum A {\n  X\n}\n/* later', /does not end outside of a comment/],
  ])('cannot be added where %s', (_, text, reason) => {
    expect(addModel(text, TOKEN, { path: PATH })).toMatchObject({
      kind: 'cannot',
      reason: expect.stringMatching(reason),
      paste: expect.stringContaining('model UserToken {'),
    })
  })
})

describe('a field', () => {
  test('is added behind the last one, in the columns that are there', () => {
    expect(addedTo('User', ['role Role'])).toEqual(['  posts Post[]', '+ role  Role'])
    expect(addedTo('Post', ['kind Int @default(1)'])).toEqual([
      '  created  DateTime    @default(now()) @db.Timestamp(6)',
      '+ kind Int @default(1)',
    ])
  })

  test('gets columns of its own where it is too wide, so that no other line changes', () => {
    const fields = [
      '/// Only its hash.\nhashedPassword String? @map("hashed_password")',
      'confirmedAt DateTime?',
    ]

    expect(addedTo('User', fields)).toEqual([
      '  ',
      '+ /// Only its hash.',
      '+ hashedPassword String?   @map("hashed_password")',
      '+ confirmedAt    DateTime?',
      '+',
    ])
  })

  test('keeps the indentation and the line ends of its neighbours', () => {
    const text = 'model User {\r\n\tid\tInt\t@id\r\n\r\n\t@@map("u")\r\n}'

    expect(done(addFields(text, 'User', ['name String?'])).text).toBe(
      'model User {\r\n\tid\tInt\t@id\r\n\tname String?\r\n\r\n\t@@map("u")\r\n}',
    )
  })

  test('is added to a model that has none', () => {
    expect(done(addFields('model A {\n}', 'A', ['id Int @id', 'name String'])).text).toBe(
      'model A {\n  id   Int    @id\n  name String\n}',
    )
  })

  test('is skipped where it is there, required or not', () => {
    expect(addFields(SCHEMA, 'User', ['name   String', 'posts Post[]']).kind).toBe('already done')
    expect(addedTo('User', ['name String', 'role Role'])).toEqual([
      '  posts Post[]',
      '+ role  Role',
    ])
  })

  test.each([
    [
      'the model is missing',
      'Account',
      'name String',
      'There is no model Account in schema.prisma.',
    ],
    ['the model is an enum', 'Role', 'name String', 'There is no model Role in schema.prisma.'],
    [
      'it has another type',
      'User',
      'posts Int',
      'User.posts in schema.prisma is there already, as Post[].',
    ],
    ['it is no field', 'User', '@@index([name])', '`@@index([name])` is no field of a model.'],
    ['it is two', 'User', 'a Int\nb Int', '`a Int\nb Int` is no field of a model.'],
  ])('cannot be added where %s', (_, model, field, reason) => {
    expect(addFields(SCHEMA, model, [field])).toEqual({
      kind: 'cannot',
      reason,
      paste: `${field}\n`,
    })
  })

  test('a field that would end the model is refused', () => {
    expect(addFields(SCHEMA, 'User', ['a Int @default("")\n}\nmodel B {']).kind).toBe('cannot')
  })
})

describe('laws', () => {
  const line = fc.constantFrom(
    '  id Int @id',
    '  name  String? // }',
    '\tlongName String @default("{")',
    '  /* a } */',
    '  // model X {',
    '',
    '   ',
    `  @@map("x\`\${y}")`,
  )
  const block = fc
    .tuple(fc.constantFrom('model', 'enum', 'type'), fc.array(line, { maxLength: 6 }))
    .map(([kind, lines]) => [`${kind} NAME {`, ...lines, '}', '/// doc'])
  const schema = fc
    .record({
      blocks: fc.array(block, { minLength: 1, maxLength: 4 }),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      mark: fc.constantFrom('', '\uFEFF'),
      final: fc.boolean(),
    })
    .map(({ blocks, lineEnd, mark, final }) => {
      const lines = blocks.flatMap((block, index) =>
        block.map((line) => line.replace('NAME', index === 0 ? 'User' : `Other${index}`)),
      )

      return mark + ['model First {', '}', ...lines, ...(final ? [''] : [])].join(lineEnd)
    })
  const edits: ((text: string) => Edit)[] = [
    (text) => addModel(text, TOKEN, { path: PATH }),
    (text) => addFields(text, 'First', ['name String', '// why\nhashedPassword String?']),
    (text) => addFields(text, 'User', ['email String @unique', 'hashedPassword String?']),
  ]

  test('twice is once; taking out restores every byte; the other blocks stay as they are', () => {
    fc.assert(
      fc.property(schema, fc.constantFrom(...edits), (text, edit) => {
        const result = edit(text)
        if (result.kind !== 'done') return
        expect(edit(result.text).kind).toBe('already done')
        expect(removeInserted(result.text, result.inserted)).toBe(text)
        expect(names(result.text)).toEqual(expect.arrayContaining(names(text)))
        expect(new Set(result.text.match(/\r?\n/g)).size).toBe(1)
      }),
      { numRuns: 500 },
    )
  })
})

function addedTo(model: string, fields: string[]) {
  return patchOf(SCHEMA, done(addFields(SCHEMA, model, fields)).text)
}

function names(text: string) {
  return readSchemaFile(PATH, text).blocks.map(({ name }) => name)
}

function done(edit: Edit) {
  if (edit.kind !== 'done') throw new Error(JSON.stringify(edit))

  return edit
}
