import { endOfNode, startOfNode } from '../edits/syntax-tree.js'
import { align } from './alignment.js'
import { foundInAll } from './by-place.js'
import type { Document } from './document.js'
import { type Entry, type List, listOf } from './lists.js'
import { byLines, type MergeText, mergeEntryWith } from './members.js'
import { tailOf, textOf } from './merge-list.js'
import { type Settled, settle } from './settle.js'
import { isComment, isWord, tokensWithin } from './tokens.js'
import { each, type Three, type Versions } from './versions.js'
import { bodyOf } from './wrapped.js'

/**
 * Merges the body of a function statement by statement: one that the other side changed as well,
 * took out or put something in beside is still the same one. What both put in at one place, or one
 * where the other took something out, may need an order, and stays a question.
 */
export function mergeStatements(documents: Three<Document>, mergeText: MergeText): Versions | null {
  const settled = foundInAll(documents, statementsOf).flatMap((lists): Settled[] => {
    if (byLines(documents, lists) !== null) return []
    const text = mergeBody(lists, documents, mergeText)

    return text === null ? [] : [{ ranges: lists, text }]
  })

  return settle(documents, settled)
}

function statementsOf(node: Parameters<typeof bodyOf>[0], document: Document): List | null {
  const body = bodyOf(node)
  if (body === null) return null
  const range = { start: startOfNode(body) + 1, end: endOfNode(body) - 1 }

  return listOf(body.type, body.body, range, document)
}

/** Entries of one side that the base has none of, and between which of its entries they stand. */
type Added = { from: number; to: number; entries: Entry[] }

function mergeBody(lists: Three<List>, documents: Three<Document>, mergeText: MergeText) {
  const mine = counterparts(lists, documents, 'ours')
  const incoming = counterparts(lists, documents, 'theirs')
  const added = { ours: addedIn(lists.ours, mine), theirs: addedIn(lists.theirs, incoming) }
  const isCertain =
    !added.ours.some((one) => added.theirs.some((other) => touch(one, other))) &&
    !added.ours.some((one) => isBesideGone(one, incoming)) &&
    !added.theirs.some((one) => isBesideGone(one, mine))
  const tail = mergeText(documents, each(lists, tailOf))
  if (!isCertain || tail === null) return null
  const merged = [...lists.base.entries, null].flatMap((base, index): (string | null)[] => [
    ...textsOf(documents.ours, added.ours, index),
    ...textsOf(documents.theirs, added.theirs, index),
    ...(base ? mergeOne(base, mine[index] ?? -1, incoming[index] ?? -1) : []),
  ])
  const isOnLines = (text: string | null): text is string => text !== null && /^\s*\n/.test(text)

  return merged.every(isOnLines) ? merged.join('') + tail : null

  function mergeOne(base: Entry, own: number, other: number): (string | null)[] {
    const [ours, theirs] = [lists.ours.entries[own], lists.theirs.entries[other]]
    if (ours && theirs) {
      return [mergeEntryWith({ documents, mergeText })({ base, ours, theirs })]
    }
    const isKept =
      (!ours || keysIn(documents.ours, ours) === keysIn(documents.base, base)) &&
      (!theirs || keysIn(documents.theirs, theirs) === keysIn(documents.base, base))

    return isKept ? [] : [null]
  }
}

function counterparts(lists: Three<List>, documents: Three<Document>, side: 'ours' | 'theirs') {
  const describe = (document: Document, { entries }: List) =>
    entries.map((entry) => ({ entry, words: wordsIn(document, entry) }))
  const [before, after] = [
    describe(documents.base, lists.base),
    describe(documents[side], lists[side]),
  ]

  return align(before.length, after.length, (one, other) => {
    const [left, right] = [before[one], after[other]]
    if (!left || !right || left.entry.type !== right.entry.type) return 0
    const shared = countShared(left.words, right.words)
    const all = left.words.length + right.words.length
    if (shared * 2 === all) return SAME

    return shared * 4 >= all ? (shared * 2) / all : 0
  })
}

// What stayed as it was belongs together, whatever else is alike.
const SAME = 2

function countShared(left: Words, right: Words): number {
  let shared = 0
  for (const [word, count] of left.counts) {
    shared += Math.min(count, right.counts.get(word) ?? 0)
  }

  return shared
}

function addedIn({ entries }: List, counterparts: readonly number[]): Added[] {
  const added: Added[] = []
  for (const [index, entry] of entries.entries()) {
    if (counterparts.includes(index)) continue
    const from = counterparts.findLastIndex((place) => place >= 0 && place < index) + 1
    const next = counterparts.findIndex((place) => place > index)
    const last = added.at(-1)
    if (last?.from === from) last.entries.push(entry)
    else added.push({ from, to: next === -1 ? counterparts.length : next, entries: [entry] })
  }

  return added
}

function touch(one: Added, other: Added): boolean {
  return one.from <= other.to && other.from <= one.to
}

/** Whether the other side took out what stands beside it. At the very start it came before all. */
function isBesideGone({ from, to }: Added, counterparts: readonly number[]): boolean {
  if (to === 0) return false

  return counterparts.some((place, index) => place < 0 && index >= from - 1 && index <= to)
}

function textsOf(document: Document, added: readonly Added[], index: number): string[] {
  return added
    .filter(({ from }) => from === index)
    .flatMap(({ entries }) => entries.map((entry) => textOf(document, entry)))
}

type Words = { length: number; counts: ReadonlyMap<string, number> }

function wordsIn({ tokens }: Document, { body, end }: Entry): Words {
  const words = tokensWithin(tokens, body, end).filter((one) => isWord(one) && !isComment(one))
  const counts = new Map<string, number>()
  for (const { key } of words) counts.set(key, (counts.get(key) ?? 0) + 1)

  return { length: words.length, counts }
}

function keysIn({ tokens }: Document, { start, end }: Entry): string {
  return tokensWithin(tokens, start, end)
    .map(({ key }) => key)
    .join('\0')
}
