import type { Operation } from './plan.js'
import type { Project } from './project.js'
import { readBase } from './read-record.js'
import { type Reconciled, reconcile } from './reconcile.js'
import { basePath, hashText, type RecordedFile } from './record.js'
import type { Generated } from './render-system.js'

export type FilesPlan = {
  operations: Operation[]
  /** What the record will say of these files. */
  files: RecordedFile[]
  /** The texts that later runs merge with, by their hash. */
  bases: ReadonlyMap<string, string>
}

type Known = {
  project: Project
  /** What the record says so far. */
  files: readonly RecordedFile[]
  /** Paths that other auth systems of the app use too. */
  shared: ReadonlyMap<string, RecordedFile>
  version: string
}

/** What happens to every generated file, and to those that are no longer generated. */
export function planFiles(generated: readonly Generated[], known: Known): FilesPlan {
  const wanted = generated.map((file) => planFile(file, known))
  const templates = new Set(generated.map(({ template }) => template))
  const dropped = known.files
    .filter(({ template }) => !templates.has(template))
    .map((entry) => planDropped(entry, known))
  const all = [...wanted, ...dropped]

  return {
    operations: all.flatMap(({ operation }) => operation ?? []),
    files: all.flatMap(({ entry }) => entry ?? []),
    bases: new Map(generated.map(({ text }) => [hashText(text), text])),
  }
}

type PlannedFile = { operation: Operation | null; entry: RecordedFile | null }

function planFile(file: Generated, known: Known): PlannedFile {
  const { template, path, text: theirs } = file
  const entry =
    known.files.find((candidate) => candidate.template === template) ?? known.shared.get(path)
  const ours = known.project.get(path) ?? null
  const base = entry ? baseOf(entry, ours, theirs, known.project) : null
  const decided = reconcile({ base, ours, theirs }, labelsFor(entry, known.version))
  const isResolved = entry?.mode === 'conflict' && decided.verb === 'identical'

  return {
    operation: toOperation(path, ours, {
      ...decided,
      ...(isResolved ? { note: 'conflict resolved' } : {}),
    }),
    entry: nextEntry(decided, file, { entry: entry ?? null, ours, version: known.version }),
  }
}

function planDropped(entry: RecordedFile, { project, shared }: Known): PlannedFile {
  const ours = project.get(entry.path) ?? null
  if (ours === null || shared.has(entry.path)) return { operation: null, entry: null }

  const base = hashText(ours) === entry.sha256 ? ours : null
  const decided = reconcile({ base, ours, theirs: null }, labelsFor(entry, entry.version))

  return {
    operation: toOperation(entry.path, ours, decided),
    // Kept in the record, so that asking for the feature again merges instead of refusing.
    entry: decided.verb === 'kept' ? { ...entry, mode: 'kept' } : null,
  }
}

/** The copy in the record is only needed where neither side is the base itself. */
function baseOf(
  entry: RecordedFile,
  ours: string | null,
  theirs: string,
  project: Project,
): string {
  if (hashText(theirs) === entry.sha256) return theirs
  if (ours === null) return project.get(basePath(entry.sha256)) ?? ''
  if (hashText(ours) === entry.sha256) return ours

  return readBase(project, entry)
}

function labelsFor(entry: RecordedFile | undefined, version: string) {
  return {
    ours: 'yours',
    base: `create-auth ${entry?.version ?? version}`,
    theirs: `create-auth ${version}`,
  }
}

function toOperation(
  path: string,
  before: string | null,
  { verb, after, note }: Reconciled,
): Operation {
  return { verb, path, before, after, ...(note === undefined ? {} : { note }) }
}

function nextEntry(
  { verb, after }: Reconciled,
  { template, path, text }: Generated,
  { entry, ours, version }: { entry: RecordedFile | null; ours: string | null; version: string },
): RecordedFile | null {
  const written = { template, path, version, sha256: hashText(text) }
  if (verb === 'taken') return null
  if (entry === null) return { ...written, mode: 'managed' }
  if (verb === 'deleted') return { ...entry, template, mode: 'deleted' }
  if (verb !== 'conflict') return { ...written, mode: 'managed' }
  // Markers from before: what this version brings waits until they are gone.
  if (after === ours) return entry

  return { ...written, version: entry.version, mode: 'conflict' }
}
