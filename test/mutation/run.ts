// npm run mutation: changes the files that decide who is let in, in every small way that Stryker
// knows, and looks whether the generated tests notice. Takes an hour. With words behind it, only
// the files that have one of them in their path.

import { copyExample, makeFast, removeCopy } from '../support/example-copy.js'
import { MUTATED_FILES, type MutatedFile } from './mutated-files.js'
import { installStryker, type Mutant, mutate } from './stryker.js'

const LEAST = 85

// Tests that measure what a hash costs.
const MEASURE_HASHES = ['accounts/log-in', 'accounts/password']

const words = process.argv.slice(2)
const problem = await installStryker()
if (problem !== null) throw new Error(`Stryker could not be installed: ${problem}`)

const mutants: Mutant[] = []
for (const file of MUTATED_FILES.filter(isAsked)) {
  const found = await mutantsOf(file)
  mutants.push(...found)
  process.stdout.write(`${shareOf(found)} killed in ${file.file}\n`)
  for (const { line, replacement } of found.filter(({ isKilled }) => !isKilled)) {
    process.stdout.write(`  survived: ${line}\n        with: ${replacement}\n`)
  }
}
process.stdout.write(`\n${shareOf(mutants)} killed\n`)
process.exitCode = percentOf(mutants) >= LEAST ? 0 : 1

function isAsked({ file }: MutatedFile): boolean {
  return words.length === 0 || words.some((word) => file.includes(word))
}

async function mutantsOf(file: MutatedFile): Promise<Mutant[]> {
  const copy = await copyExample()

  try {
    makeFast(copy, { hashes: !file.tests.some((test) => MEASURE_HASHES.includes(test)) })

    return await mutate(copy, file)
  } finally {
    removeCopy(copy)
  }
}

function shareOf(found: Mutant[]): string {
  const killed = found.filter(({ isKilled }) => isKilled).length

  return `${percentOf(found).toFixed(1)} % (${killed} of ${found.length})`
}

function percentOf(found: Mutant[]): number {
  return (100 * found.filter(({ isKilled }) => isKilled).length) / Math.max(1, found.length)
}
