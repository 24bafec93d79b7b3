// What can be left out leaves no trace, in whatever combination it is left out.

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Project } from '../src/core/project.js'
import {
  ALL_FEATURES,
  appWith,
  combinations,
  MANIFEST_TEST,
  pairwise,
  writeApp,
} from './support/feature-combinations.js'
import { runIn } from './support/processes.js'
import { passedIn } from './support/real-app.js'
import { reportPassed } from './support/results.js'

const MINUTE = 60_000

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = join(root, '.tmp')
mkdirSync(scratch, { recursive: true })
const TSC = join(root, 'node_modules/typescript/bin/tsc')
const folder = mkdtempSync(join(scratch, 'features-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Words that only the code of a feature has. */
const TRACES: Record<string, RegExp> = {
  'account-deletion': /account.?delet|deleteUser\b|deleteBelongings|settings\/delete\b/i,
  devices:
    /devices-controller|\/devices\.|noteDevice|userAgent|last_seen_at.*users_tokens|sessions\/:id/,
  'email-change': /email.?change|change.?email|update.?email|old_?email|settings\/email/i,
  html: /\.ejs\b|plugins\/pages|wantsJson|\bpage\(|"ejs"/,
  'magic-link': /magic|log-in\/link/i,
  'reset-password': /\breset|resetPassword|passwordReset/i,
}

/** What examples/default and examples/api are made of, which run their own tests. */
const examples = [ALL_FEATURES, ALL_FEATURES.filter((name) => name !== 'html')]

const apps = combinations().map((combination) => ({ ...combination, app: appWith(combination) }))

// Apps with the same schema have the same client.
const clients = new Map<string, string>()

beforeAll(async () => {
  for (const { name, app } of apps) {
    const schema = app.get('prisma/schema.prisma') ?? ''
    const client = clients.get(schema) ?? (await generateClient(name, app))
    clients.set(schema, client)
    writeApp(join(folder, name), withClient(app, client))
  }
}, 5 * MINUTE)

test('every feature is known by words that only its code has', () => {
  const [none] = apps
  const all = apps.at(-1)

  expect(Object.keys(TRACES).sort()).toEqual([...ALL_FEATURES].sort())
  for (const feature of ALL_FEATURES) {
    expect(linesWith(TRACES[feature], all?.app), feature).not.toEqual([])
    expect(linesWith(TRACES[feature], none?.app), feature).toEqual([])
  }
})

describe.each(apps)('an app with $name', ({ features, app }) => {
  test('has no word of what was left out', () => {
    for (const feature of ALL_FEATURES.filter((name) => !features.includes(name))) {
      expect(linesWith(TRACES[feature], app), feature).toEqual([])
    }
  })

  test('says nothing that nobody reads, and exports nothing that nobody uses', () => {
    expect(unusedIn(app)).toEqual([])
  })

  test('says in its manifest which features and routes it has, and no other', () => {
    const manifest = JSON.parse(app.get('.create-auth/manifest.json') ?? '')
    const own = new Set(['core', ...features])

    expect(manifest.features).toEqual([...features].sort())
    for (const { path, feature } of manifest.routes) expect(own, path).toContain(feature)
    expect(columnsIn(app)).toEqual(columnsOf(manifest))
  })
})

describe('the compiler, with every strict flag on, finds nothing wrong', () => {
  // Two at a time, each with one thread: that is quickest, whatever the number of cores.
  describe.each(apps)('with $name', { concurrent: true }, ({ name }) => {
    test(
      'in sources and tests',
      async ({ expect }) => {
        const tsc = [process.execPath, TSC, '-p', join(folder, name)]
        const { code, output } = await runIn(root, [
          ...tsc,
          '--singleThreaded',
          '--pretty',
          'false',
        ])

        expect(output).toBe('')
        expect(code).toBe(0)
      },
      10 * MINUTE,
    )
  })
})

describe.each(pairwise(examples))('an app with $name', ({ name }) => {
  test(
    'has the routes that its manifest names, for those whom it names',
    async () => {
      const [home, app] = [
        join(folder, 'running', name),
        apps.find((known) => known.name === name)?.app ?? new Map(),
      ]
      writeApp(home, new Map([...app, ['test/manifest.test.ts', MANIFEST_TEST]]))
      const client = clients.get(app.get('prisma/schema.prisma') ?? '') ?? ''
      cpSync(client, join(home, 'src/generated/prisma'), { recursive: true })
      const { code, output } = await runIn(home, [
        ...['npx', 'vitest', 'run', 'test/manifest.test.ts', '--testTimeout=60000'],
      ])

      expect(code, output).toBe(0)
      reportPassed(`features-${name}`, passedIn(output))
    },
    10 * MINUTE,
  )
})

function linesWith(words: RegExp | undefined, app: Project | undefined): string[] {
  return [...(app ?? [])]
    .filter(([path]) => !isRecorded(path) && !isWordList(path))
    .flatMap(([path, text]) => [path, ...text.split('\n').map((line) => `${path}: ${line}`)])
    .filter((line) => words?.test(line))
}

/** Passwords are made of any words. */
function isWordList(path: string): boolean {
  return path.includes('common-password-list')
}

/** Copies of what is there anyway. */
function isRecorded(path: string): boolean {
  return /^\.create-auth\/(?:base\/|record)/.test(path)
}

/** Sentences, exports and partial pages of the sources that no other place asks for. */
function unusedIn(app: Project): string[] {
  const files = [...app].filter(([path]) => /^(?:src|test)\/.*\.(?:ts|ejs)$/.test(path))
  const everything = files.map(([, text]) => text).join('\n')
  const occurs = (pattern: RegExp) => [...everything.matchAll(pattern)].length
  const sentences = [...(app.get('src/accounts/messages.ts') ?? '').matchAll(/^ {2}(\w+):/gm)].map(
    ([, name]) => name ?? '',
  )
  const exported = files
    .filter(([path]) => path.startsWith('src/'))
    .flatMap(([, text]) => [
      ...text.matchAll(/^export (?:async )?(?:function|const|class|type) (\w+)/gm),
    ])
    .map(([, name]) => name ?? '')

  return [
    ...sentences.filter((name) => occurs(new RegExp(`messages\\.${name}\\b`, 'g')) === 0),
    ...exported.filter((name) => occurs(new RegExp(`\\b${name}\\b`, 'g')) < 2),
  ]
}

function columnsOf({ tables }: { tables: Record<string, Record<string, string>> }): string[] {
  return Object.values(tables)
    .flatMap((columns) => Object.values(columns))
    .sort()
}

/** The columns of the migration, which is plain SQL. */
function columnsIn(app: Project): string[] {
  const sql = [...app].find(([path]) => path.endsWith('/migration.sql'))?.[1] ?? ''

  return [...sql.matchAll(/^ {4}"(\w+)" /gm)].map(([, column]) => column ?? '').sort()
}

async function generateClient(name: string, app: Project): Promise<string> {
  const home = join(folder, 'clients', name)
  const files = ['package.json', 'prisma.config.ts', 'prisma/schema.prisma']
  writeApp(home, new Map([...app].filter(([path]) => files.includes(path))))
  const { code, output } = await runIn(home, ['npx', 'prisma', 'generate'])
  expect(code, output).toBe(0)

  return join(home, 'src/generated/prisma')
}

function withClient(app: Project, client: string): Project {
  return new Map(
    [...app].map(([path, text]) => [
      path,
      text.replace(/'(?:\.{1,2}\/)+(?:src\/)?generated\/prisma\//g, `'${client}/`),
    ]),
  )
}
