// npm test: builds the command, checks types, lint and format, and runs every test. Ends with one
// line of figures, in which the generated tests of the examples and hosts count as well.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const results = join(root, '.tmp/results')

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const filters = process.argv.slice(2)
const steps = [
  ['build', ['npm', 'run', '--silent', 'build']],
  ['lint and format', ['npx', 'biome', 'ci', '--reporter=summary', '.']],
  ['types', ['npx', 'tsc', '-p', 'tsconfig.json']],
  [
    'tests',
    [
      'npx',
      'vitest',
      'run',
      ...filters,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(results, 'suite.json')}`,
    ],
  ],
]

const failures = steps.filter(([name, command]) => !succeeds(name, command))
const counts = countResults()
const failed = counts.failed + failures.filter(([name]) => name !== 'tests').length
const isBroken = failures.length > 0 && failed === 0

process.stdout.write(`\n${counts.passed} passed, ${isBroken ? 1 : failed} failed\n`)
process.exitCode = failed > 0 || isBroken ? 1 : 0

function succeeds(name, [command, ...args]) {
  process.stdout.write(`\n# ${name}\n`)
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, CREATE_AUTH_RESULTS: results },
  })

  return status === 0
}

/** A file that failed although none of its tests did: it could not be loaded. */
function couldNotRun({ status, assertionResults = [] }) {
  return status === 'failed' && !assertionResults.some((result) => result.status === 'failed')
}

function countResults() {
  const counts = { passed: 0, failed: 0 }
  for (const file of readdirSync(results)) {
    const {
      numPassedTests = 0,
      numFailedTests = 0,
      testResults = [],
    } = JSON.parse(readFileSync(join(results, file), 'utf8'))
    counts.passed += numPassedTests
    counts.failed += numFailedTests + testResults.filter(couldNotRun).length
  }

  return counts
}
