import { describe, expect, test } from 'vitest'
import { planRemoval } from '../../../src/core/plan/removal-plan.js'
import { changesIn } from '../../../src/core/plan/virtual-project.js'
import type { Project } from '../../../src/core/project.js'
import { readRecord } from '../../../src/core/record/read-record.js'
import { app, edited, operationOn, planFor, scaffolded, templates, VERSION } from '../planning.js'

const SCHEMA = 'prisma/schema.prisma'
const MODEL = `model User {
  id    String @id
  email String @unique
  role  Role   @default(READER)
  notes Note[]
}

enum Role {
  READER
}

model Note {
  id     String @id
  userId String
  user   User   @relation(fields: [userId], references: [id])
}
`
const FAKE = `import type { User } from '../generated/prisma/client.js'

export class InMemoryUsers {
  create(email: string): User {
    const user = {
      id: '1',
      email,
      role: 'READER' as const,
    }

    return user
  }
}
`

function appWith(files: Record<string, string>): Project {
  return edited(app(files), SCHEMA, (schema) => `${schema}\n${MODEL}`)
}

describe('an app that writes out every field of its users', () => {
  const path = 'src/repositories/in-memory-users.ts'
  const on = appWith({ [path]: FAKE })

  test('in a fake gets ours there, and the report says so', () => {
    const operation = operationOn(planFor(on), path)

    expect(operation?.after).toBe(
      FAKE.replace('as const,\n', 'as const,\n      confirmedAt: null,\n'),
    )
    expect(operation).toMatchObject({ verb: 'update', note: '+ confirmedAt of a whole User' })
  })

  test('is left alone by the next run, and is as before when all is taken out', () => {
    const after = scaffolded(on)
    const again = scaffolded(after)
    const removal = planRemoval(readRecord(again, VERSION), again, [templates()])

    expect(again.get(path)).toBe(after.get(path))
    expect(changesIn(again, removal.operations).get(path)).toBe(FAKE)
  })

  test('in several places of one file has each of them as before when all is taken out', () => {
    const second = FAKE.slice(FAKE.indexOf('export')).replace('InMemoryUsers', 'MoreUsers')
    const several = appWith({ [path]: `${FAKE}\n${second}` })
    const after = scaffolded(several)
    const removed = changesIn(
      after,
      planRemoval(readRecord(after, VERSION), after, [templates()]).operations,
    )

    expect(after.get(path)?.match(/confirmedAt: null/g)).toHaveLength(2)
    expect(removed.get(path)).toBe(several.get(path))
  })

  test('somewhere else decides itself what to write there', () => {
    const mapper = 'src/repositories/user-mapper.ts'

    expect(scaffolded(appWith({ [mapper]: FAKE })).get(mapper)).toBe(FAKE)
  })

  test('in JavaScript has no compiler that minds', () => {
    const script = 'src/fakes/users.js'
    const code = FAKE.replace(' as const', '').replace(': string): User', ')').replace('type ', '')

    expect(scaffolded(appWith({ [script]: code })).get(script)).toBe(code)
  })
})
