import { describe, expect, it, test } from 'vitest'
import type { PrismaFacts } from '../../../src/core/facts/facts.js'
import { readSchema } from '../../../src/core/facts/read-schema.js'
import { leavesWork } from '../../../src/core/plan/plan.js'
import { newUserFields } from '../../../src/core/user-model/new-user.js'
import { printNewUserFiles } from '../../../src/core/user-model/print-new-user.js'
import { findUserFields } from '../../../src/core/user-model/user-fields.js'
import { app, edited, operationOn, planFor, scaffolded, templates } from '../planning.js'

const MODELS = `
enum Color {
  RED
  BLUE
}
model Plan {
  id    String @id
  users User[]
}
`

function fieldsOf(...lines: string[]) {
  const text = `${MODELS}model User {\n${lines.join('\n')}\n}\n`
  const { models, enums } = readSchema(new Map([['schema.prisma', text]]))
  const model = models.get('User')
  if (!model) throw new Error(text)
  const prisma: Pick<PrismaFacts, 'models' | 'enums'> = { models, enums }

  return newUserFields(model, prisma, findUserFields(model))
}

function printed(...lines: string[]): string[] {
  return printNewUserFiles(fieldsOf(...lines)).map(({ text }) => text)
}

function namesOf(fields: readonly { name: string }[]): string[] {
  return fields.map(({ name }) => name)
}

describe('what a new user needs', () => {
  it('is what is required, without a default, and none of ours', () => {
    const { asked, decided } = fieldsOf(
      'id Int @id @default(autoincrement())',
      'email String @unique',
      'password String',
      'confirmedAt DateTime?',
      'name String',
      'nickname String?',
      'tags String[]',
      'createdAt DateTime @default(now())',
      'updatedAt DateTime @updatedAt',
    )

    expect(namesOf(asked)).toEqual(['name'])
    expect(decided).toEqual([])
  })

  it('is asked for where a form can ask, whatever its type', () => {
    const lines = ['a String', 'b Int', 'c BigInt', 'd Float', 'e Decimal', 'f Boolean']
    const { asked } = fieldsOf(...lines, 'g DateTime', 'h Color')

    expect(namesOf(asked)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
    expect(asked.at(-1)?.values).toEqual(['RED', 'BLUE'])
  })

  it('is decided by the app where it is a reference, or nothing for a form', () => {
    const relation = 'plan Plan @relation(fields: [planId], references: [id])'
    const { asked, decided } = fieldsOf('planId String', relation, 'data Json', 'photo Bytes')

    expect(asked).toEqual([])
    expect(namesOf(decided)).toEqual(['planId', 'data', 'photo'])
  })

  test('never lets whoever registers choose rights, money or state', () => {
    const lines = ['role String', 'userRole String', 'is_admin Boolean', 'isActive Boolean']
    const more = ['accountBalance Float', 'status Color', 'type Int', 'salt String', 'perfil Int']

    expect(fieldsOf(...lines, ...more).asked).toEqual([])
    expect(fieldsOf(...lines, ...more).decided).toHaveLength(9)
  })

  test('never lets whoever registers choose who he is at another provider', () => {
    const lines = ['providerId String @unique', 'firebase_uid String', 'googleId String', 'sub Int']
    const { asked, decided } = fieldsOf(...lines, 'nationalId String', 'spotify String')

    expect(namesOf(asked)).toEqual(['nationalId', 'spotify'])
    expect(namesOf(decided)).toEqual(['providerId', 'firebase_uid', 'googleId', 'sub'])
  })

  it('is decided by us where there is one value that is right: an identity that nobody has', () => {
    const [text = ''] = printed('id String @id', 'providerId String @unique', 'salt String')
    expect(text).toContain("return { id: randomUUID(), providerId: randomUUID(), salt: '' }")

    for (const other of [
      'id Int @id',
      'sub Int',
      'providerId String @db.VarChar(20)',
      'role String',
    ]) {
      expect(printed('firebaseUid String', other)[0]).toContain('Decide the first value of')
    }
  })

  it('is printed in code without anything that a schema could bring along', () => {
    const { asked, decided } = fieldsOf('name String @db.VarChar(40)', 'slug String @unique')
    const [fields, inputs, fixture] = printNewUserFiles({ asked, decided })

    expect(fields?.text).toContain('name: Type.String({ minLength: 1, maxLength: 40 })')
    expect(fields?.text).toContain(
      'where: { slug: fields.slug, NOT: { email, confirmedAt: null } }',
    )
    expect(inputs?.text).toContain("label: 'Slug'")
    expect(fixture?.text).toContain('slug: randomUUID()')
  })
})

describe('a salt in a column of its own', () => {
  it('is empty for a new user, and nothing is left to decide', () => {
    const [file] = printNewUserFiles(fieldsOf('password String', 'salt String'))

    expect(file?.text).toContain("return { salt: '' }")
    expect(file?.text).not.toContain('Decide')
  })
})

describe('what nobody has decided', () => {
  const schema = `${app().get('prisma/schema.prisma')}
model User {
  id    String @id
  email String @unique
  role  String
}
`
  const run = {
    templates: templates({ 'src/plugins/users.ts': 'export default async function users() {}\n' }),
  }
  const path = 'src/accounts/new-user.ts'
  const done = scaffolded(app({ 'prisma/schema.prisma': schema }), run)

  it('is left to do, until somebody has', () => {
    const plan = planFor(app({ 'prisma/schema.prisma': schema }), run)
    const decide = (text: string) => text.replace(/ {2}throw .*/, "  return { role: 'member' }")

    expect(plan.operations.filter((one) => one.path === path).map(({ verb }) => verb)).toEqual([
      'create',
      'by hand',
    ])
    expect(leavesWork(planFor(done, run))).toBe(true)
    expect(leavesWork(planFor(edited(done, path, decide), run))).toBe(false)
  })

  it('stays what it was when the owner adds a field and deals with it', () => {
    const grown = edited(done, 'prisma/schema.prisma', (text) =>
      text.replace('  role  String', '  role  String\n  tenantId Int\n  nickname String'),
    )

    expect(operationOn(planFor(grown, run), path)?.after).toContain("'role'>")
    expect(operationOn(planFor(grown, run), path)?.after).toContain('nickname')
  })
})

describe('what a first run says about accounts that are there', () => {
  const own = (...fields: string[]) =>
    app({
      'prisma/schema.prisma': `${app().get('prisma/schema.prisma')}
model User {
  id    String @id
  email String @unique @map("e_mail")
  ${fields.join('\n  ')}

  @@map("people")
}
`,
    })

  it('is how to find them by email, and how they get in', () => {
    const notices = planFor(own('isBanned Boolean @default(false)', 'password String')).notices

    expect(notices.join('\n')).toContain('UPDATE "people" SET "e_mail" = LOWER(TRIM("e_mail"))')
    expect(notices.join('\n')).toContain('set confirmedAt to the current time')
    expect(notices.join('\n')).toContain('User has isBanned')
    expect(notices.join('\n')).toContain('fill in verifyOldPassword')
    expect(notices.join('\n')).toContain('User.password holds argon2id hashes')
  })

  it('is said once, and not of a new model', () => {
    expect(planFor(scaffolded(own())).notices).toEqual([])
    expect(planFor(app()).notices).toEqual([])
  })
})
