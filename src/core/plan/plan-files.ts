import type { Facts } from '../facts/facts.js'
import type { Project } from '../project.js'
import { hashText, type RecordedFile } from '../record/record.js'
import type { Draft, Formatted } from '../render/formatting.js'
import type { Generated } from '../render/render-system.js'
import { sameText } from '../text.js'
import type { Operation } from './plan.js'
import { type Circumstances, type Reconciled, reconcile } from './reconcile.js'
import { type TextsOfFile, textsOf } from './texts-of-file.js'
import { isLike, isVouchedFor, type KnownTemplates } from './vouched.js'
import { withMoves } from './with-moves.js'

export type FilesPlan = {
  operations: Operation[]
  /** Paths that would change, and that the run is not about. */
  passedBy: string[]
  /** What the record will say of these files. */
  files: RecordedFile[]
  /** The texts that later runs merge with, by their hash. */
  bases: ReadonlyMap<string, string>
  /** What the app's formatter should see, if it has not yet. */
  drafts: Draft[]
}

type Known = {
  project: Project
  /** What the record says so far. */
  files: readonly RecordedFile[]
  /** Paths that other auth systems of the app use too. */
  shared: ReadonlyMap<string, RecordedFile>
  version: string
  formatted: Formatted
  style: Facts['style']
  /** Lines alone may merge. */
  strict: boolean
  /** What the texts of a template may look like. */
  known: KnownTemplates
  /** Which files the run is about. */
  isWanted: (path: string) => boolean
}

/** A generated file, and what became of its three versions alone; `null` where it was ejected. */
export type Compared = TextsOfFile & {
  file: Generated
  path: string
  entry: RecordedFile | undefined
  ours: string | null
  circumstances: Circumstances
  decided: Reconciled | null
}

/** What happens to every generated file, and to those that are no longer generated. */
export function planFiles(generated: readonly Generated[], known: Known): FilesPlan {
  const compared = generated.map((file) => compareFile(file, known))
  const wanted = followed(compared, known).map((file) => planFile(file, known))
  const templates = new Set(generated.map(({ template }) => template))
  const dropped = known.files
    .filter(({ template }) => !templates.has(template))
    .map((entry) => planDropped(entry, known))
  const planned = [...wanted, ...dropped]
  const all = planned.map((file) => (known.isWanted(file.path) ? file : asItWas(file)))

  return {
    operations: all.flatMap(({ operation }) => operation ?? []),
    passedBy: planned
      .filter(
        ({ path, operation }) => !known.isWanted(path) && operation?.before !== operation?.after,
      )
      .map(({ path }) => path),
    files: all.flatMap(({ entry }) => entry ?? []),
    bases: new Map(wanted.map(({ theirs }) => [hashText(theirs), theirs])),
    drafts: wanted.flatMap(({ drafts }) => drafts),
  }
}

type PlannedFile = {
  path: string
  operation: Operation | null
  /** What the record will say of it, and what it said. */
  entry: RecordedFile | null
  earlier: RecordedFile | null
}

function asItWas(file: PlannedFile): PlannedFile {
  return { ...file, operation: null, entry: file.earlier }
}

function compareFile(file: Generated, known: Known): Compared {
  const { template, path } = file
  const entry =
    known.files.find((candidate) => candidate.template === template) ?? known.shared.get(path)
  const ours = known.project.get(path) ?? null
  const texts = vouched(file, textsOf(file, { entry, ours, known }), known)
  const circumstances = { labels: labelsFor(entry, known.version), path, strict: known.strict }
  const three = { base: texts.base, ours, theirs: texts.theirs }
  const decided = entry?.mode === 'ejected' ? null : reconcile(three, circumstances)

  return { ...texts, file, path, entry, ours, circumstances, decided }
}

/** A base that is nothing of ours is none: what stands there is then a stranger's file. */
function vouched(
  { template }: Generated,
  { base, theirs, drafts }: TextsOfFile,
  { known }: Known,
): TextsOfFile {
  const isOurs =
    base === null ||
    base === '' ||
    sameText(base, theirs) ||
    isLike(base, theirs) ||
    isVouchedFor(base, template, known)

  return { theirs, drafts, base: isOurs ? base : null }
}

/** What one file lost to another is looked at in both, where the run is about both. */
function followed(
  compared: readonly Compared[],
  { isWanted, shared, strict }: Known,
): readonly Compared[] {
  const isHere = ({ path }: Compared) => isWanted(path) && !shared.has(path)

  return strict ? compared : withMoves(compared, isHere)
}

function planFile(
  { file, entry, ours, base, theirs, drafts, decided }: Compared,
  known: Known,
): PlannedFile & { theirs: string; drafts: readonly Draft[] } {
  const { template, path } = file
  if (entry && decided === null)
    return { ...keepEjected(entry, ours, { base, theirs }), theirs, drafts }
  if (decided === null) throw new Error(`Nothing was decided about ${path}.`)
  const isResolved = entry?.mode === 'conflict' && decided.verb === 'identical'
  const versions = base === null ? {} : { versions: { base, theirs } }
  const isBehind = entry !== undefined && base !== null && !sameText(base, theirs)

  return {
    path,
    earlier: known.files.find((candidate) => candidate.template === template) ?? null,
    operation: {
      ...toOperation(path, ours, decided),
      ...(isResolved ? { note: 'conflict resolved' } : {}),
      ...versions,
      ...(isBehind ? { behind: entry.version } : {}),
    },
    entry: nextEntry(decided, file, theirs, {
      entry: entry ?? null,
      ours,
      version: known.version,
    }),
    theirs,
    drafts,
  }
}

function keepEjected(
  entry: RecordedFile,
  ours: string | null,
  { base, theirs }: { base: string | null; theirs: string },
): PlannedFile {
  const isBehind = base !== null && !sameText(base, theirs)
  const news = isBehind ? { note: 'changed in this version', behind: entry.version } : {}
  const versions = base === null ? {} : { versions: { base, theirs } }

  return {
    path: entry.path,
    entry,
    earlier: entry,
    operation: {
      verb: 'ejected',
      path: entry.path,
      before: ours,
      after: ours,
      ...news,
      ...versions,
    },
  }
}

function planDropped(
  entry: RecordedFile,
  { project, shared, known: templates }: Known,
): PlannedFile {
  const ours = project.get(entry.path) ?? null
  const known = { path: entry.path, earlier: entry }
  if (entry.mode === 'ejected') return { ...known, operation: null, entry }
  if (ours === null || shared.has(entry.path)) return { ...known, operation: null, entry: null }

  const isOurs = hashText(ours) === entry.sha256
  const base = isOurs && isVouchedFor(ours, entry.template, templates) ? ours : null
  const labels = labelsFor(entry, entry.version)
  const decided = reconcile({ base, ours, theirs: null }, { labels })

  return {
    ...known,
    operation: {
      ...toOperation(entry.path, ours, decided),
      ...(isOurs && base === null ? { note: 'yours: nothing that create-auth wrote' } : {}),
    },
    // Kept in the record, so that asking for the feature again merges instead of refusing.
    entry: decided.verb === 'kept' ? { ...entry, mode: 'kept' } : null,
  }
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
  { after, ...decided }: Reconciled,
): Operation {
  return { ...decided, path, before, after }
}

function nextEntry(
  { verb, after }: Reconciled,
  { template, path, text }: Generated,
  theirs: string,
  { entry, ours, version }: { entry: RecordedFile | null; ours: string | null; version: string },
): RecordedFile | null {
  const [rendered, sha256] = [text, theirs].map(hashText) as [string, string]
  const written = {
    ...{ template, path, version, sha256 },
    ...(rendered === sha256 ? {} : { rendered }),
  }
  if (verb === 'taken') return null
  if (entry === null) return { ...written, mode: 'managed' }
  if (verb === 'deleted') return { ...entry, template, mode: 'deleted' }
  if (verb !== 'conflict') return { ...written, mode: 'managed' }
  // Markers from before: what this version brings waits until they are gone.
  if (after === ours) return entry

  return { ...written, version: entry.version, mode: 'conflict' }
}
