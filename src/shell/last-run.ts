/** The last run, as its journal tells it. It lies in the app: what it says is checked like any path. */

import type { Taken } from '../core/plan/undo-plan.js'
import { Problem } from '../core/problem.js'
import { explainFailure } from './explain.js'
import { disk, type Tree } from './file-system.js'
import { findMissingFolders, findPlace } from './inside.js'
import {
  discardLastRun,
  hashOf,
  type Journal,
  type JournalEntry,
  LAST_RUN,
  readList,
  removeStateFolderIfEmpty,
} from './journal.js'
import { removeFolders } from './recover.js'

export type LastRun = { journal: Journal; files: Taken[] }

/** The last run that can be taken back; `null` when there is none. */
export async function readLastRun(root: string): Promise<LastRun | null> {
  const tree = { fileSystem: disk, root }
  try {
    if ((await findMissingFolders(tree, `${LAST_RUN}/list.json`)).length > 0) return null
    const journal = await readList(tree, LAST_RUN)
    if (journal === null) throw unreadable()
    const files: Taken[] = []
    for (const [index, entry] of journal.entries.entries()) {
      files.push(await readFile(tree, index, entry))
    }

    return { journal, files }
  } catch (error) {
    throw explainFailure(error, root, 'Reading')
  }
}

/** There is nothing to take back any more: neither old texts nor folders of that run stay. */
export async function forgetLastRun(root: string, { journal }: LastRun): Promise<void> {
  const tree = { fileSystem: disk, root }
  await discardLastRun(tree)
  await removeFolders(tree, journal)
  await removeStateFolderIfEmpty(tree)
}

async function readFile(tree: Tree, index: number, entry: JournalEntry): Promise<Taken> {
  const { file } = await findPlace(tree, entry.path)
  const hash = file === null ? null : hashOf(file.bytes)
  const state =
    hash === entry.after ? 'written' : hash === (entry.before?.hash ?? null) ? 'back' : 'changed'

  return {
    path: entry.path,
    before: entry.before && {
      text: await preImage(tree, index, entry.before.hash),
      mode: entry.before.mode,
    },
    now: file?.bytes.toString() ?? null,
    state,
  }
}

async function preImage(tree: Tree, index: number, hash: string): Promise<string> {
  const { file } = await findPlace(tree, `${LAST_RUN}/${index}`)
  if (file === null || hashOf(file.bytes) !== hash) throw unreadable()

  return file.bytes.toString()
}

function unreadable(): Problem {
  return new Problem(
    `What the last run replaced, in ${LAST_RUN}, is incomplete, so it cannot be taken back.`,
    `Compare your files with your last commit, then delete ${LAST_RUN}.`,
  )
}
