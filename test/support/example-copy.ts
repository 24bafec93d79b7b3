// A copy of examples/default, to be broken, and what its own tests say about it.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { committedFiles } from './examples.js'
import { runIn } from './processes.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const scratch = join(root, '.tmp')

/** Copies the example below the repository, where Node finds its packages, with its client. */
export async function copyExample(): Promise<string> {
  mkdirSync(scratch, { recursive: true })
  const copy = mkdtempSync(join(scratch, 'example-copy-'))
  const example = join(root, 'examples/default')
  for (const file of committedFiles(example)) cpSync(join(example, file), join(copy, file))

  const { code, output } = await runIn(copy, ['npx', 'prisma', 'generate'])
  if (code !== 0) throw new Error(`The client of the copy could not be generated: ${output}`)

  return copy
}

export function removeCopy(copy: string): void {
  rmSync(copy, { recursive: true, force: true })
}

type Change = { file: string; text: string; fast: string }

const CHEAP_HASHES: Change = {
  file: 'src/accounts/password.ts',
  text: 'memoryCost: 19_456, timeCost: 2',
  fast: 'memoryCost: 64, timeCost: 2',
}
const SHORT_STEPS: Change = {
  file: 'src/routes/users/same-time.ts',
  text: 'const STEP = 200',
  fast: 'const STEP = 1',
}

/** For thousands of log-ins: what takes time on purpose takes next to none. */
export function makeFast(copy: string, { hashes = true } = {}): void {
  for (const { file, text, fast } of hashes ? [CHEAP_HASHES, SHORT_STEPS] : [SHORT_STEPS]) {
    const path = join(copy, file)
    const [before, after, ...more] = readFileSync(path, 'utf8').split(text)
    if (after === undefined || more.length > 0) throw new Error(`${file} has not one ${text}`)
    writeFileSync(path, before + fast + after)
  }
}

/** What the tests of an app said. */
export type Verdict = {
  /** The full names of the tests that failed. */
  failed: string[]
  passed: number
  /** Why files could not be run at all: that is no failure of a test. */
  broken: string[]
}

/** Runs test files of a copy, up to the first failure. Without names it runs all of them. */
export async function runTests(copy: string, tests: string[] = []): Promise<Verdict> {
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const files = tests.map((test) => join(copy, 'test', `${test}.test.ts`))
  // A busy machine is slow, which is no failure either.
  const options = ['--bail=1', '--testTimeout=60000', '--hookTimeout=60000']
  const reporter = ['--reporter=json', `--outputFile=${report}`]
  const { output } = await runIn(copy, ['npx', 'vitest', 'run', ...files, ...options, ...reporter])

  try {
    return readVerdict(readFileSync(report, 'utf8'))
  } catch {
    throw new Error(`The tests of the copy did not run: ${output}`)
  }
}

type Report = {
  numPassedTests: number
  testResults: {
    status: string
    message: string
    assertionResults: { status: string; fullName: string }[]
  }[]
}

function readVerdict(json: string): Verdict {
  const { numPassedTests, testResults }: Report = JSON.parse(json)
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )

  return {
    failed: tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    passed: numPassedTests,
    broken: broken.map(({ message }) => message),
  }
}
