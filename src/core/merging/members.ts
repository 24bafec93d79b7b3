import { type Document, readDocument } from './document.js'
import { elementsIn } from './elements.js'
import { mergeLines, type Range } from './lines.js'
import { type Entry, type List, listsIn } from './lists.js'
import { type MergeEntry, mergeList, pairUp, textOf } from './merge-list.js'
import { rulesIn } from './rules.js'
import { type Settled, settle } from './settle.js'
import { allOf, each, oneSided, type Three, type Versions } from './versions.js'

/** How a piece of text that has no entries is merged. */
export type MergeText = (documents: Three<Document>, ranges: Three<Range>) => string | null

/**
 * Merges declarations, members and properties by their names. What it cannot merge it leaves
 * different, and only what lines cannot merge is touched.
 */
export function mergeMembers(documents: Three<Document>, mergeText: MergeText): Versions | null {
  const lists = each(documents, listsOf)

  return settle(documents, settleLists(lists, { documents, mergeText }))
}

function listsOf(document: Document): List[] {
  if (document.language === 'css') return rulesIn(document)
  if (document.language === 'page') return elementsIn(document.text)

  return document.source ? listsIn(document.source.program, document) : []
}

/** JSON is read as the object that it is. */
export function mergeKeys(documents: Three<Document>, mergeText: MergeText): Versions | null {
  const wrapped = allOf(each(documents, ({ text }) => readDocument('object.ts', `(${text})`)))
  const merged = wrapped && mergeMembers(wrapped, mergeText)

  return merged && each(merged, (text) => text.slice(1, -1))
}

/** What a piece of text becomes by lines. */
export const byLines: MergeText = (documents, ranges) =>
  mergeLines({
    base: textOf(documents.base, ranges.base),
    ours: textOf(documents.ours, ranges.ours),
    theirs: textOf(documents.theirs, ranges.theirs),
  })

type Means = { documents: Three<Document>; mergeText: MergeText }

function settleLists(lists: Three<List[]>, means: Means): Settled[] {
  return triples(lists)?.flatMap((list) => settleList(list, means)) ?? []
}

function settleList(list: Three<List>, means: Means): Settled[] {
  if (byLines(means.documents, list) !== null) return []
  const text = mergeOne(list, means)
  if (text !== null) return [{ ranges: list, text }]
  const paired = pairUp(list)

  return paired.base.flatMap((base) => {
    const ours = paired.ours.find(({ id }) => id === base.id)
    const theirs = paired.theirs.find(({ id }) => id === base.id)

    return ours && theirs ? settleLists(innerLists({ base, ours, theirs }), means) : []
  })
}

/** How one entry of a list is merged, of whatever kind the list is. */
export function mergeEntryWith(means: Means): MergeEntry {
  return (entries) => mergeEntry(entries, means)
}

function mergeOne(list: Three<List>, means: Means): string | null {
  return mergeList(list, means.documents, {
    mergeEntry: mergeEntryWith(means),
    mergeText: (ranges) => means.mergeText(means.documents, ranges),
  })
}

function mergeEntry(entries: Parameters<MergeEntry>[0], means: Means): string | null {
  const { documents, mergeText } = means
  if (entries.base === null) {
    const [ours, theirs] = [
      textOf(documents.ours, entries.ours),
      textOf(documents.theirs, entries.theirs),
    ]

    return ours.trim() === theirs.trim() ? ours : null
  }
  const texts = {
    base: textOf(documents.base, entries.base),
    ours: textOf(documents.ours, entries.ours),
    theirs: textOf(documents.theirs, entries.theirs),
  }
  const side = oneSided(texts)
  if (side) return texts[side]

  return mergeText(documents, entries) ?? mergeInside(entries, means)
}

/** Merges the lists inside of an entry, and what stands around them. */
function mergeInside(entries: Three<Entry>, means: Means): string | null {
  const inner = triples(innerLists(entries))
  if (inner === null || inner.length === 0) return null
  let at = each(entries, ({ start }) => start)
  let text = ''
  for (const list of [...inner, null]) {
    const until = list ? each(list, ({ start }) => start) : each(entries, ({ end }) => end)
    const around = means.mergeText(means.documents, zip(at, until))
    const merged = list ? mergeOne(list, means) : ''
    if (around === null || merged === null) return null
    text += around + merged
    if (list) at = each(list, ({ end }) => end)
  }

  return text
}

function innerLists(entries: Three<Entry>): Three<List[]> {
  return each(entries, ({ inner }) => inner())
}

/** The lists that stand at the same place in all three; `null` where the places differ. */
function triples({ base, ours, theirs }: Three<List[]>): Three<List>[] | null {
  const types = [base, ours, theirs].map((lists) => lists.map(({ type }) => type).join())
  if (new Set(types).size > 1) return null

  return base.flatMap((list, index) => {
    const triple = allOf({ base: list, ours: ours[index] ?? null, theirs: theirs[index] ?? null })

    return triple ? [triple] : []
  })
}

function zip(starts: Three<number>, ends: Three<number>): Three<Range> {
  return {
    base: { start: starts.base, end: ends.base },
    ours: { start: starts.ours, end: ends.ours },
    theirs: { start: starts.theirs, end: ends.theirs },
  }
}
