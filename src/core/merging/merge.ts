import { plain, shapeLike, shapeOf } from '../text.js'
import { mergeAttributes } from './attributes.js'
import { mergeClassLists } from './class-lists.js'
import { mergeConditions } from './conditions.js'
import { type Document, isKnownKind, readDocument } from './document.js'
import { isSound, keepsNames, keepsWords } from './guard.js'
import { mergeImports } from './imports.js'
import { compareLines, mergeLines } from './lines.js'
import { type Labels, markConflict } from './markers.js'
import { byLines, type MergeText, mergeKeys, mergeMembers } from './members.js'
import { mergePositions } from './positions.js'
import { withNewNames, withOwnersNames } from './renames.js'
import { settle } from './settle.js'
import { mergeStatements } from './statements.js'
import { inOwnersStyle } from './style.js'
import { mergeUnordered } from './unordered.js'
import { allOf, each, oneSided, type Three, type Versions } from './versions.js'
import { mergeWords } from './words.js'
import { mergeInsideTry } from './wrapped.js'

export type { Labels, Versions }

/**
 * Three versions of one file become one. Each way of merging is a rung: the next is asked only
 * where the one above leaves a conflict, and the report names the one that answered.
 */
export type Merged =
  | { kind: 'clean'; text: string; rung: Rung }
  | { kind: 'conflict'; text: string; places: number }

export type Rung = 'lines' | 'renames' | 'formatting' | 'imports' | 'names' | 'words' | 'moves'

export type MergeOptions = {
  /** Lines alone decide, in whosever formatting; what needs more is a conflict. */
  strict?: boolean
}

/** Makes some of the places alike that the versions differ in; `null` where it can do nothing. */
type Step = { rung: Rung; settle: (documents: Three<Document>) => Versions | null }

const byWords: MergeText = (documents, ranges) =>
  byLines(documents, ranges) ?? mergeWords(documents, ranges)

const LADDER: readonly Step[] = [
  { rung: 'formatting', settle: inOwnersStyle },
  { rung: 'imports', settle: mergeImports },
  { rung: 'words', settle: mergeInsideTry },
  { rung: 'names', settle: (documents) => mergeNamed(documents, byLines) },
  { rung: 'names', settle: mergePageAttributes },
  { rung: 'words', settle: mergeClassLists },
  { rung: 'words', settle: mergeConditions },
  { rung: 'words', settle: mergePositions },
  { rung: 'names', settle: (documents) => mergeUnordered(documents, byWords) },
  { rung: 'words', settle: settleHunks },
  { rung: 'words', settle: (documents) => mergeNamed(documents, byWords) },
  { rung: 'words', settle: (documents) => mergeStatements(documents, byWords) },
]

const LINES_ONLY = LADDER.filter(({ rung }) => rung === 'formatting')

/** Merges what changed from `base` to `theirs` into `ours`, whose line ends and BOM are kept. */
export function merge(
  versions: Versions,
  labels: Labels,
  path = '',
  { strict = false }: MergeOptions = {},
): Merged {
  const merged = climb(each(versions, plain), { labels, path, strict })

  return { ...merged, text: shapeLike(merged.text, shapeOf(versions.ours)) }
}

type Climb = { labels: Labels; path: string; strict: boolean }

function climb(versions: Versions, { labels, path, strict }: Climb): Merged {
  const side = oneSided(versions)
  if (side) return { kind: 'clean', text: versions[side], rung: 'lines' }
  const lines = mergeLines(versions)
  const documents = isKnownKind(path) ? readAll(path, versions) : null
  const merged = lines === null ? null : readDocument(path, lines)
  if (lines !== null && (documents === null || (merged && keepsNames(merged, documents)))) {
    return { kind: 'clean', text: lines, rung: 'lines' }
  }
  if (documents === null) return mark(versions, labels)

  const named = (strict ? null : readAll(path, withOwnersNames(documents))) ?? documents
  const name = named === documents ? null : 'renames'
  const { clean, reached } = climbFrom(named, { path, name, strict })
  if (clean) return clean
  const renamed = strict ? null : readAll(path, withNewNames(named))
  const again = renamed && climbFrom(renamed, { path, name: 'renames', strict }).clean
  if (again) return again
  if (lines !== null && merged) return { kind: 'clean', text: lines, rung: 'lines' }

  return markRest(reached, named, labels)
}

type Climbed = { clean: Merged | null; reached: Three<Document> }

/** Asks one rung after the other, until the three versions merge line by line. */
function climbFrom(
  documents: Three<Document>,
  { path, name, strict }: { path: string; name: Rung | null; strict: boolean },
): Climbed {
  const lines = name && mergeLines(each(documents, ({ text }) => text))
  if (name && lines !== null && isSound(path, lines, documents)) {
    return { clean: { kind: 'clean', text: lines, rung: name }, reached: documents }
  }
  let reached = documents
  for (const { rung, settle } of strict ? LINES_ONLY : LADDER) {
    const settled = settle(reached)
    const text = settled && mergeLines(settled)
    if (text === null) reached = readAll(path, settled) ?? reached
    else if (isSound(path, text, documents)) {
      return { clean: { kind: 'clean', text, rung: name ?? rung }, reached }
    }
  }

  return { clean: null, reached }
}

function readAll(path: string, versions: Versions | null): Three<Document> | null {
  return versions && allOf(each(versions, (text) => readDocument(path, text)))
}

/** Merges the words of every place that lines leave in conflict. */
function settleHunks(documents: Three<Document>): Versions | null {
  const parts = compareLines(each(documents, ({ text }) => text))
  const settled = parts.flatMap((part) => {
    const text = 'hunk' in part ? mergeWords(documents, part.hunk) : null

    return 'hunk' in part && text !== null ? [{ ranges: part.hunk, text }] : []
  })

  return settle(documents, settled)
}

function mergeNamed(documents: Three<Document>, mergeText: MergeText): Versions | null {
  return documents.ours.language === 'json'
    ? mergeKeys(documents, mergeText)
    : mergeMembers(documents, mergeText)
}

function mergePageAttributes(documents: Three<Document>): Versions | null {
  return documents.ours.language === 'page' ? mergeAttributes(documents, byWords) : null
}

/** The owner's file with all that could be merged, and markers around what could not. */
function markRest(reached: Three<Document>, documents: Three<Document>, labels: Labels): Merged {
  const marked = mark(
    each(reached, ({ text }) => text),
    labels,
  )
  if (marked.places > 0 && keepsWords(marked.text, documents)) return marked

  return mark(
    each(documents, ({ text }) => text),
    labels,
  )
}

function mark(versions: Versions, labels: Labels): Merged & { kind: 'conflict' } {
  const texts = compareLines(versions).map((part) => {
    if ('text' in part) return part
    const { hunk } = part

    return {
      marked: markConflict(
        {
          base: versions.base.slice(hunk.base.start, hunk.base.end),
          ours: versions.ours.slice(hunk.ours.start, hunk.ours.end),
          theirs: versions.theirs.slice(hunk.theirs.start, hunk.theirs.end),
        },
        labels,
      ),
    }
  })

  // Lines that merge, into something that is no file of its kind: all of it is the question.
  if (!texts.some((part) => 'marked' in part)) {
    return { kind: 'conflict', text: markConflict(versions, labels), places: 1 }
  }

  return {
    kind: 'conflict',
    text: texts.map((part) => ('text' in part ? part.text : part.marked)).join(''),
    places: texts.filter((part) => 'marked' in part).length,
  }
}
