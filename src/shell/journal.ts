/**
 * The journal of a run that is being written. Its folder's name says how far the run came,
 * and every step from one name to the next is a single rename, so that a crash is always on
 * one side of it:
 *
 *     .create-auth/journal.new    new texts are laid beside their targets; no file is touched yet
 *     .create-auth/journal        files are being replaced; the old bytes are in here
 *     .create-auth/journal.done   every file is in place; only this folder is left to remove
 *     .create-auth/journal.last   the last run that can be taken back; git ignores it
 */
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { createFile, ignoring, statOrNull, syncFolder, type Tree } from './file-system.js'
import { findMissingFolders, isInside } from './inside.js'

export const STATE_FOLDER = '.create-auth'
export const STAGES = {
  preparing: `${STATE_FOLDER}/journal.new`,
  replacing: `${STATE_FOLDER}/journal`,
  done: `${STATE_FOLDER}/journal.done`,
} as const

export type Stage = keyof typeof STAGES

/** Where the journal of the last run is kept, for `undo`. */
export const LAST_RUN = `${STATE_FOLDER}/journal.last`

export type Journal = {
  /** Random, part of the names of the temporary files. */
  id: string
  /** Folders that the run creates, outermost first. */
  folders: string[]
  entries: JournalEntry[]
  /** Whether the old bytes stay when all is done, so that the run can be taken back. */
  isKept: boolean
}

export type JournalEntry = {
  path: string
  /** The file before the run; its bytes are in the journal under the entry's index. */
  before: { hash: string; mode: number } | null
  /** Hash of the bytes that the run puts there, `null` when it removes the file. */
  after: string | null
}

const LIST = 'list.json'

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Where an entry's new text waits, in the folder of its target so that a rename can move it. */
export function temporaryPath(journal: Journal, index: number, purpose = 'tmp'): string {
  const folder = dirname(journal.entries[index]?.path ?? '')
  const name = `.create-auth-${journal.id}-${index}.${purpose}`

  return folder === '.' ? name : `${folder}/${name}`
}

export function preImagePath({ root }: Tree, index: number): string {
  return join(root, STAGES.replacing, String(index))
}

/** Writes the list first and the old bytes after it, so that litter can always be traced. */
export async function createJournal(tree: Tree, journal: Journal, preImages: (Buffer | null)[]) {
  const { fileSystem, root } = tree
  const folder = join(root, STAGES.preparing)

  await ignoring(['EEXIST'], fileSystem.mkdir(join(root, STATE_FOLDER)))
  await fileSystem.mkdir(folder)
  const list = Buffer.from(JSON.stringify(journal))
  await createFile(fileSystem, join(folder, LIST), list, { mode: 0o600, exactMode: true })
  for (const [index, bytes] of preImages.entries()) {
    const mode = journal.entries[index]?.before?.mode
    if (bytes === null || mode === undefined) continue
    await createFile(fileSystem, join(folder, String(index)), bytes, { mode, exactMode: true })
  }
  await syncFolder(fileSystem, folder)
  await syncFolder(fileSystem, join(root, STATE_FOLDER))
}

export async function moveJournal({ fileSystem, root }: Tree, from: Stage, to: Stage) {
  await fileSystem.rename(join(root, STAGES[from]), join(root, STAGES[to]))
  await syncFolder(fileSystem, join(root, STATE_FOLDER))
}

/** How far an interrupted run came, `null` when there was none. */
export async function findStage(tree: Tree): Promise<Stage | null> {
  for (const stage of ['done', 'replacing', 'preparing'] as const) {
    // Also refuses a journal that is, or lies behind, a symbolic link.
    const missing = await findMissingFolders(tree, `${STAGES[stage]}/${LIST}`)
    if (missing.length === 0) return stage
  }

  return null
}

/** The journal's list; `null` when there is none or it makes no sense. */
export async function readJournal(tree: Tree, stage: Stage): Promise<Journal | null> {
  return readList(tree, STAGES[stage])
}

/** The list of a journal in whichever folder. */
export async function readList(
  { fileSystem, root }: Tree,
  folder: string,
): Promise<Journal | null> {
  const path = join(root, folder, LIST)
  if (!(await statOrNull(fileSystem, path))?.isFile()) return null

  try {
    const journal: unknown = JSON.parse((await fileSystem.readFile(path)).toString())
    return isJournal(journal) ? { ...journal, isKept: journal.isKept === true } : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Whether the list is there at all: it is the first thing to go when a journal is removed. */
export async function hasList({ fileSystem, root }: Tree, stage: Stage): Promise<boolean> {
  return (await statOrNull(fileSystem, join(root, STAGES[stage], LIST))) !== null
}

/** All is in place: the journal goes, or waits for an `undo` in place of the one before it. */
export async function closeJournal(tree: Tree, isKept: boolean) {
  if (!isKept) return discardJournal(tree, 'done')

  const { fileSystem, root } = tree
  const ignore = join(root, STAGES.done, '.gitignore')
  await ignoring(['EEXIST'], createFile(fileSystem, ignore, IGNORE_ALL, FOR_ALL))
  await discardLastRun(tree)
  await fileSystem.rename(join(root, STAGES.done), join(root, LAST_RUN))
  await syncFolder(fileSystem, join(root, STATE_FOLDER))
}

// Old bytes may be those of a `.env`.
const IGNORE_ALL = Buffer.from('*\n')
const FOR_ALL = { mode: 0o644, exactMode: false }

export async function discardLastRun(tree: Tree) {
  const missing = await findMissingFolders(tree, `${LAST_RUN}/${LIST}`)
  if (missing.length === 0) await discardFolder(tree, LAST_RUN)
}

export async function discardJournal(tree: Tree, stage: Stage) {
  await discardFolder(tree, STAGES[stage])
  await removeStateFolderIfEmpty(tree)
}

async function discardFolder({ fileSystem, root }: Tree, path: string) {
  const folder = join(root, path)

  await ignoring(['ENOENT'], fileSystem.unlink(join(folder, LIST)))
  for (const name of await fileSystem.readdir(folder)) await fileSystem.unlink(join(folder, name))
  await fileSystem.rmdir(folder)
}

/** A run that writes nothing leaves nothing; an empty folder that stays is no reason to fail. */
export async function removeStateFolderIfEmpty({ fileSystem, root }: Tree) {
  await fileSystem.rmdir(join(root, STATE_FOLDER)).catch(() => {})
}

/** Every folder in which the run changes a name. */
export function foldersOf({ entries, folders }: Journal): string[] {
  return [...new Set([...folders, ...entries.map(({ path }) => path)].map(dirname))]
}

// A journal can come with a cloned repository: it is data from a stranger.
function isJournal(value: unknown): value is Journal {
  if (!isRecord(value)) return false
  const { id, folders, entries } = value
  if (typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id)) return false
  if (!Array.isArray(folders) || !folders.every(isPath)) return false

  return Array.isArray(entries) && entries.every(isEntry)
}

function isEntry(value: unknown): boolean {
  if (!isRecord(value) || !isPath(value.path)) return false
  const { before, after } = value
  if (after !== null && typeof after !== 'string') return false
  if (before === null) return after !== null

  return isRecord(before) && typeof before.hash === 'string' && Number.isInteger(before.mode)
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && isInside(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
