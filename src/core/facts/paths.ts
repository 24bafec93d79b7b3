import { posix } from 'node:path'

/** The folder of a path, `''` for the app's root. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path)

  return folder === '.' ? '' : folder
}

/** A path from the app's root for one that was written relative to a folder. */
export function joined(...parts: string[]): string {
  const path = posix.join(...parts).replace(/\/$/, '')

  return path === '.' ? '' : path
}

export function baseName(path: string): string {
  return posix.basename(path)
}

export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}
