// npm run seeded-bugs: puts known mistakes of real log-ins into a copy of examples/default, one
// after the other, and looks whether the tests that were generated with it notice. With words
// behind it, only the bugs that have one of them in their name.

import { copyExample, removeCopy, runTests } from '../support/example-copy.js'
import { BUGS, OUT_OF_SIGHT } from './bugs.js'
import { plant, type SeededBug } from './seeded-bug.js'

const words = process.argv.slice(2)
const asked = BUGS.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
)
const copy = await copyExample()

try {
  await assertGreen()
  const survivors: string[] = []
  for (const bug of asked) {
    const caughtBy = await findBug(bug)
    if (caughtBy === null) survivors.push(bug.name)
    process.stdout.write(`${caughtBy === null ? 'SURVIVED' : 'caught  '}  ${bug.name}\n`)
    process.stdout.write(`          ${caughtBy ?? OUT_OF_SIGHT[bug.name] ?? bug.attacker}\n`)
  }

  process.stdout.write(`\n${asked.length - survivors.length} of ${asked.length} caught\n`)
  process.exitCode = survivors.every((name) => name in OUT_OF_SIGHT) ? 0 : 1
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
