/** Every version that was, edited in every way, upgrades to today's. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { audit } from '../src/core/audit/audit.js'
import { readDocument } from '../src/core/merging/document.js'
import { wordsOf } from '../src/core/merging/tokens.js'
import type { Project } from '../src/core/project.js'
import { readRecord } from '../src/core/record/read-record.js'
import { hasMarkers, plain, shapeOf } from '../src/core/text.js'
import { readAdvisories } from '../src/shell/read-advisories.js'
import { type Upgrade, upgradedIn } from './merging/in-app.js'
import { EDITS } from './merging/realistic-edits.js'
import { runIn } from './support/processes.js'
import { appFolder, runTestsOf } from './support/real-app.js'
import { appOf, EARLIER, TODAY, upgraded, VERSION } from './support/releases.js'

const PAGES = [true, false]
const advisories = readAdvisories('.')
const today = new Map(PAGES.map((html) => [html, appOf(TODAY, html)]))

type Pair = {
  version: string
  path: string
  base: string
  theirs: string
  /** All of the app, as the version wrote it and as the other one does. */
  before: Project
  after: Project
}

/** Every file that a version wrote otherwise than today's does; the same texts once. */
const leaps = onceEach(EARLIER.flatMap((release) => pairsOf(release, TODAY)))

/** The same for each version and the one after it. */
const steps = onceEach(
  EARLIER.slice(1).flatMap((release, index) => pairsOf(release, EARLIER[index] ?? TODAY)),
)

function onceEach(pairs: readonly Pair[]): Pair[] {
  return [...new Map(pairs.map((pair) => [`${pair.base}${pair.theirs}`, pair])).values()]
}

function pairsOf(release: (typeof EARLIER)[number], next: (typeof EARLIER)[number]): Pair[] {
  return PAGES.flatMap((html) => {
    const [before, after] = [release, next].map((each) => codeOf(appOf(each, html))) as [
      Project,
      Project,
    ]

    return [...before].flatMap(([path, base]) => {
      const theirs = after.get(path)

      return theirs !== undefined && theirs !== base
        ? [{ version: release.version, path, base, theirs, before, after }]
        : []
    })
  })
}

function codeOf(app: Project): Project {
  return new Map([...app].filter(([path]) => !isState(path)))
}

function isState(path: string): boolean {
  return path.startsWith('.create-auth/')
}

function withoutState(app: Project): [string, string][] {
  return [...app].filter(([path, text]) => !isState(path) && text !== '')
}

describe.each(EARLIER)('$version', (release) => {
  test.each(PAGES)('untouched becomes today’s, byte for byte (pages: %s)', (html) => {
    const { plan, project } = upgraded(appOf(release, html))

    expect(new Map(withoutState(project))).toEqual(
      new Map(withoutState(today.get(html) ?? new Map())),
    )
    expect(plan.operations.filter(({ verb }) => verb === 'conflict')).toEqual([])
    expect(
      upgraded(project).plan.operations.filter(({ before, after }) => before !== after),
    ).toEqual([])
  })

  test.each(
    PAGES,
  )('formatted otherwise loses no formatting, and has every fix (pages: %s)', (html) => {
    const app = edited(appOf(release, html), EDITS.get('reformat all of it'))
    const { plan, project } = upgraded(app)

    expect(plan.operations.filter(({ verb }) => verb === 'conflict')).toEqual([])
    expect(audit(project, advisories, readRecord(project, VERSION)).findings).toEqual([])
    expect(project.get('src/accounts.ts')).not.toMatch(/^ {2}\S/m)
  })
})

function edited(app: Project, edit: ((text: string, path: string) => string | null) | undefined) {
  return new Map(
    [...app].map(([path, text]) => {
      const isOurs = /^(?:src|test)\//.test(path)

      return [path, (isOurs && edit?.(text, path)) || text]
    }),
  )
}

// To the next version as to today's, which may have another shape altogether.
describe.each([
  { name: 'by one version', pairs: steps, mostConflicts: 0.02 },
  { name: 'to today’s', pairs: leaps, mostConflicts: 0.05 },
])('an edit of any file that changed $name', ({ pairs, mostConflicts }) => {
  const outcomes = new Map<string, string[]>()

  test.each([...EDITS])('%s', (name, edit) => {
    const edited = pairs.flatMap((pair) => {
      const ours = edit(pair.base, pair.path)

      return ours === null || ours === pair.base ? [] : [{ ...pair, ours }]
    })
    const merged = edited.map((pair) => ({
      ...pair,
      ...upgradedIn(pair.path, pair.ours, pair.before, pair.after),
    }))
    outcomes.set(
      name,
      merged.map(({ rung }) => rung),
    )

    for (const { version, path, ours, rung, files } of merged) {
      const where = `${name} in ${path} of ${version}`
      const result = files.get(path)?.result ?? ''
      if (rung === 'conflict') expect(hasMarkers(result), where).toBe(true)
      else
        for (const [each, file] of files)
          expect(readDocument(each, plain(file.result)), where).not.toBeNull()
      const isRenamed = rung === 'renames' || (rung === 'moves' && name.startsWith('rename '))
      expect(lostIn(files, isRenamed), where).toEqual([])
      expect(shapeOf(result), where).toEqual(shapeOf(ours))
    }
  })

  test(`is in conflict in less than ${100 * mostConflicts} of 100 cases`, () => {
    const all = [...outcomes.values()].flat()
    const conflicts = all.filter((kind) => kind === 'conflict').length
    const byEdit = [...outcomes]
      .map(([name, kinds]) => [name, kinds.filter((kind) => kind === 'conflict').length] as const)
      .filter(([, count]) => count > 0)

    expect(all.length).toBeGreaterThan(100)
    expect(
      conflicts / all.length,
      `${conflicts} of ${all.length}: ${byEdit.join('; ')}`,
    ).toBeLessThan(mostConflicts)
  })
})

/** What is lost of either side, in all the files together that got something of the edit. */
function lostIn(files: Upgrade['files'], isRenamed: boolean): string[] {
  const all = (side: 'base' | 'ours' | 'theirs' | 'result') =>
    [...files.values()].map((file) => file[side]).join('\n')
  const [base, result] = [all('base'), all('result')]
  const sides = [all('ours'), all('theirs')] as const

  return [sides, sides.toReversed() as [string, string]].flatMap(([one, other]) =>
    // A name that one side gave to a function stands wherever the other side uses it.
    isRenamed ? missingWords(base, one, result) : lostWords(base, one, { other, result }),
  )
}

/** Words that one side added more often than the result has them, although the other kept them. */
function lostWords(
  base: string,
  side: string,
  { other, result }: { other: string; result: string },
): string[] {
  const [before, after, there, kept] = [base, side, result, other].map(countsOf)

  return [...(after ?? [])].flatMap(([word, count]) => {
    const was = before?.get(word) ?? 0
    const added = count - was
    const least = Math.min(added, count) + Math.min(0, (kept?.get(word) ?? 0) - was)

    return added > 0 && (there?.get(word) ?? 0) < least ? [word] : []
  })
}

/** Words that a side brought, and that the result has nowhere. */
function missingWords(base: string, side: string, result: string): string[] {
  const [before, there] = [countsOf(base), countsOf(result)]
  const isNew = (word: string) => !before.has(word)

  return [...countsOf(side).keys()].filter((word) => isNew(word) && !there.has(word))
}

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { key } of wordsOf(text)) counts.set(key, (counts.get(key) ?? 0) + 1)

  return counts
}

describe('what owners do to whole files', () => {
  const oldest = EARLIER.at(-1) ?? TODAY

  test('a file that is deleted stays deleted, and a fix that passes it by is told', () => {
    const app = new Map(appOf(oldest, true))
    app.delete('src/accounts/user-token.ts')
    const { plan, project } = upgraded(app)

    expect(project.has('src/accounts/user-token.ts')).toBe(false)
    expect(plan.operations).toContainEqual(
      expect.objectContaining({
        verb: 'deleted',
        path: 'src/accounts/user-token.ts',
        note: 'changed in this version',
      }),
    )
  })

  test('a file that is moved stays where it is; the audit finds what it lacks', () => {
    const app = new Map(appOf(oldest, true))
    app.set('src/lib/token.ts', app.get('src/accounts/user-token.ts') ?? '')
    app.delete('src/accounts/user-token.ts')
    const { project } = upgraded(app)
    const { findings } = audit(project, advisories, readRecord(project, VERSION))

    expect(findings.map(({ path }) => path)).toEqual(['src/lib/token.ts', 'src/lib/token.ts'])
  })

  test('a file that is split keeps its parts: what moved is not written again', () => {
    const app = new Map(appOf(oldest, true))
    const text = app.get('src/accounts.ts') ?? ''
    const at = text.indexOf('// Passwords')
    app.set('src/accounts.ts', `export * from './passwords.js'\n${text.slice(0, at)}`)
    app.set('src/passwords.ts', text.slice(at))
    const { project } = upgraded(app)

    expect(project.get('src/passwords.ts')).toBe(text.slice(at))
    expect(project.get('src/accounts.ts')).toContain("export * from './passwords.js'")
  })

  test.each([
    'add a licence header',
    'translate messages',
    'log before returning',
    'tabs',
  ])('one leap over all versions ends where single steps end, after: %s', (name) => {
    const app = edited(appOf(oldest, true), EDITS.get(name))
    const steps = [...EARLIER.slice(0, -1).reverse(), TODAY]
    const stepwise = steps.reduce<Project>(
      (project, release) => upgraded(project, release).project,
      app,
    )

    const leap = upgraded(app).project
    const isClean = ([path]: [string, string]) =>
      [stepwise, leap].every((project) => !hasMarkers(project.get(path) ?? ''))

    // Where a line is new, whose formatting it gets may depend on the way.
    const wordsOfEach = (project: Project) =>
      withoutState(project)
        .filter(isClean)
        .map(([path, text]) => [path, wordsOf(text).map(({ key }) => key)])

    expect(wordsOfEach(stepwise)).toEqual(wordsOfEach(leap))
  })
})

describe('a real app of the first version, edited and upgraded', () => {
  const folder = appFolder('upgraded')
  const edits = [
    'add a licence header',
    'add a type',
    'semicolons',
    'add a comment above each function',
  ]
  const pristine = appOf(EARLIER.at(-1) ?? TODAY, true)
  const owners = edits.reduce((app, name) => edited(app, EDITS.get(name)), pristine)
  // What a person would have to decide is left as it was: this is about what merges by itself.
  const conflicts = new Set(
    upgraded(owners).plan.operations.flatMap(({ verb, path }) => (verb === 'conflict' ? path : [])),
  )
  const app = new Map(
    [...owners].map(([path, text]) => [
      path,
      conflicts.has(path) ? (pristine.get(path) ?? '') : text,
    ]),
  )
  const { plan, project } = upgraded(app)

  beforeAll(async () => {
    for (const [path, text] of project) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const { code, output } = await runIn(folder, ['npx', 'prisma', 'generate'])
    expect(code, output).toBe(0)
  }, 120_000)

  test('leaves a handful of its files to a person', () => {
    expect(conflicts.size).toBeLessThan(5)
    expect(plan.operations.filter(({ verb }) => verb === 'conflict')).toEqual([])
  })

  test('keeps the owner’s line in every other file', () => {
    const withLine = (texts: Iterable<string>) =>
      [...texts].filter((text) => text.startsWith('// Copyright of mine\n')).length

    expect(withLine(project.values())).toBe(withLine(owners.values()) - conflicts.size)
  })

  test('compiles', async () => {
    const { code, output } = await runIn(folder, ['npx', 'tsc', '-p', '.', '--noEmit'])

    expect(code, output).toBe(0)
  }, 120_000)

  test('passes the tests that came with today’s version', async () => {
    const { code, output } = await runTestsOf(folder, {})

    expect(code, output).toBe(0)
  }, 300_000)
})
