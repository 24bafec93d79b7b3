/**
 * Writes one state of an app after the other until it is killed. Arguments: the app's folder, and `patiently`
 * to try again while another process has the lock.
 */

import { onInterrupt } from '../../../src/shell/interrupt.js'
import { withLock } from '../../../src/shell/lock.js'
import { readProject } from '../../../src/shell/read-project.js'
import { recover } from '../../../src/shell/recover.js'
import { writePlan } from '../../../src/shell/write-plan.js'
import { operationsBetween, stateOf } from './two-states.js'

const [root = '', manner] = process.argv.slice(2)

// Between two rounds nobody else listens, and Node would die of the signal itself.
onInterrupt(() => process.exit(130))

try {
  for (;;) await withLock(root, writeTheOther).catch(tryAgain)
} catch (error) {
  console.log(String(error))
  process.exitCode = error instanceof Error && error.name === 'Interrupted' ? 130 : 1
}

async function writeTheOther() {
  await recover(root)
  const { project } = await readProject(root)
  const from = stateOf(project)
  console.log(from)
  await writePlan(root, operationsBetween(from, from === 'odd' ? 'even' : 'odd'))
}

async function tryAgain(error: Error) {
  if (manner !== 'patiently' || !error.message.startsWith('Another create-auth')) throw error
  console.log('busy')
  // Signals are heard between rounds only when the loop lets go for a moment.
  await new Promise((done) => setTimeout(done, 1))
}
