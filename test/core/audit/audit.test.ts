import { describe, expect, test } from 'vitest'
import { affects } from '../../../src/core/audit/advisory.js'
import { audit } from '../../../src/core/audit/audit.js'
import { applyPatch } from '../../../src/core/audit/patch.js'
import { findPattern, parsePattern } from '../../../src/core/audit/pattern.js'
import { asSarif } from '../../../src/core/audit/sarif.js'
import { planSecurity } from '../../../src/core/audit/security-plan.js'
import { readDocument } from '../../../src/core/merging/document.js'
import { changesIn } from '../../../src/core/plan/virtual-project.js'
import { type Project, project } from '../../../src/core/project.js'
import { readRecord } from '../../../src/core/record/read-record.js'
import { readAdvisories } from '../../../src/shell/read-advisories.js'
import { reformatted } from '../../merging/owners-edits.js'
import { appOf, EARLIER, TODAY, upgraded, VERSION } from '../../support/releases.js'

const advisories = readAdvisories('.')
const apps = new Map(EARLIER.map((release) => [release.version, appOf(release, true)]))

function found(app: Project): string[] {
  return audit(app, advisories, readRecord(app, VERSION))
    .findings.map(({ advisory }) => advisory.id)
    .sort()
}

function idsFor(version: string): string[] {
  return advisories.filter((advisory) => affects(advisory, version)).map(({ id }) => id)
}

function mend(app: Project) {
  const record = readRecord(app, VERSION)
  const { findings } = audit(app, advisories, record)

  return planSecurity(record, findings, { project: app, advisories, version: VERSION })
}

const code = (app: Project, change: (text: string) => string): Project =>
  new Map(
    [...app].map(([path, text]) => [
      path,
      path.startsWith('src/') && path.endsWith('.ts') ? change(text) : text,
    ]),
  )

test('there are versions with mistakes in them, and an advisory for each mistake', () => {
  expect(EARLIER.length).toBeGreaterThanOrEqual(6)
  expect(advisories.length).toBeGreaterThanOrEqual(6)
  for (const advisory of advisories) {
    expect(EARLIER.some(({ version }) => affects(advisory, version))).toBe(true)
  }
})

describe('an audit', () => {
  test.each(
    EARLIER.map(({ version }) => version),
  )('finds in %s just what was mended since', (version) => {
    expect(found(apps.get(version) ?? new Map())).toEqual(idsFor(version))
  })

  test.each([true, false])('finds nothing in today’s code (pages: %s)', (html) => {
    expect(found(appOf(TODAY, html))).toEqual([])
  })

  const [first] = EARLIER.slice(-1)
  const oldest = apps.get(first?.version ?? '') ?? new Map<string, string>()
  const all = idsFor(first?.version ?? '')

  test('finds it in reformatted, moved and renamed code, and without a record', () => {
    const moved = new Map(
      [...oldest].map(([path, text]) => [path.replace('src/', 'lib/auth/'), text]),
    )
    const nameless = new Map([...oldest].filter(([path]) => !path.startsWith('.create-auth/')))

    expect(found(code(oldest, reformatted))).toEqual(all)
    expect(found(moved)).toEqual(all)
    expect(found(nameless)).toEqual(all)
    expect(found(code(oldest, (text) => text.replaceAll('consumeToken', 'useTokenUp')))).toEqual(
      all,
    )
  })

  test('does not take a mention of the fix for the fix', () => {
    const talk = code(oldest, (text) =>
      text.replace(
        /^export async function \w+\(/gm,
        '// renewSession(request), isOwnChoice(user, proof), count\n$&',
      ),
    )

    expect(found(talk)).toEqual(all)
  })

  test('accepts the fix in a function of the owner, whatever that is called', () => {
    const app = appOf(TODAY, true)
    const wrapped = code(app, (text) => text.replaceAll('renewSession', 'freshSession'))

    expect(found(wrapped)).toEqual([])
  })

  test('is data that code hosts read: SARIF with a rule, a place and a level for each', () => {
    const { findings } = audit(oldest, advisories, readRecord(oldest, VERSION))
    const sarif = JSON.parse(JSON.stringify(asSarif(findings, advisories, VERSION)))
    const [run] = sarif.runs

    expect(sarif.version).toBe('2.1.0')
    expect(run.tool.driver.rules).toHaveLength(advisories.length)
    expect(run.results).toHaveLength(findings.length)
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
      expect(result.locations[0].physicalLocation.region.startLine).toBeGreaterThan(0)
    }
  })
})

describe('the fixes of advisories alone', () => {
  test.each(
    EARLIER.map(({ version }) => version),
  )('mend %s, and change nothing else', (version) => {
    const app = apps.get(version) ?? new Map<string, string>()
    const plan = mend(app)
    const after = changesIn(app, plan.operations)
    const changed = plan.operations.filter(
      ({ path, before, after }) => before !== after && !path.startsWith('.create-auth/'),
    )

    expect(found(after)).toEqual([])
    expect(changed.map(({ verb }) => verb)).toEqual(changed.map(() => 'update'))
    expect(new Set(changed.map(({ path }) => path))).toEqual(
      new Set(idsFor(version).map((id) => advisories.find((it) => it.id === id)?.template)),
    )
    expect(mend(after).operations).toEqual([])
    for (const { path } of changed) {
      expect(readDocument(path, after.get(path) ?? ''), path).not.toBeNull()
    }
  })

  test('then leave a whole upgrade that works as if they had not been there', () => {
    for (const app of apps.values()) {
      const mended = changesIn(app, mend(app).operations)
      const [direct, after] = [upgraded(app).project, upgraded(mended).project]

      for (const [path, text] of direct) {
        if (!path.startsWith('.create-auth/base/')) expect(after.get(path), path).toBe(text)
      }
    }
  })

  test('go into edited files, and leave what is nowhere of ours to a person', () => {
    const [, app] = [...apps].at(-1) ?? ['', new Map<string, string>()]
    const edited = code(app, (text) => `// mine\n${text.replace(/\n\n/, '\n\n// mine too\n')}`)
    const plan = mend(edited)

    expect(plan.operations.some(({ verb }) => verb === 'conflict' || verb === 'by hand')).toBe(
      false,
    )
    expect(found(changesIn(edited, plan.operations))).toEqual([])

    const copied = new Map(app)
    copied.set('src/copy.ts', app.get('src/accounts/user-token.ts') ?? '')
    const left = mend(copied).operations.filter(({ verb }) => verb === 'by hand')
    expect(left.length).toBeGreaterThan(0)
    expect(left.every(({ path, paste }) => path === 'src/copy.ts' && paste !== '')).toBe(true)
  })
})

describe('the advisories', () => {
  test.each(
    advisories,
  )('$id names a generated test that is there, and files that were', (advisory) => {
    const today = TODAY.templates
    const { test: shown, template } = advisory

    expect(today.get(shown.file)).toContain(shown.name)
    expect(today.has(template)).toBe(true)
    expect(advisory.details.length).toBeGreaterThan(100)
  })

  test('are OSV entries', async () => {
    const { readdirSync, readFileSync } = await import('node:fs')
    for (const name of readdirSync('advisories')) {
      const entry = JSON.parse(readFileSync(`advisories/${name}`, 'utf8'))

      expect(`${entry.id}.json`).toBe(name)
      expect(entry).toMatchObject({
        schema_version: expect.stringMatching(/^1\./),
        modified: expect.stringMatching(/Z$/),
        affected: [{ package: { ecosystem: 'npm', name: 'create-auth' } }],
        severity: [{ type: 'CVSS_V3', score: expect.stringMatching(/^CVSS:3\.1\//) }],
      })
    }
  })
})

describe('a pattern', () => {
  const matches = (pattern: string, tokens: string) =>
    findPattern(parsePattern(pattern), tokens.split(' ')) !== null

  test('is tokens with gaps, names that stay the same, and parts of words', () => {
    expect(matches('f ( … )', 'a = f ( 1 , 2 )')).toBe(true)
    expect(matches('$row . id … return $row', 'x . id ; return x')).toBe(true)
    expect(matches('$row . id … return $row', 'x . id ; return y')).toBe(false)
    expect(matches('return ~assword . length', 'return newPassword . length')).toBe(true)
    expect(matches('f (', 'g (')).toBe(false)
  })
})

describe('a patch', () => {
  const hunk = {
    from: '  await f(a)\n\n  return a\n',
    to: '  const b = await f(a)\n\n  return b\n',
  }

  test('finds its place whatever the formatter did, and keeps the depth of it', () => {
    expect(applyPatch('{\n\tawait f(\n\t\ta,\n\t);\n\treturn a;\n}\n', [hunk])).toBe(
      '{\n\tconst b = await f(a)\n\n\treturn b;\n}\n',
    )
  })

  test('has none where the code is another, or stands there twice', () => {
    const [once, twice] = ['await f(c); return c', 'await f(a); return a; await f(a); return a']

    expect(applyPatch(once, [hunk])).toBeNull()
    expect(applyPatch(twice, [hunk])).toBeNull()
    expect(project({})).toEqual(new Map())
  })
})
