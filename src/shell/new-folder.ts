/** The folder of a new app: made for it, and gone again when nothing comes of it. */
import { mkdirSync, readdirSync, rmdirSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../core/problem.js'
import { explainFailure } from './explain.js'
import { hasCode } from './file-system.js'

/** Refuses a folder that holds anything: a new app is never mixed into other files. */
export function refuseUnlessEmpty(folder: string): void {
  const objection = objectionTo(folder)
  if (objection === null) return

  throw new Problem(
    `${objection}; nothing was written.`,
    'Choose another folder, or run create-auth scaffold in it to add auth to the app there.',
  )
}

function objectionTo(folder: string): string | null {
  const found = statOrNull(folder)
  if (found?.isFile()) return `${folder} is a file`
  if (found !== null) return isEmpty(folder) ? null : `${folder} is not empty`

  // Not there, perhaps because a folder above it is a file.
  const above = nearestAbove(folder)

  return statOrNull(above)?.isDirectory() ? null : `${above} is a file`
}

function nearestAbove(folder: string): string {
  const above = dirname(folder)

  return statOrNull(above) !== null || above === folder ? above : nearestAbove(above)
}

function statOrNull(path: string): Stats | null {
  try {
    return statSync(path)
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null
    throw explainFailure(error, path)
  }
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch (error) {
    throw explainFailure(error, folder)
  }
}

/** Does `work` in a new folder, which does not stay when the work fails before anything is in it. */
export async function withNewFolder<Result>(
  folder: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const outermost = makeFolder(folder)
  try {
    return await work()
  } catch (error) {
    if (outermost !== undefined) removeEmptyFolders(folder, outermost)
    throw error
  }
}

/** The outermost folder that had to be made for it, if any. */
function makeFolder(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw explainFailure(error, folder)
  }
}

function removeEmptyFolders(folder: string, outermost: string) {
  try {
    rmdirSync(folder)
  } catch {
    return
  }
  if (folder !== outermost) removeEmptyFolders(dirname(folder), outermost)
}
