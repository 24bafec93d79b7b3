import { describe, expect, test } from 'vitest'
import { planRemoval } from '../../../src/core/plan/removal-plan.js'
import { changesIn } from '../../../src/core/plan/virtual-project.js'
import type { Project } from '../../../src/core/project.js'
import { readRecord } from '../../../src/core/record/read-record.js'
import { basePath, hashText, RECORD_PATH } from '../../../src/core/record/record.js'
import { autoload } from '../facts/apps.js'
import { app, edited, operationOn, planFor, scaffolded, templates, VERSION } from '../planning.js'

const VICTIM = 'src/db.ts'

/** Whoever sends a pull request can write the record, and the copies beside it. */
function tampered(template: string): Project {
  const done = scaffolded(app())
  const text = done.get(VICTIM) ?? ''
  const sha256 = hashText(text)
  const withEntry = edited(done, RECORD_PATH, (json) => {
    const record = JSON.parse(json)
    const [system] = record.systems
    const [first] = system.files
    const files = system.files.filter((file: { template: string }) => file.template !== template)
    system.files = [...files, { ...first, template, path: VICTIM, sha256, rendered: undefined }]

    return JSON.stringify(record)
  })

  return new Map(withEntry).set(basePath(sha256), text)
}

describe('a record that says we wrote a file of the app', () => {
  test.each([
    ['of a template that nobody knows', 'src/gone.ts', {}],
    [
      'of a template of ours, which is wanted no more',
      'src/views/users/log-in.ejs',
      { features: [] },
    ],
    ['of the schema', 'prisma/schema.prisma', {}],
  ])('%s, does not have it removed', (_name, template, run) => {
    const project = tampered(template)
    const plan = planFor(project, run)

    expect(operationOn(plan, VICTIM)).toMatchObject({
      verb: 'kept',
      note: 'yours: nothing that create-auth wrote',
    })
    expect(changesIn(project, plan.operations).get(VICTIM)).toBe(project.get(VICTIM))
  })

  test('in place of one of ours, does not have it written over', () => {
    const project = tampered('src/plugins/pages.ts')
    const plan = planFor(project, {
      version: '1.1.0',
      templates: templates({ 'src/plugins/pages.ts': "export const VIEWS = 'pages'\n" }),
    })

    expect(operationOn(plan, VICTIM)).toMatchObject({ verb: 'taken' })
    expect(changesIn(project, plan.operations).get(VICTIM)).toBe(project.get(VICTIM))
  })

  test('does not have it removed with all that is ours', () => {
    const project = tampered('src/plugins/pages.ts')
    const plan = planRemoval(readRecord(project, VERSION), project, [templates()])
    const after = changesIn(project, plan.operations)

    expect(after.get(VICTIM)).toBe(project.get(VICTIM))
    expect(after.has('src/accounts.ts')).toBe(false)
  })
})

test.each([
  VICTIM,
  '.gitignore',
  '.env.local',
])('a record that calls a whole %s of the app an edit of ours does not have it removed', (file) => {
  const text = 'node_modules\nAPP_ORIGIN=http://localhost:3000\nAPI_KEY=theirs\n'
  const done = new Map(scaffolded(app())).set(file, text)
  const project = edited(done, RECORD_PATH, (json) => {
    const record = JSON.parse(json)
    record.systems[0].edits = [{ id: 'schema:User', file, anchor: 'User', inserted: [text] }]

    return JSON.stringify(record)
  })
  const plan = planRemoval(readRecord(project, VERSION), project, [templates()])

  expect(plan.operations.find(({ path }) => path === file)).toMatchObject({ verb: 'kept' })
  expect(changesIn(project, plan.operations).get(file)).toBe(text)
})

test('what was printed for one app alone goes with all that is ours', () => {
  const before = autoload({ 'prisma/schema.prisma': SCHEMA })
  const done = scaffolded(before)
  const printed = [
    'src/plugins/users.ts',
    'src/accounts/new-user.ts',
    'src/views/users/new-user-fields.ejs',
    'test/support/new-user-fixture.ts',
  ]
  expect(printed.filter((path) => !done.has(path))).toEqual([])
  const plan = planRemoval(readRecord(done, VERSION), done, [templates()])

  expect(plan.operations.filter(({ verb }) => verb === 'kept')).toEqual([])
})

const SCHEMA = `generator client {
  provider = "prisma-client-js"
}

datasource db {
  provider = "sqlite"
}

model User {
  id    Int    @id @default(autoincrement())
  email String @unique
  name  String
  salt  String
}
`
