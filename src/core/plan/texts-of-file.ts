import type { Facts } from '../facts/facts.js'
import type { Project } from '../project.js'
import { readBase } from '../record/read-record.js'
import { basePath, hashText, type RecordedFile } from '../record/record.js'
import { type Draft, type Formatted, inStyle } from '../render/formatting.js'
import type { Generated } from '../render/render-system.js'

/** What one run needs to know of a file: this version's text, and the one to merge with. */
export type TextsOfFile = { theirs: string; base: string | null; drafts: readonly Draft[] }

/**
 * This version's text and the base copy, in one style. A text that the last run formatted is
 * taken from there: a run finds the same text with the formatter installed and without it.
 */
export function textsOf(
  { path, text }: Generated,
  {
    entry,
    ours,
    known: { project, formatted, style },
  }: {
    entry: RecordedFile | undefined
    ours: string | null
    known: { project: Project; formatted: Formatted; style: Facts['style'] }
  },
): TextsOfFile {
  const asBefore = entry ? textOfLastRun(text, entry, ours, project) : null
  if (asBefore !== null) return { theirs: asBefore, base: asBefore, drafts: [] }

  const theirs = inStyle({ path, text }, formatted, style)
  if (!entry) return { theirs, base: null, drafts: [{ path, text }] }
  const base = baseOf(entry, ours, theirs, project)
  if (ours === null) return { theirs, base, drafts: [] }
  if (base === ours) return { theirs, base, drafts: [{ path, text }] }

  // The rules may have changed since: formatted alike, only what was really edited differs.
  return {
    theirs,
    base: inStyle({ path, text: base }, formatted, style),
    drafts: [
      { path, text },
      { path, text: base },
    ],
  }
}

/** What the last run made of this very text; `null` when it is new, or its base copy is lost. */
function textOfLastRun(
  text: string,
  { sha256, rendered = sha256 }: RecordedFile,
  ours: string | null,
  project: Project,
): string | null {
  if (hashText(text) !== rendered) return null
  const candidates = [text, ours, project.get(basePath(sha256))]

  return candidates.find((each) => each && hashText(each) === sha256) ?? null
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
