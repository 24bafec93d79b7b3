import type { Node } from '@babel/types'
import { descend, endOfNode, startOfNode } from '../edits/syntax-tree.js'
import type { Document } from './document.js'
import { placesIn } from './edits.js'
import type { Range } from './lines.js'
import { type List, listOf } from './lists.js'
import { byLines, type MergeText, mergeEntryWith } from './members.js'
import { mergeList } from './merge-list.js'
import { type Settled, settle } from './settle.js'
import { allOf, each, type Three, type Versions } from './versions.js'

/**
 * Merges, by their names, the names that a file exports, those that are taken out of an object,
 * and the attributes of an element: wherever two sides add some, none has to be the first.
 */
export function mergeUnordered(documents: Three<Document>, mergeText: MergeText): Versions | null {
  const lists = each(documents, listsByPlace)
  const mine = placesIn(keysOf(documents.base), keysOf(documents.ours))
  const incoming = placesIn(keysOf(documents.base), keysOf(documents.theirs))
  const settled = [...lists.base].flatMap(([place, base]): Settled[] => {
    const same = allOf({
      base,
      ours: lists.ours.get(mine[place] ?? -1) ?? null,
      theirs: lists.theirs.get(incoming[place] ?? -1) ?? null,
    })
    const text = same && mergeOne(same, documents, mergeText)

    return same === null || text === null ? [] : [{ ranges: same, text }]
  })

  return settle(documents, settled)
}

function mergeOne(lists: Three<List>, documents: Three<Document>, mergeText: MergeText) {
  const types = new Set([lists.base.type, lists.ours.type, lists.theirs.type])
  if (types.size > 1 || byLines(documents, lists) !== null) return null

  return mergeList(lists, documents, {
    mergeEntry: mergeEntryWith({ documents, mergeText }),
    mergeText: (ranges) => mergeText(documents, ranges),
  })
}

/** Every list of a file, by the number of the token that it begins with. */
function listsByPlace(document: Document): Map<number, List> {
  const places = new Map(document.tokens.map(({ start }, index) => [start, index]))
  const nodes = document.source ? [...descend(document.source.program)] : []
  const lists = nodes.flatMap((node): [number, List][] => {
    const list = toList(node, document)
    const place = places.get(startOfNode(node))

    return list && place !== undefined ? [[place, list]] : []
  })

  return new Map(lists.sort(([left], [right]) => left - right))
}

function toList(node: Node, document: Document): List | null {
  const [entries, range] = [entriesOf(node), rangeOf(node, document)]

  return entries && range && listOf(node.type, entries, range, document)
}

function entriesOf(node: Node): readonly Node[] | null {
  switch (node.type) {
    case 'ExportNamedDeclaration':
      return node.declaration || node.source ? null : node.specifiers
    case 'ObjectPattern':
      return node.properties
    case 'JSXOpeningElement':
      return node.attributes
    default:
      return null
  }
}

/** What stands between the braces, or behind the name of an element. */
function rangeOf(node: Node, { text }: Document): Range | null {
  if (node.type === 'JSXOpeningElement') {
    const end = endOfNode(node) - (node.selfClosing ? 2 : 1)

    return { start: endOfNode(node.typeParameters ?? node.name), end }
  }
  const type = node.type === 'ObjectPattern' ? node.typeAnnotation : null
  const end = text.lastIndexOf('}', type ? startOfNode(type) : endOfNode(node))
  const start = text.indexOf('{', startOfNode(node)) + 1

  return start > 0 && end >= start ? { start, end } : null
}

function keysOf({ tokens }: Document): string[] {
  return tokens.map(({ key }) => key)
}
