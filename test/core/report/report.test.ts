import { describe, expect, test } from 'vitest'
import type { Operation, Plan } from '../../../src/core/plan/plan.js'
import { planAsData } from '../../../src/core/report/json.js'
import { renderNextSteps, renderReport } from '../../../src/core/report/report.js'
import { createColours } from '../../../src/core/report/terminal-text.js'

const plain = createColours(false)

function plan(...operations: Partial<Operation>[]): Plan {
  return {
    operations: operations.map((operation) => ({
      verb: 'create',
      path: 'x',
      before: null,
      after: 'text',
      ...operation,
    })),
    packages: { dependencies: {}, devDependencies: {} },
    notices: [],
  }
}

function report(...operations: Partial<Operation>[]): string {
  return renderReport(plan(...operations), plain)
}

test('verbs, paths and notes stand in columns', () => {
  expect(
    report(
      { path: 'src/accounts.ts' },
      { verb: 'update', path: 'prisma/schema.prisma', note: '+ model UserToken' },
      { verb: 'conflict', path: 'src/plugins/user-auth.ts', note: '1 place; look for <<<<<<<' },
    ),
  ).toBe(
    [
      '  create     src/accounts.ts',
      '  update     prisma/schema.prisma        + model UserToken',
      '  conflict   src/plugins/user-auth.ts    1 place; look for <<<<<<<',
      '',
    ].join('\n'),
  )
})

test('files that stay as they are share one line, and the record has another', () => {
  const same = { verb: 'identical', before: 'text' } as const

  expect(
    report(
      { ...same, path: 'a' },
      { ...same, path: 'b' },
      { path: '.create-auth/record.json' },
      { path: '.create-auth/base/1234' },
    ),
  ).toMatch(/^ {2}create {5}\.create-auth\/ .*\n {2}identical {2}2 files\n$/)
})

test('an edit by hand comes with the reason and the text to paste', () => {
  expect(
    report({
      verb: 'by hand',
      path: 'src/app.ts',
      before: 'text',
      note: 'There is no instance.',
      paste: 'a()\r\nb()\n',
    }),
  ).toBe(
    [
      '  by hand    src/app.ts    see below',
      '',
      'By hand: src/app.ts',
      '  There is no instance. Paste this:',
      '',
      '    a()',
      '    b()',
      '',
    ].join('\n'),
  )
})

test('what comes from the app cannot steer the terminal', () => {
  const hostile = '\u001b[2Jsrc/\u0007.ts'
  const text = report(
    { path: hostile, note: hostile },
    { verb: 'by hand', path: hostile, paste: hostile },
  )

  expect(text).not.toContain('\u001b')
  expect(text).not.toContain('\u0007')
})

test('next steps come one a line, and none is nothing', () => {
  expect(renderNextSteps(['npm install', 'npm test'], plain)).toBe(
    'Next:\n  npm install\n  npm test\n',
  )
  expect(renderNextSteps([], plain)).toBe('')
})

describe('the plan as data', () => {
  const options = { version: '1.0.0', nextSteps: [], written: false }

  test('never holds what is in a file', () => {
    const data = planAsData(
      plan({ path: '.env', after: 'SESSION_SECRET=abc', before: 'DATABASE_URL=secret' }),
      options,
    )

    expect(JSON.stringify(data)).not.toMatch(/abc|secret/)
    expect(data).toMatchObject({ operations: [{ verb: 'create', path: '.env', writes: true }] })
  })

  test('says whether anything would change and whether work is left', () => {
    expect(planAsData(plan({ verb: 'identical', before: 'text' }), options)).toMatchObject({
      changes: false,
      leavesWork: false,
    })
    expect(planAsData(plan({ verb: 'conflict' }), options)).toMatchObject({ leavesWork: true })
  })
})

test('in a narrow window notes are wrapped under each other, or stand below their file', () => {
  const changed = plan(
    { path: 'src/views/users/registration.ejs' },
    { path: 'prisma/schema.prisma', note: '+ model User, + model UserToken' },
  )

  expect(renderReport(changed, plain, 62)).toBe(
    [
      '  create     src/views/users/registration.ejs',
      '  create     prisma/schema.prisma    + model User,',
      '                                     + model UserToken',
      '',
    ].join('\n'),
  )
  expect(renderReport(changed, plain, 40)).toBe(
    [
      '  create     src/views/users/registration.ejs',
      '  create     prisma/schema.prisma',
      '             + model User,',
      '             + model UserToken',
      '',
    ].join('\n'),
  )
})
