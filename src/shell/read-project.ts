/**
 * Reads an app's text files into memory: the only look the command takes at its disk. It is
 * in the way of every command, so it reads synchronously (several times faster from a cold
 * start than a promise per file) and only what somebody may ask about.
 */
import { isUtf8 } from 'node:buffer'
import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../core/problem.js'
import type { Project } from '../core/project.js'
import { holdsOthersFiles, isLockFile, isWorthReading, LARGEST_FILE } from './worth-reading.js'

export type ReadProject = {
  project: Project
  /**
   * Files that are there but whose bytes are not the text in `project`: not valid UTF-8, too
   * large, or closed to us. They may be looked at, never edited. Folders that cannot be
   * listed are named here too.
   */
  unreadable: string[]
  /** Symbolic links, to files and to folders. They are not followed and never written through. */
  links: Set<string>
}

type Reading = {
  root: string
  project: Map<string, string>
  unreadable: string[]
  links: Set<string>
}

export async function readProject(root: string): Promise<ReadProject> {
  refuseUnlessFolder(root)

  const reading: Reading = { root, project: new Map(), unreadable: [], links: new Set() }
  readFolder(reading, '')

  return reading
}

function readFolder(reading: Reading, folder: string) {
  for (const entry of list(reading, folder)) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`

    if (entry.isSymbolicLink()) reading.links.add(path)
    else if (entry.isDirectory() && !holdsOthersFiles(path)) readFolder(reading, path)
    else if (entry.isFile() && isWorthReading(path)) readFile(reading, path)
  }
}

// The order of a listing differs between disks; what is made of it must not.
function list({ root, unreadable }: Reading, folder: string): Dirent[] {
  try {
    const entries = readdirSync(join(root, folder), { withFileTypes: true })

    return entries.sort((one, other) => (one.name < other.name ? -1 : 1))
  } catch {
    // A database's folder often belongs to another user.
    if (folder === '') throw closed(root)
    unreadable.push(folder)

    return []
  }
}

function readFile({ root, project, unreadable }: Reading, path: string) {
  if (isLockFile(path)) {
    project.set(path, '')
    return
  }

  const bytes = readBytes(join(root, path))
  if (bytes === null || !isUtf8(bytes)) unreadable.push(path)
  // Unlike TextDecoder, this keeps a byte order mark as the first character.
  project.set(path, bytes?.toString('utf8') ?? '')
}

function readBytes(path: string): Buffer | null {
  try {
    return lstatSync(path).size > LARGEST_FILE ? null : readFileSync(path)
  } catch {
    return null
  }
}

export function refuseUnlessFolder(root: string): void {
  if (lstatSync(join(root, '.'), { throwIfNoEntry: false })?.isDirectory()) return
  throw new Problem(`There is no folder ${root}.`, 'Pass the folder of your app with --cwd.', 2)
}

function closed(root: string) {
  return new Problem(
    `${root} cannot be read.`,
    'Make it readable for you and run the command again.',
  )
}
