import { afterAll, expect, test } from 'vitest'

import { copyExample, removeCopy } from '../support/example-copy.js'
import { MUTATED_FILES } from './mutated-files.js'
import { installStryker, mutate } from './stryker.js'

const SMALLEST = 'src/accounts/scope.ts'

const problem = await installStryker()
if (problem !== null && process.env.CI) throw new Error(problem)

let copy = ''

afterAll(() => {
  if (copy !== '') removeCopy(copy)
})

// `npm run mutation` does it with every file that decides who is let in.
test.skipIf(problem !== null)(
  `the generated tests notice 85 in 100 changes to ${SMALLEST} (without StrykerJS from npm: skipped)`,
  { timeout: 600_000 },
  async () => {
    const file = MUTATED_FILES.find((mutated) => mutated.file === SMALLEST)
    if (file === undefined) throw new Error(`${SMALLEST} is not among the files`)
    copy = await copyExample()
    const mutants = await mutate(copy, file)
    const killed = mutants.filter(({ isKilled }) => isKilled)

    expect(mutants.length).toBeGreaterThan(15)
    expect(killed.length / mutants.length).toBeGreaterThanOrEqual(0.85)
  },
)
