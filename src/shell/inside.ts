/**
 * The one way from a path of the project to a path on the disk. A plan is made from files
 * that anybody can send us (a record, a tsconfig, a schema), so every path is judged here:
 * it stays inside the app, passes through no symbolic link, and never enters `.git`, where a
 * file is a program that runs at the next commit.
 */
import { join } from 'node:path'
import { Problem } from '../core/problem.js'
import { isSafePath } from '../core/record/safe-path.js'
import { statOrNull, type Tree } from './file-system.js'

export type FileOnDisk = { bytes: Buffer; mode: number }

export type Place = {
  absolute: string
  /** The regular file that is there now, if any. */
  file: FileOnDisk | null
  /** Folders on the way that do not exist yet, outermost first, relative to the root. */
  missingFolders: string[]
}

export async function findPlace(tree: Tree, path: string): Promise<Place> {
  const absolute = join(tree.root, path)
  const missingFolders = await findMissingFolders(tree, path)
  if (missingFolders.length > 0) return { absolute, file: null, missingFolders }

  const found = await statOrNull(tree.fileSystem, absolute)
  if (found === null) return { absolute, file: null, missingFolders }
  if (found.isSymbolicLink()) throw refusal(path, 'it is a symbolic link')
  if (!found.isFile()) throw refusal(path, 'something that is not a file stands there')

  const bytes = await tree.fileSystem.readFile(absolute)

  return { absolute, file: { bytes, mode: found.mode & 0o7777 }, missingFolders }
}

/** The folders above `path` that do not exist yet, after making sure of those that do. */
export async function findMissingFolders(tree: Tree, path: string): Promise<string[]> {
  if (!isInside(path)) throw outside(path)

  const missing: string[] = []
  for (const folder of foldersAbove(path)) {
    const found = await statOrNull(tree.fileSystem, join(tree.root, folder))
    if (found === null) missing.push(folder)
    else if (found.isSymbolicLink()) throw refusal(path, `${folder} is a symbolic link`)
    else if (!found.isDirectory()) throw refusal(path, `${folder} is not a folder`)
  }

  return missing
}

/** Whether a path, as text, can only mean a file inside the app. */
export function isInside(path: string): boolean {
  // Windows drops trailing dots and spaces, so that `.git.` is `.git` there.
  return isSafePath(path) && isSafePath(path.replace(/[. ]+(?=\/|$)/g, ''))
}

/** `src` and `src/a` for `src/a/b.ts`. */
export function foldersAbove(path: string): string[] {
  const names = path.split('/').slice(0, -1)

  return names.map((_, index) => names.slice(0, index + 1).join('/'))
}

function outside(path: string) {
  return new Problem(
    `${JSON.stringify(path)} is not a path inside this app, so nothing was changed.`,
    'Look where that path comes from: the names you gave, tsconfig.json or .create-auth.',
  )
}

function refusal(path: string, reason: string) {
  return new Problem(
    `${path} cannot be written, because ${reason}; nothing was changed.`,
    'Put a regular file or folder in its place and run the command again.',
  )
}
