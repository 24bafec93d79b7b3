import type { Stats } from 'node:fs'
import { lstat, mkdir, open, readdir, readFile, rename, rmdir, unlink } from 'node:fs/promises'

/**
 * The calls that writing needs, few enough that a test can make each one fail, or pull the
 * plug at each one.
 */
export type FileSystem = {
  lstat(path: string): Promise<Stats>
  readFile(path: string): Promise<Buffer>
  readdir(path: string): Promise<string[]>
  mkdir(path: string): Promise<unknown>
  open(path: string, flags: string, mode?: number): Promise<OpenFile>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  rmdir(path: string): Promise<void>
}

export type OpenFile = {
  writeFile(bytes: Buffer): Promise<void>
  chmod(mode: number): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/** An app's folder, and the calls to reach it by. */
export type Tree = { fileSystem: FileSystem; root: string }

export const disk: FileSystem = { lstat, mkdir, open, readdir, readFile, rename, rmdir, unlink }

/** What there is at a path, without following a link; `null` when there is nothing. */
export async function statOrNull(fileSystem: FileSystem, path: string): Promise<Stats | null> {
  try {
    return await fileSystem.lstat(path)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * Writes a file that must not exist yet, down to the disk. `wx` never follows a link that
 * somebody put there first. With `exactMode` the permission bits ignore the umask.
 */
export async function createFile(
  fileSystem: FileSystem,
  path: string,
  bytes: Buffer,
  { mode, exactMode }: { mode: number; exactMode: boolean },
) {
  const file = await fileSystem.open(path, 'wx', mode)
  try {
    if (exactMode) await file.chmod(mode)
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the names in a folder durable: a rename counts only once its folder is on the disk. */
export async function syncFolder(fileSystem: FileSystem, path: string) {
  // Windows cannot open a folder, and needs no such call.
  if (process.platform === 'win32') return

  const folder = await fileSystem.open(path, 'r')
  try {
    await folder.sync()
  } catch (error) {
    // Some network and user-space file systems know no fsync for folders.
    if (!hasCode(error, 'EINVAL', 'ENOTSUP', 'EBADF')) throw error
  } finally {
    await folder.close()
  }
}

/** Does `action`, content when there was nothing to do it to. */
export async function ignoring(codes: string[], action: Promise<unknown>) {
  try {
    await action
  } catch (error) {
    if (!hasCode(error, ...codes)) throw error
  }
}

export function hasCode(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
