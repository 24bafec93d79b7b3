import { expect, test } from 'vitest'
import { app, planFor, templates } from '../planning.js'

const TEMPLATE = 'src/accounts/new-user.ts'

function noteAbout(fields: string): string | undefined {
  const schema = `${app().get('prisma/schema.prisma')}
enum Role {
  ADMIN
  MEMBER
}

model Team {
  id    Int    @id
  users User[]
}

model User {
  id    Int    @id
  email String @unique
${fields}
}
`
  const plan = planFor(app({ 'prisma/schema.prisma': schema }), {
    templates: templates({ [TEMPLATE]: '' }),
  })

  return plan.operations.find(({ verb }) => verb === 'by hand')?.note
}

test('what a new user starts with is asked for with what the schema allows', () => {
  const note = noteAbout(`
  role     Role
  teamId   Int
  team     Team @relation(fields: [teamId], references: [id])
  settings Json`)

  expect(note).toBe(
    'Nobody can register before this file says what a new account starts with: role is ADMIN or MEMBER; teamId refers to a Team.',
  )
})

test('and where it allows anything, that is all that is said', () => {
  expect(noteAbout('  settings Json')).toBe(
    'Nobody can register before this file says what a new account starts with.',
  )
})
