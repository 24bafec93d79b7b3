import type { Node } from '@babel/types'
import { splice } from '../edits/splice.js'
import { endOfNode, isCall, isFunction, startOfNode } from '../edits/syntax-tree.js'
import { foundInAll } from './by-place.js'
import type { Document } from './document.js'
import type { Range } from './lines.js'
import { byLines } from './members.js'
import { type Settled, settle } from './settle.js'
import { isComment, tokensWithin } from './tokens.js'
import type { Three, Versions } from './versions.js'

/**
 * Merges the arguments of a call and the parameters of a function, each by its number: one that
 * a side puts behind the others stays there where the other side wrote those in other words.
 */
export function mergePositions(documents: Three<Document>): Versions | null {
  const settled = foundInAll(documents, positionsOf, openingOf).flatMap((lists): Settled[] => {
    if (byLines(documents, lists) !== null) return []
    const text =
      withEntries(documents, lists, 'ours', 'theirs') ??
      withEntries(documents, lists, 'theirs', 'ours')

    return text === null ? [] : [{ ranges: lists, text }]
  })

  return settle(documents, settled)
}

type Entry = Range & { key: string; type: string }

type Positions = Range & { of: string; entries: Entry[] }

function positionsOf(node: Node, document: Document): Positions | null {
  const nodes = nodesOf(node)
  const start = nodes && openingOf(node, document) + 1
  if (!nodes || !start || nodes.some(isUnclear)) return null
  const end = isCall(node)
    ? endOfNode(node) - 1
    : document.text.indexOf(')', endOfNode(nodes.at(-1) ?? node))
  if (tokensWithin(document.tokens, start, end).some(isComment)) return null
  const of = isCall(node) ? keyOf(document, { start: startOfNode(node), end: start }) : 'parameters'
  const entries = nodes.map((entry) => {
    const range = { start: startOfNode(entry), end: endOfNode(entry) }

    return { ...range, key: keyOf(document, range), type: entry.type }
  })

  return { start, end, of, entries }
}

function nodesOf(node: Node): readonly Node[] | null {
  const nodes = isCall(node)
    ? node.arguments
    : isFunction(node) && 'params' in node
      ? node.params
      : []

  return nodes.length > 0 ? (nodes as readonly Node[]) : null
}

/** Where the parenthesis in front of the first one is. */
function openingOf(node: Node, { text }: Document): number {
  const [first] = nodesOf(node) ?? []

  return first ? text.lastIndexOf('(', startOfNode(first)) : -1
}

/** What may be many, or stands in parentheses of its own. */
function isUnclear({ type, extra }: Node): boolean {
  return /^(?:Spread|Rest)Element$/.test(type) || extra?.parenthesized === true
}

/** What one side put behind the entries of the base, with those as the other side has them. */
function withEntries(
  documents: Three<Document>,
  lists: Three<Positions>,
  longer: 'ours' | 'theirs',
  other: 'ours' | 'theirs',
): string | null {
  const { base, [longer]: more, [other]: changed } = lists
  const isAppended =
    more.of === base.of &&
    changed.of === base.of &&
    more.entries.length > base.entries.length &&
    changed.entries.length === base.entries.length &&
    base.entries.every(({ key }, index) => more.entries[index]?.key === key) &&
    base.entries.every(({ type }, index) => isAlike(type, changed.entries[index]?.type ?? ''))
  if (!isAppended) return null
  const { text } = documents[longer]
  const replacements = changed.entries.map((entry, index) => ({
    start: (more.entries[index]?.start ?? 0) - more.start,
    end: (more.entries[index]?.end ?? 0) - more.start,
    text: documents[other].text.slice(entry.start, entry.end),
  }))

  return splice(text.slice(more.start, more.end), replacements)
}

/** One value in other words: an object or a function in its place may be another way to call it. */
function isAlike(before: string, after: string): boolean {
  const isOwn = (type: string) => /^(?:Object|Array|Function|ArrowFunction)/.test(type)

  return before === after || !(isOwn(before) || isOwn(after))
}

function keyOf({ tokens }: Document, { start, end }: Range): string {
  return tokensWithin(tokens, start, end)
    .map(({ key }) => key)
    .join('\0')
}
