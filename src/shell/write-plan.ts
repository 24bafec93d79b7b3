/**
 * Writes a plan, all of it or nothing. Whatever stops it (an error, a signal, the plug), the
 * app is afterwards as it was before or as the plan says, byte for byte; journal.ts tells how.
 */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Operation } from '../core/plan/plan.js'
import { type Change, checkChanges, refuseIfChanged } from './changes.js'
import { explainFailure, explainHalfway } from './explain.js'
import { createFile, disk, type FileSystem, syncFolder, type Tree } from './file-system.js'
import { Interrupted, onInterrupt } from './interrupt.js'
import {
  closeJournal,
  createJournal,
  findStage,
  foldersOf,
  hashOf,
  type Journal,
  moveJournal,
  STATE_FOLDER,
  temporaryPath,
} from './journal.js'
import { recover, settle } from './recover.js'

type Work = { tree: Tree; journal: Journal; changes: Change[]; stopIfInterrupted: () => void }

/** Writes what differs between `before` and `after`; `isKept` for a run that `undo` can take back. Only for who holds the lock. */
export async function writePlan(
  root: string,
  operations: readonly Operation[],
  { fileSystem = disk, isKept = false }: { fileSystem?: FileSystem; isKept?: boolean } = {},
): Promise<void> {
  if (operations.every(({ before, after }) => before === after)) return

  let interrupted = false
  const stopListening = onInterrupt(() => {
    interrupted = true
  })
  const stopIfInterrupted = (message?: string) => {
    if (interrupted) throw new Interrupted(message)
  }
  try {
    await write({ fileSystem, root }, { operations, isKept }, () => stopIfInterrupted())
    stopIfInterrupted('Interrupted; the files had all been written by then.')
  } catch (error) {
    throw explainFailure(error, root)
  } finally {
    stopListening()
  }
}

type Order = { operations: readonly Operation[]; isKept: boolean }

async function write(tree: Tree, { operations, isKept }: Order, stopIfInterrupted: () => void) {
  await recover(tree.root, tree.fileSystem)
  const changes = await checkChanges(tree, operations)
  const journal = journalOf(changes, isKept)
  const work = { tree, changes, journal, stopIfInterrupted }

  try {
    await prepare(work)
    await replace(work)
  } catch (error) {
    await goBack(work, error)
  }
  // Everything is in place: what cannot be cleared away now is cleared away at the next start.
  await closeJournal(tree, isKept).catch(() => {})
}

function journalOf(changes: Change[], isKept: boolean): Journal {
  const folders = new Set(changes.flatMap(({ missingFolders }) => missingFolders))
  // The journal itself stands in there, so it comes and goes with the journal.
  folders.delete(STATE_FOLDER)

  return {
    id: randomBytes(8).toString('hex'),
    isKept,
    folders: [...folders],
    entries: changes.map(({ path, before, after }) => ({
      path,
      before: before && { hash: hashOf(before.bytes), mode: before.mode },
      after: after && hashOf(after),
    })),
  }
}

async function prepare({ tree, journal, changes, stopIfInterrupted }: Work) {
  const { fileSystem, root } = tree
  const preImages = changes.map(({ before }) => before?.bytes ?? null)

  await createJournal(tree, journal, preImages)
  for (const folder of journal.folders) await fileSystem.mkdir(join(root, folder))
  for (const [index, { after, mode, before }] of changes.entries()) {
    stopIfInterrupted()
    if (after === null) continue
    const path = join(root, temporaryPath(journal, index))
    await createFile(fileSystem, path, after, { mode, exactMode: before !== null })
  }
  await moveJournal(tree, 'preparing', 'replacing')
}

async function replace({ tree, journal, changes, stopIfInterrupted }: Work) {
  const { fileSystem, root } = tree
  for (const [index, change] of changes.entries()) {
    stopIfInterrupted()
    await refuseIfChanged(tree, change)
    const target = join(root, change.path)
    if (change.after === null) await fileSystem.unlink(target)
    else await fileSystem.rename(join(root, temporaryPath(journal, index)), target)
  }
  for (const folder of foldersOf(journal)) await syncFolder(fileSystem, join(root, folder))
  await moveJournal(tree, 'replacing', 'done')
}

/** Throws `error` after going back, unless the last step was done and there is no way back. */
async function goBack({ tree, journal }: Work, error: unknown) {
  try {
    const stage = await findStage(tree)
    if (stage === 'done') return
    await settle(tree, stage, journal)
  } catch (second) {
    throw explainHalfway(error, second, tree.root)
  }
  throw error
}
