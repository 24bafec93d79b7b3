/**
 * Conflicts as git knows them: the three texts of a file as stages 1, 2 and 3 of the index, so
 * that an editor opens its merge view and `git mergetool` works. Objects and index entries of
 * these files are all that is written; no commit, no reference and no file is touched, and a
 * git that refuses is no reason to fail: the markers are in the file.
 */
import { plain } from '../core/text.js'
import { git } from './git.js'

export type Conflict = {
  path: string
  base: string
  ours: string
  theirs: string
}

type Entry = { mode: string; object: string; stage: string; path: string }

/** Tells git about files that hold markers now. */
export async function markConflicts(root: string, conflicts: readonly Conflict[]): Promise<void> {
  const lines: string[] = []
  for (const conflict of conflicts) lines.push(...(await linesFor(root, conflict)))
  await updateIndex(root, lines)
}

/** Files with stages in the index, relative to the app. */
export async function unmergedPaths(root: string): Promise<string[]> {
  const output = await git(root, ['ls-files', '-u', '-z', '--', '.'])

  return [...new Set(parseEntries(output ?? '').map(({ path }) => path))]
}

/** Takes the stages of files away whose text is again what stage 2 says. */
export async function clearConflicts(root: string, files: ReadonlyMap<string, string>) {
  const lines: string[] = []
  for (const [path, text] of files) {
    const entries = await entriesOf(root, path)
    const ours = entries.find(({ stage }) => stage === '2')
    if (!ours || (await shapeInGit(root, text, ours)) === null) continue
    lines.push(removal(ours), `${ours.mode} ${ours.object} 0\t${ours.path}`)
  }
  await updateIndex(root, lines)
}

/**
 * Only where the index holds the very text that was merged: what somebody staged on the way to
 * a commit is theirs, and a file that git does not know yet has no stages.
 */
async function linesFor(root: string, { path, base, ours, theirs }: Conflict): Promise<string[]> {
  const [entry, ...others] = await entriesOf(root, path)
  if (!entry || others.length > 0) return []
  const inShape = await shapeInGit(root, ours, entry)
  if (inShape === null) return []
  const objects = await Promise.all([base, theirs].map((text) => write(root, inShape(text))))
  if (objects.includes(null)) return []
  const [first, third] = objects
  const staged = [first, entry.object, third].map(
    (object, index) => `${entry.mode} ${object} ${index + 1}\t${entry.path}`,
  )

  return [removal(entry), ...staged]
}

/** Git keeps plain line ends of files that have others on this disk. */
async function shapeInGit(root: string, text: string, { object }: Entry) {
  for (const shape of [(it: string) => it, plain]) {
    if ((await hash(root, shape(text))) === object) return shape
  }

  return null
}

async function entriesOf(root: string, path: string): Promise<Entry[]> {
  const args = ['ls-files', '-s', '-z', '--full-name', '--', `:(literal)${path}`]

  return parseEntries((await git(root, args)) ?? '')
}

function parseEntries(output: string): Entry[] {
  return [...output.matchAll(/(\d+) ([0-9a-f]+) (\d)\t([^\0]+)\0/g)].map(
    ([, mode = '', object = '', stage = '', path = '']) => ({ mode, object, stage, path }),
  )
}

// The text as it is: no filter of the repository's settings has a say in a comparison.
const HASH = ['hash-object', '--no-filters', '--stdin']

function hash(root: string, text: string): Promise<string | null> {
  return git(root, HASH, text).then(trimmed)
}

function write(root: string, text: string): Promise<string | null> {
  return git(root, [...HASH, '-w'], text).then(trimmed)
}

function trimmed(output: string | null): string | null {
  return output?.trim() ?? null
}

function removal({ object, path }: Entry): string {
  return `0 ${'0'.repeat(object.length)} 0\t${path}`
}

async function updateIndex(root: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  await git(root, ['update-index', '-z', '--index-info'], lines.map((line) => `${line}\0`).join(''))
}
