/**
 * Puts an app back to how it was before a run that did not finish. The same code serves a
 * failed write in the same process and a crash that is found at the next start; it can itself
 * be cut off at any point and done again.
 */
import { join } from 'node:path'
import { Problem } from '../core/problem.js'
import {
  createFile,
  disk,
  type FileSystem,
  hasCode,
  ignoring,
  syncFolder,
  type Tree,
} from './file-system.js'
import { findMissingFolders, findPlace } from './inside.js'
import {
  closeJournal,
  discardJournal,
  findStage,
  foldersOf,
  hashOf,
  hasList,
  type Journal,
  type JournalEntry,
  preImagePath,
  readJournal,
  removeStateFolderIfEmpty,
  STAGES,
  type Stage,
  temporaryPath,
} from './journal.js'

export type Recovery = 'nothing' | 'undone' | 'finished'

/** Finishes or undoes an interrupted run. Only for who holds the lock. */
export async function recover(root: string, fileSystem: FileSystem = disk): Promise<Recovery> {
  const tree = { fileSystem, root }
  const stage = await findStage(tree)

  return settle(tree, stage, stage === null ? null : await readJournal(tree, stage))
}

/** Whether a run was cut off here, for the commands that only look and must not touch. */
export async function wasInterrupted(
  root: string,
  fileSystem: FileSystem = disk,
): Promise<boolean> {
  return (await findStage({ fileSystem, root })) !== null
}

/** Brings a run that came as far as `stage` to one of its two ends. */
export async function settle(
  tree: Tree,
  stage: Stage | null,
  journal: Journal | null,
): Promise<Recovery> {
  if (stage === null) {
    await removeStateFolderIfEmpty(tree)
    return 'nothing'
  }
  if (stage === 'done') {
    await closeJournal(tree, journal?.isKept ?? false)
    return 'finished'
  }
  if (stage === 'preparing') await abandon(tree, journal)
  else await undo(tree, journal)

  return 'undone'
}

// No file was touched yet; a list that makes no sense was cut off before anything else was made.
async function abandon(tree: Tree, journal: Journal | null) {
  if (journal !== null) await clearAway(tree, journal)
  await discardJournal(tree, 'preparing')
}

async function undo(tree: Tree, journal: Journal | null) {
  if (journal !== null) await putBack(tree, journal)
  else if (await hasList(tree, 'replacing')) throw unreadableJournal()

  await discardJournal(tree, 'replacing')
}

// Every file is looked at before the first one is touched.
async function putBack(tree: Tree, journal: Journal) {
  const toRestore: number[] = []
  for (const [index, entry] of journal.entries.entries()) {
    if (await needsRestoring(tree, journal, index, entry)) toRestore.push(index)
  }
  for (const index of toRestore.reverse()) await restore(tree, journal, index)
  // Out of descriptors or room, putting the files back still counts, and going on is right.
  for (const folder of foldersOf(journal)) {
    await syncFolder(tree.fileSystem, join(tree.root, folder)).catch(() => {})
  }
  await clearAway(tree, journal)
}

async function needsRestoring(tree: Tree, journal: Journal, index: number, entry: JournalEntry) {
  const { file } = await findPlace(tree, entry.path)
  // Removed by the run, unless there is a file: then it is still there, or the owner's anew.
  if (entry.after === null) return file === null && (await hasPreImage(tree, index, entry))

  // The temporary file becomes the target by a rename, so while it is there, nothing happened.
  if ((await findPlace(tree, temporaryPath(journal, index))).file !== null) return false

  const hash = file === null ? null : hashOf(file.bytes)
  if (hash === (entry.before?.hash ?? null)) return false
  if (hash === entry.after) return entry.before === null || hasPreImage(tree, index, entry)
  if (entry.before === null && hash === null) return false
  throw new Problem(
    `A run was interrupted here, and ${entry.path} was changed since, so it cannot be undone.`,
    `Its old text is in ${STAGES.replacing}/${index}: put right what you want to keep, then delete ${STAGES.replacing}.`,
  )
}

async function hasPreImage(tree: Tree, index: number, entry: JournalEntry): Promise<true> {
  const { file } = await findPlace(tree, `${STAGES.replacing}/${index}`)
  if (file !== null && hashOf(file.bytes) === entry.before?.hash) return true
  throw new Problem(
    `The old text of ${entry.path} is missing from the journal of an interrupted run.`,
    `Restore ${entry.path} from your last commit, then delete ${STAGES.replacing}.`,
  )
}

async function restore(tree: Tree, journal: Journal, index: number) {
  const entry = journal.entries[index]
  if (entry === undefined) return
  const target = join(tree.root, entry.path)
  if (entry.before === null) return tree.fileSystem.unlink(target)

  try {
    // A move needs no room on the disk, and a full disk is the likeliest reason to be here.
    await tree.fileSystem.rename(preImagePath(tree, index), target)
  } catch (error) {
    if (!hasCode(error, 'EXDEV')) throw error
    await restoreAcrossDisks(tree, journal, index)
  }
}

async function restoreAcrossDisks(tree: Tree, journal: Journal, index: number) {
  const { fileSystem, root } = tree
  const entry = journal.entries[index]
  if (!entry?.before) return

  const bytes = await fileSystem.readFile(preImagePath(tree, index))
  const copy = join(root, temporaryPath(journal, index, 'old'))
  await ignoring(['ENOENT'], fileSystem.unlink(copy))
  await createFile(fileSystem, copy, bytes, { mode: entry.before.mode & 0o777, exactMode: true })
  await fileSystem.rename(copy, join(root, entry.path))
}

async function clearAway(tree: Tree, journal: Journal) {
  for (const index of journal.entries.keys()) {
    for (const purpose of ['tmp', 'old']) {
      const { absolute, file } = await findPlace(tree, temporaryPath(journal, index, purpose))
      if (file !== null) await tree.fileSystem.unlink(absolute)
    }
  }
  await removeFolders(tree, journal)
}

/** Folders that a run made, as far as nothing is in them. */
export async function removeFolders(tree: Tree, journal: Journal) {
  for (const folder of journal.folders.toReversed()) {
    const missing = await findMissingFolders(tree, `${folder}/x`)
    if (missing.length > 0) continue
    // Not empty: somebody else put something there in the meantime.
    await ignoring(['ENOTEMPTY', 'EEXIST'], tree.fileSystem.rmdir(join(tree.root, folder)))
  }
}

function unreadableJournal() {
  return new Problem(
    `The journal of an interrupted run, ${STAGES.replacing}, cannot be read.`,
    `Compare your files with your last commit, then delete ${STAGES.replacing}.`,
  )
}
