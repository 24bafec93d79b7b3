// StrykerJS on a copy of examples/default: docs/decisions/stryker.md says why it is no package of
// this repository.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { runIn } from '../support/processes.js'
import type { MutatedFile } from './mutated-files.js'

// The last one that runs on Node 20.
const VERSION = '9.6.1'

// Below the repository, so that its runner finds the Vitest of this repository.
const home = fileURLToPath(new URL(`../../.tmp/stryker-${VERSION}`, import.meta.url))
const packages = join(home, 'node_modules/@stryker-mutator')

/** A change to the code that its tests did or did not notice. */
export type Mutant = {
  /** The line, as it is. */
  line: string
  /** What stands in place of a part of it. */
  replacement: string
  isKilled: boolean
}

/** Gets Stryker from npm, once. Null when it is there, otherwise what npm said. */
export async function installStryker(): Promise<string | null> {
  if (existsSync(join(packages, 'vitest-runner/package.json'))) return null

  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  const names = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${VERSION}`)
  const flags = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund']
  const { code, output } = await runIn(home, ['npm', 'install', ...flags, ...names])

  return code === 0 ? null : output
}

/** Changes a file of a copy in every way that Stryker knows, one after the other. */
export async function mutate(copy: string, { file, tests }: MutatedFile): Promise<Mutant[]> {
  const include = tests.map((test) => `test/${test}.test.ts`)
  writeFileSync(
    join(copy, 'vitest.mutation.config.ts'),
    `import config from './vitest.config.js'
config.test.include = ${JSON.stringify(include)}
export default config
`,
  )
  writeFileSync(
    join(copy, 'stryker.config.json'),
    JSON.stringify({
      plugins: [join(packages, 'vitest-runner/dist/src/index.js')],
      testRunner: 'vitest',
      vitest: { configFile: 'vitest.mutation.config.ts', related: false },
      mutate: [file],
      coverageAnalysis: 'perTest',
      // The tests share one database.
      concurrency: 1,
      inPlace: true,
      timeoutMS: 60_000,
      reporters: ['json'],
      jsonReporter: { fileName: 'mutation.json' },
      allowConsoleColors: false,
    }),
  )
  const { code, output } = await runIn(copy, [
    process.execPath,
    join(packages, 'core/bin/stryker.js'),
    'run',
    'stryker.config.json',
  ])
  if (code !== 0) throw new Error(`Stryker could not change ${file}: ${output}`)

  return readMutants(readFileSync(join(copy, 'mutation.json'), 'utf8'), file)
}

type Report = {
  files: Record<
    string,
    {
      source: string
      mutants: { status: string; replacement: string; location: { start: { line: number } } }[]
    }
  >
}

const NOTICED = ['Killed', 'Timeout']
const UNNOTICED = ['Survived', 'NoCoverage']

function readMutants(json: string, file: string): Mutant[] {
  const { files }: Report = JSON.parse(json)
  const { source = '', mutants = [] } = files[file] ?? {}
  const lines = source.split('\n')

  return mutants
    .filter(({ status }) => [...NOTICED, ...UNNOTICED].includes(status))
    .map(({ status, replacement, location }) => ({
      line: (lines[location.start.line - 1] ?? '').trim(),
      replacement: replacement.replace(/\s+/g, ' '),
      isKilled: NOTICED.includes(status),
    }))
}
