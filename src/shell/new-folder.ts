/** The folder of a new app: made for it, and gone again when nothing comes of it. */
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { Problem } from '../core/problem.js'
import { explainFailure } from './explain.js'

/** Refuses a folder that holds anything: a new app is never mixed into other files. */
export function refuseUnlessEmpty(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found) return
  if (found.isDirectory() && readdirSync(folder).length === 0) return

  throw new Problem(
    `${folder} ${found.isDirectory() ? 'is not empty' : 'is a file'}; nothing was written.`,
    'Choose another folder, or run create-auth scaffold in it to add auth to the app there.',
  )
}

/** Does `work` in a new folder, which does not stay when the work fails before anything is in it. */
export async function withNewFolder<Result>(
  folder: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const made = makeFolder(folder)
  try {
    return await work()
  } catch (error) {
    if (made !== undefined) removeIfEmpty(folder)
    throw error
  }
}

function makeFolder(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw explainFailure(error, folder)
  }
}

function removeIfEmpty(folder: string) {
  try {
    rmdirSync(folder)
  } catch {}
}
