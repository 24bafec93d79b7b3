// npm run seeded-bugs: puts known mistakes of real log-ins into a copy of examples/default, one
// after the other, and looks whether the tests that were generated with it notice. With words
// behind it, only the bugs that have one of them in their name.

import { fileURLToPath } from 'node:url'

import { copyExample, removeCopy, runTests } from '../support/example-copy.js'
import { runIn } from '../support/processes.js'
import { BUGS } from './bugs.js'
import { plant, type SeededBug } from './seeded-bug.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

const words = process.argv.slice(2)
const asked = BUGS.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
)
const copy = await copyExample()

try {
  await assertGreen()
  let caught = 0
  for (const bug of asked) {
    const caughtBy = await findBug(bug)
    if (caughtBy !== null) caught += 1
    process.stdout.write(`${caughtBy === null ? 'SURVIVED' : 'caught  '}  ${bug.name}\n`)
    process.stdout.write(`          ${caughtBy ?? bug.attacker}\n`)
  }

  const inRaces = asked.filter(({ race }) => race !== undefined).length
  process.stdout.write(`\n${caught} of ${asked.length} caught, ${inRaces} of them on PostgreSQL\n`)
  process.exitCode = caught === asked.length ? 0 : 1
} finally {
  removeCopy(copy)
}

// What fails without a bug would catch each of them.
async function assertGreen(): Promise<void> {
  const { failed, broken } = await runTests(
    copy,
    asked.flatMap(({ tests }) => tests),
  )
  if (failed.length + broken.length > 0) {
    throw new Error(`Without a bug these fail: ${[...failed, ...broken].join(', ')}`)
  }
}

/** The test that noticed: among those that are likely to, or among all. */
async function findBug(bug: SeededBug): Promise<string | null> {
  if (bug.race !== undefined) return noticedInRace(bug.name, bug.race)
  const takeOut = plant(bug, copy)

  try {
    return (await noticedBy(bug, bug.tests)) ?? (await noticedBy(bug, []))
  } finally {
    takeOut()
  }
}

async function noticedBy(bug: SeededBug, tests: string[]): Promise<string | null> {
  const { failed, broken } = await runTests(copy, tests)
  if (broken.length > 0) throw new Error(`${bug.name}: ${broken.join('\n')}`)

  return failed[0] ?? null
}

/** The app of that test is a new one on PostgreSQL, which gets the bug before it starts. */
async function noticedInRace(name: string, race: string): Promise<string | null> {
  const vitest = ['npx', 'vitest', 'run', 'test/races.test.ts', '--testNamePattern', race]
  const { code, output } = await runIn(root, vitest, { SEEDED_BUG: name })
  // Where the app does not even start, nothing has been noticed.
  if (code !== 0 && !output.includes('AssertionError')) throw new Error(`${name}: ${output}`)

  return code === 0 ? null : `test/races.test.ts ${race}`
}
