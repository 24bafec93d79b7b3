import type { Node } from '@babel/types'
import { endOfNode, startOfNode } from '../edits/syntax-tree.js'
import type { Document } from './document.js'
import { mergeEachName } from './import-sets.js'
import { mergeNames, namesOf } from './imported-names.js'
import { type Entry, type List, listOf } from './lists.js'
import { byLines } from './members.js'
import { type MergeEntry, mergeList, textOf } from './merge-list.js'
import { settle } from './settle.js'
import { allOf, each, oneSided, type Three, type Versions } from './versions.js'

/**
 * Merges what a file imports as sets: all that either side added, nothing that either removed.
 * The order is the owner's, and a module that is imported for what it does stays in its place.
 */
export function mergeImports(documents: Three<Document>): Versions | null {
  // A comment at the top may be of the first import, or of the file.
  return mergeBlocks(documents, findComment) ?? mergeBlocks(documents, startOfNode)
}

function mergeBlocks(documents: Three<Document>, startOf: StartOf): Versions | null {
  const blocks = allOf(each(documents, (document) => importsOf(document, startOf)))
  if (blocks === null) return null
  const lines = byLines(documents, blocks)
  if (lines !== null)
    return startOf === startOfNode ? settle(documents, [{ ranges: blocks, text: lines }]) : null
  const asStatements = mergeList(blocks, documents, {
    mergeEntry: (entries) => onItsLine(mergeEntry(entries, documents), entries.ours, documents),
    mergeText: (ranges) => byLines(documents, ranges),
  })
  const text = asStatements?.replace(/^\n+/, '') ?? mergeEachName(blocks, documents)

  return text === null ? null : settle(documents, [{ ranges: blocks, text }])
}

type StartOf = (first: Node, document: Document) => number

/** All from the first import to the last: their owner may have put something in between. */
function importsOf(document: Document, startOf: StartOf): List | null {
  const { program } = document.source ?? {}
  const end = program?.body.findLastIndex(({ type }) => type === 'ImportDeclaration') ?? -1
  const nodes = program?.body.slice(0, end + 1) ?? []
  const [first] = nodes
  const last = nodes.at(-1)
  if (first?.type !== 'ImportDeclaration' || !last) return null
  const line = /^[^\n]*/.exec(document.text.slice(endOfNode(last)))?.[0] ?? ''

  const range = { start: startOf(first, document), end: endOfNode(last) + line.length }

  return listOf('Program', nodes, range, document)
}

/** Where the comment begins that stands directly above an import. */
function findComment(first: Node, { text, source }: Document): number {
  const above = source?.comments.filter((comment) => (comment.end ?? 0) <= startOfNode(first)) ?? []
  let start = startOfNode(first)
  for (const comment of above.reverse()) {
    if (/\n\s*\n/.test(text.slice(comment.end ?? 0, start))) break
    start = comment.start ?? start
  }

  return start
}

/** What is the first import of one version may stand below another one in the owner's. */
function onItsLine(text: string | null, ours: Entry, documents: Three<Document>): string | null {
  const isBelow = /^\s*\n/.test(textOf(documents.ours, ours))

  return text === null || !isBelow || /^\s*\n/.test(text) ? text : `\n${text}`
}

function mergeEntry(entries: Parameters<MergeEntry>[0], documents: Three<Document>): string | null {
  const { base, ours, theirs } = entries
  const texts = {
    base: base ? textOf(documents.base, base) : '',
    ours: textOf(documents.ours, ours),
    theirs: textOf(documents.theirs, theirs),
  }
  const side = oneSided(texts)
  if (side) return texts[side]
  if (base === null && texts.ours.trim() === texts.theirs.trim()) return texts.ours
  const above = mergeAbove(entries, documents)
  const declaration = mergeNames({
    base: base ? namesOf(base, documents.base) : null,
    ours: namesOf(ours, documents.ours),
    theirs: namesOf(theirs, documents.theirs),
  })

  return above === null || declaration === null ? null : above + declaration
}

/** The comments above an import. */
function mergeAbove({ base, ours, theirs }: Parameters<MergeEntry>[0], documents: Three<Document>) {
  const above = (document: Document, entry: Entry) => document.text.slice(entry.start, entry.body)
  const texts = {
    base: base ? above(documents.base, base) : '\n',
    ours: above(documents.ours, ours),
    theirs: above(documents.theirs, theirs),
  }
  const side = oneSided(texts, (left, right) => left.trim() === right.trim())

  return side ? texts[side] : null
}
