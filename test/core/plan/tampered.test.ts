import { describe, expect, test } from 'vitest'
import { planRemoval } from '../../../src/core/plan/removal-plan.js'
import { changesIn } from '../../../src/core/plan/virtual-project.js'
import type { Project } from '../../../src/core/project.js'
import { readRecord } from '../../../src/core/record/read-record.js'
import { basePath, hashText, RECORD_PATH } from '../../../src/core/record/record.js'
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
