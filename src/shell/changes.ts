/** From the operations of a plan to the bytes that will be written, or a refusal. */
import { isUtf8 } from 'node:buffer'
import type { Operation } from '../core/plan/plan.js'
import { Problem } from '../core/problem.js'
import { explainFailure } from './explain.js'
import { disk, type Tree } from './file-system.js'
import { type FileOnDisk, findPlace } from './inside.js'

export type Change = {
  path: string
  before: FileOnDisk | null
  after: Buffer | null
  mode: number
  missingFolders: string[]
}

/** Refuses a plan that could not be written: before it is shown, and in a dry run too. */
export async function checkPlan(root: string, operations: readonly Operation[]): Promise<void> {
  try {
    await checkChanges({ fileSystem: disk, root }, operations)
  } catch (error) {
    throw explainFailure(error, root, 'Reading')
  }
}

/** Looks at every target before anything is written, and leaves out what stays as it is. */
export async function checkChanges(tree: Tree, operations: readonly Operation[]) {
  const changing = operations.filter(({ before, after }) => before !== after)
  refuseNamesThatCollide(changing.map(({ path }) => path))

  const changes: Change[] = []
  for (const operation of changing) changes.push(await checkChange(tree, operation))

  return changes
}

/** For the moment before a rename: the owner's editor may have saved in between. */
export async function refuseIfChanged(tree: Tree, { path, before }: Change) {
  const { file } = await findPlace(tree, path)
  refuseUnlessSame(path, before?.bytes ?? null, file?.bytes ?? null)
}

async function checkChange(tree: Tree, operation: Operation): Promise<Change> {
  const { path, before, after, mode = 0o644 } = operation
  const { file, missingFolders } = await findPlace(tree, path)
  refuseUnlessSame(path, bytesOf(before), file?.bytes ?? null)

  return { path, before: file, after: bytesOf(after), mode: file?.mode ?? mode, missingFolders }
}

function bytesOf(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text)
}

function refuseUnlessSame(path: string, expected: Buffer | null, found: Buffer | null) {
  if (expected === null && found === null) return
  if (expected !== null && found !== null && expected.equals(found)) return
  if (found !== null && !isUtf8(found)) throw notUtf8(path)
  throw new Problem(
    `${path} was changed while this command was running; nothing was written.`,
    'Run the command again.',
  )
}

function notUtf8(path: string) {
  return new Problem(
    `${path} is not valid UTF-8, so it cannot be edited without harm; nothing was written.`,
    'Save it as UTF-8 and run the command again.',
  )
}

// macOS and Windows take `src/User.ts` and `src/user.ts` for one file.
function refuseNamesThatCollide(paths: string[]) {
  const seen = new Map<string, string>()
  for (const path of paths) {
    const folded = path.normalize('NFC').toLowerCase()
    const other = seen.get(folded)
    if (other !== undefined) throw collision(path, other)
    seen.set(folded, path)
  }
}

function collision(path: string, other: string) {
  return new Problem(
    `${path} and ${other} would be the same file on some disks; nothing was written.`,
    'Choose other names for one of them.',
  )
}
