// npm run advisories: puts the mistake of each advisory into a copy of examples/default, one after
// the other, and looks whether the test that the advisory names fails. Words choose some.

import { readAdvisories } from '../../src/shell/read-advisories.js'
import { plant } from '../seeded-bugs/seeded-bug.js'
import { copyExample, removeCopy } from '../support/example-copy.js'
import { runIn } from '../support/processes.js'
import { MISTAKES } from './mistakes.js'

const words = process.argv.slice(2)
const asked = readAdvisories('.').filter(
  ({ id }) => words.length === 0 || words.some((word) => id.includes(word)),
)
const copy = await copyExample()
let unseen = 0

try {
  for (const { id, test } of asked) {
    const mistake = MISTAKES[id]
    if (!mistake) throw new Error(`There is no mistake for ${id}`)
    const before = await passes(test)
    const takeOut = plant({ ...mistake, name: id }, copy)
    const after = await passes(test)
    takeOut()
    const isSeen = before && !after
    unseen += isSeen ? 0 : 1
    const verdict = isSeen ? 'seen' : before ? 'NOT SEEN' : 'FAILS WITHOUT IT'
    process.stdout.write(`${verdict}  ${id}  ${test.file}: ${test.name}\n`)
  }
} finally {
  removeCopy(copy)
}
process.exitCode = unseen > 0 ? 1 : 0

/** Whether a test passes; that it is there at all counts as well. */
async function passes({ file, name }: { file: string; name: string }): Promise<boolean> {
  const pattern = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const { code, output } = await runIn(copy, [
    ...['npx', 'vitest', 'run', file, '-t', pattern, '--testTimeout=60000'],
  ])
  if (!/Tests .*\d+ (?:passed|failed)/.test(output)) throw new Error(output)

  return code === 0
}
