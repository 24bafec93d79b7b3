// Apps that exist already, each written in another hand: see test/hosts/README.md.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, test } from 'vitest'

import { keepPartOfTests, type Part } from './part-of-tests.js'
import { runIn } from './processes.js'
import {
  copyHost,
  createAuth,
  createDatabase,
  installAround,
  NPM_CI,
  passedIn,
  runTestsOf,
  snapshotOf,
} from './real-app.js'
import { reportPassed } from './results.js'

const MINUTE = 60_000

/** More than the owner's own tests, so that ours were found and ran. */
const MOST_OF_OURS = { whole: 600, part: 150 }

export type Host = {
  name: string
  /** The words for each of its auth systems: names, and where its routes begin. */
  systems: string[][]
  /** Where a person puts what the report leaves to be done by hand. */
  byHand?: { file: string; after: string }
  postgresql?: boolean
  /** Where its database is, when neither its schema nor a file of its own says so. */
  databaseUrl?: string
  /** It has a lock file of its own. */
  ownPackages?: boolean
  /** The packages of that example, in place of this repository's. */
  packagesOf?: string
  /** Its version of Prisma needs engines that are on no package registry. */
  compileOnly?: boolean
  /** The scripts that run its owner's tests and ours, where one does not find both. */
  testScripts?: string[]
  /** The part of the generated tests that it runs; without one, or with HOSTS=whole, all. */
  part?: Part
}

/** Nothing compiles an app of plain JavaScript. */
function hasScript(folder: string, name: string): boolean {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

  return name in scripts
}

/** What has to be true of every host, in its own words and by its own tools. */
export function describeHost({
  name,
  systems,
  byHand,
  postgresql,
  ownPackages,
  packagesOf,
  compileOnly,
  databaseUrl,
  testScripts = ['test'],
  part: itsPart,
}: Host): void {
  describe(`the app ${name}`, () => {
    const folder = copyHost(name)
    const part = process.env.HOSTS === 'whole' ? undefined : itsPart
    const env: Record<string, string> = databaseUrl ? { DATABASE_URL: databaseUrl } : {}

    beforeAll(async () => {
      if (postgresql) env.DATABASE_URL = await createDatabase(name)
      if (ownPackages) await expectSuccess(NPM_CI)
      if (packagesOf) expect(await installAround(folder, packagesOf)).toMatchObject({ code: 0 })
      await commitAll()
    }, 3 * MINUTE)

    test.each(systems.map((names) => ({ names })))(
      `gets its auth ($names), with ${byHand ? 'one edit' : 'nothing'} left to do by hand`,
      async ({ names }) => {
        const flags = ['--yes', '--skip-install', '--allow-dirty']
        const scaffold = await createAuth(folder, 'scaffold', ...names, ...flags)
        if (byHand) await editByHand(byHand)
        const { code, output } = byHand ? await createAuth(folder, 'status') : scaffold

        expect(scaffold.output.includes('by hand')).toBe(byHand !== undefined)
        expect(output).not.toContain('by hand')
        expect(code, output).toBe(0)
      },
      MINUTE,
    )

    test('keeps every file of its own but for the lines that were added', async () => {
      const { output } = await runIn(folder, ['git', 'diff', '--numstat'])
      const changed = output
        .trim()
        .split('\n')
        .map((line) => line.split('\t'))

      // A comma after what used to be the last one in scripts, dependencies and devDependencies is
      // all that may be taken away.
      for (const [, removed, path] of changed) {
        expect(Number(removed), path).toBeLessThanOrEqual(path === 'package.json' ? 3 : 0)
      }
      expect(changed.map(([, , path]) => path)).not.toContainEqual(expect.stringMatching(/^test\//))
    })

    test('is left as it is by a second run, to the byte and to the time of writing', async () => {
      const before = snapshotOf(folder)
      const { code, output } = await createAuth(folder, 'scaffold', '--yes', '--allow-dirty')

      expect(code, output).toBe(0)
      expect(output).toMatch(/^ {2}identical {2}\d+ files$/m)
      expect(snapshotOf(folder)).toEqual(before)
    })

    test(
      compileOnly ? 'has a schema that its Prisma knows' : 'migrates',
      async () => {
        if (compileOnly) await expectSuccess(['npx', 'prisma', 'validate'])
        // The person's next step, as the report says it.
        await expectSuccess(['npx', 'prisma', 'generate'])
        if (compileOnly) return

        await expectSuccess(['npx', 'prisma', 'migrate', 'dev', '--name', 'create_auth'])
        await expectSuccess(['npx', 'prisma', 'migrate', 'status'])
      },
      3 * MINUTE,
    )

    if (hasScript(folder, 'typecheck')) {
      test(
        'passes its own compiler',
        async () => {
          await expectSuccess(['npm', 'run', '--silent', 'typecheck'])
        },
        2 * MINUTE,
      )
    }

    if (compileOnly) return

    test(
      `passes its owner's tests and ${part ? `part ${part} of ours` : 'ours'}`,
      async () => {
        if (part) keepPartOfTests(folder, part)
        let passed = 0
        for (const script of testScripts) {
          const { code, output } = await runTestsOf(folder, env, { script })
          expect(code, output).toBe(0)
          passed += passedIn(output)
        }

        expect(passed).toBeGreaterThan(MOST_OF_OURS[part ? 'part' : 'whole'] * systems.length)
        reportPassed(`host-${name}`, passed)
      },
      20 * MINUTE,
    )

    /** As a person does it: the text of the report, where the report says. */
    async function editByHand({ file, after }: { file: string; after: string }) {
      const { output } = await createAuth(folder, 'status', '--json')
      const { operations } = JSON.parse(output) as { operations: Record<string, string>[] }
      const left = operations.filter(({ verb }) => verb === 'by hand')
      const text = readFileSync(join(folder, file), 'utf8')

      expect(left.map(({ path }) => path)).toEqual([file])
      expect(text).toContain(after)
      writeFileSync(join(folder, file), text.replace(after, `${after}\n${left[0]?.paste}`))
    }

    async function expectSuccess(command: string[]): Promise<string> {
      const { code, output } = await runIn(folder, command, env)
      expect(code, output).toBe(0)

      return output
    }

    async function commitAll() {
      const git = ['git', '-c', 'user.name=Owner', '-c', 'user.email=owner@example.com']
      await expectSuccess(['git', 'init', '--quiet'])
      await expectSuccess(['git', 'add', '--all'])
      await expectSuccess([...git, 'commit', '--quiet', '--message', 'The app as it is'])
    }
  })
}
