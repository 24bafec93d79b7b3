import { plain, shapeLike, shapeOf } from '../text.js'
import { mergeClassLists } from './class-lists.js'
import { type Document, isKnownKind, readDocument } from './document.js'
import { isSound, keepsWords } from './guard.js'
import { mergeImports } from './imports.js'
import { compareLines, mergeLines } from './lines.js'
import { type Labels, markConflict } from './markers.js'
import { byLines, type MergeText, mergeKeys, mergeMembers } from './members.js'
import { settle } from './settle.js'
import { inOwnersStyle } from './style.js'
import { allOf, each, type Three, type Versions } from './versions.js'
import { mergeWords } from './words.js'

export type { Labels, Versions }

/**
 * Three versions of one file become one. Each way of merging is a rung: the next is asked only
 * where the one above leaves a conflict, and the report names the one that answered.
 */
export type Merged =
  | { kind: 'clean'; text: string; rung: Rung }
  | { kind: 'conflict'; text: string; places: number }

export type Rung = 'lines' | 'formatting' | 'imports' | 'names' | 'words'

/** Makes some of the places alike that the versions differ in; `null` where it can do nothing. */
type Step = { rung: Rung; settle: (documents: Three<Document>) => Versions | null }

const byWords: MergeText = (documents, ranges) =>
  byLines(documents, ranges) ?? mergeWords(documents, ranges)

const LADDER: readonly Step[] = [
  { rung: 'formatting', settle: inOwnersStyle },
  { rung: 'imports', settle: mergeImports },
  { rung: 'names', settle: (documents) => mergeNamed(documents, byLines) },
  { rung: 'words', settle: mergeClassLists },
  { rung: 'words', settle: settleHunks },
  { rung: 'words', settle: (documents) => mergeNamed(documents, byWords) },
]

/** Merges what changed from `base` to `theirs` into `ours`, whose line ends and BOM are kept. */
export function merge(versions: Versions, labels: Labels, path = ''): Merged {
  const merged = climb(each(versions, plain), labels, path)

  return { ...merged, text: shapeLike(merged.text, shapeOf(versions.ours)) }
}

function climb(versions: Versions, labels: Labels, path: string): Merged {
  const lines = mergeLines(versions)
  const read = (text: string) => readDocument(path, text)
  const documents = isKnownKind(path) ? allOf(each(versions, read)) : null
  if (lines !== null && (documents === null || read(lines))) {
    return { kind: 'clean', text: lines, rung: 'lines' }
  }
  if (documents === null) return mark(versions, labels)

  let reached = documents
  for (const { rung, settle } of LADDER) {
    const next = settle(reached)
    const settled = next && allOf(each(next, read))
    if (!settled) continue
    const text = mergeLines(next)
    if (text === null) reached = settled
    else if (isSound(path, text, documents)) return { kind: 'clean', text, rung }
  }

  return markRest(reached, documents, labels)
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
  return documents.ours.source
    ? mergeMembers(documents, mergeText)
    : mergeKeys(documents, mergeText)
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
