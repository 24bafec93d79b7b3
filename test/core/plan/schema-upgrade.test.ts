/** What an owner does to the models, and what a new version brings to them: both are there after. */
import { describe, expect, test } from 'vitest'
import { removeInserted } from '../../../src/core/edits/insertion.js'
import { readRecord } from '../../../src/core/record/read-record.js'
import { appOf, TODAY, upgraded, VERSION } from '../../support/releases.js'

const SCHEMA = 'prisma/schema.prisma'
const ADDED = { field: 'lockedReason', index: '@@index([sentTo])' }

// A version to come: today's, with a field and an index more.
const next = {
  version: '9.0.0',
  templates: new Map(
    [...TODAY.templates].map(([path, text]) => [
      path,
      path === SCHEMA
        ? text
            .replace('  createdAt       DateTime', `  ${ADDED.field}    String?\n$&`)
            .replace('  @@index([userId])\n', `$&  ${ADDED.index}\n`)
        : text,
    ]),
  ),
}

type Files = Record<string, string>

const token = /^\/\/\/ What lets[\s\S]*?^\}\n/m

const owners: [string, (schema: string) => Files][] = [
  ['touches nothing', (schema) => ({ [SCHEMA]: schema })],
  [
    'adds fields and an index',
    (schema) => ({
      [SCHEMA]: schema
        .replace('  userTokens ', '  nickname       String? // mine\n  userTokens ')
        .replace('  @@index([userId])', '  note String?\n\n  @@index([note])\n  @@index([userId])'),
    }),
  ],
  [
    'gives a column another name',
    (schema) => ({ [SCHEMA]: schema.replace('@map("sent_to")', '@map("recipient")') }),
  ],
  [
    'orders fields and models otherwise',
    (schema) => {
      const [model = ''] = token.exec(schema) ?? []
      const moved = model.replace(/^( {2}context .*\n)( {2}token .*\n)/m, '$2$1')

      return { [SCHEMA]: `${moved}\n${schema.replace(model, '')}` }
    },
  ],
  [
    'moves a model to another file',
    (schema) => {
      const [model = ''] = token.exec(schema) ?? []

      return {
        [SCHEMA]: schema.replace(model, ''),
        'prisma/tokens.prisma': model,
        'prisma.config.ts': "export default { schema: 'prisma' }\n",
      }
    },
  ],
  ['indents with tabs', (schema) => ({ [SCHEMA]: schema.replace(/^ {2}/gm, '\t') })],
  ['has no columns', (schema) => ({ [SCHEMA]: schema.replace(/(\S) {2,}/g, '$1 ') })],
  ['has Windows line ends', (schema) => ({ [SCHEMA]: schema.replaceAll('\n', '\r\n') })],
]

function appWith(files: (schema: string) => Files) {
  const app = new Map(appOf(TODAY, true))
  for (const [path, text] of Object.entries(files(app.get(SCHEMA) ?? ''))) app.set(path, text)

  return app
}

const linesOf = (files: ReadonlyMap<string, string>) =>
  [...files].flatMap(([path, text]) => (path.endsWith('.prisma') ? text.split('\n') : []))

describe.each(owners)('an owner who %s', (_claim, files) => {
  const app = appWith(files)
  const { plan, project } = upgraded(app, next)

  test('gets the new field and the new index, once', () => {
    const lines = linesOf(project).map((line) => line.trim().replace(/\s+/g, ' '))

    expect(lines.filter((line) => line.startsWith(ADDED.field))).toEqual([`${ADDED.field} String?`])
    expect(lines.filter((line) => line === ADDED.index)).toHaveLength(1)
    expect(plan.operations.filter(({ verb }) => verb === 'by hand')).toEqual([])
  })

  test('keeps every line, in its order', () => {
    const after = linesOf(project)
    let at = 0
    for (const line of linesOf(app)) {
      at = after.indexOf(line, at) + 1
      expect(at, line).toBeGreaterThan(0)
    }
  })

  test('gets nothing more from a second run, and every byte back from a removal', () => {
    const again = upgraded(project, next).plan.operations
    expect(again.filter(({ before, after }) => before !== after)).toEqual([])

    const before = readRecord(app, VERSION).systems[0]?.edits ?? []
    const after = readRecord(project, next.version).systems[0]?.edits ?? []
    const added = after.find(({ id }) => id === 'schema:UserToken')?.inserted ?? []
    const known = before.find(({ id }) => id === 'schema:UserToken')?.inserted ?? []
    const path = app.has('prisma/tokens.prisma') ? 'prisma/tokens.prisma' : SCHEMA

    const more = added.filter((text) => !known.includes(text))
    expect(removeInserted(project.get(path) ?? '', more)).toBe(app.get(path))
  })
})

test('what two versions added one after the other can be taken out, byte for byte', () => {
  const app = appOf(TODAY, true)
  const { project } = upgraded(app, next)
  const edits = readRecord(project, next.version).systems[0]?.edits ?? []
  const { inserted = [] } = edits.find(({ id }) => id === 'schema:UserToken') ?? {}

  expect(inserted.length).toBeGreaterThan(1)
  expect(removeInserted(project.get(SCHEMA) ?? '', inserted)).toBe(
    removeInserted(app.get(SCHEMA) ?? '', inserted.slice(0, 1)),
  )
})

test('a field that has its column under another name is not added again', () => {
  const app = appWith((schema) => ({
    [SCHEMA]: schema.replace(/^ {2}sentTo {10}/m, '  recipient       '),
  }))

  expect(upgraded(app).project.get(SCHEMA)).toBe(app.get(SCHEMA))
  expect(app.get(SCHEMA)).toContain('recipient       String?       @map("sent_to")')
})

test('an index that the owner took out stays out', () => {
  const app = appWith((schema) => ({ [SCHEMA]: schema.replace('  @@index([userId])\n', '') }))

  expect(upgraded(app, next).project.get(SCHEMA)).not.toContain('@@index([userId])')
})

test('an index on a field that the owner renamed is left to the owner, with its text', () => {
  const app = appWith((schema) => ({
    [SCHEMA]: schema.replace(/^ {2}sentTo {10}/m, '  recipient       '),
  }))

  expect(upgraded(app, next).plan.operations).toContainEqual(
    expect.objectContaining({
      verb: 'by hand',
      note: `UserToken in ${SCHEMA} has no field sentTo.`,
      paste: `${ADDED.index}\n`,
    }),
  )
})

describe('a field that this version writes otherwise', () => {
  const changed = {
    version: '9.0.0',
    templates: new Map(
      [...TODAY.templates].map(([path, text]) => [
        path,
        path === SCHEMA ? text.replace('context         String', '$& @default("x")') : text,
      ]),
    ),
  }
  const byHand = (app: Parameters<typeof upgraded>[0]) =>
    upgraded(app, changed).plan.operations.filter(({ verb }) => verb === 'by hand')

  test('is left to the owner, with its line', () => {
    expect(byHand(appOf(TODAY, true))).toEqual([
      expect.objectContaining({
        note: 'This version has context of UserToken otherwise.',
        paste: 'context String @default("x")\n',
      }),
    ])
  })

  test('is no question where the owner has it so, among other things', () => {
    const app = appWith((schema) => ({
      [SCHEMA]: schema.replace('context         String', '$& @db.Text @default("x")'),
    }))

    expect(byHand(app)).toEqual([])
  })
})
