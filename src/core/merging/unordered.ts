import type { Node } from '@babel/types'
import { endOfNode, startOfNode } from '../edits/syntax-tree.js'
import { foundInAll } from './by-place.js'
import type { Document } from './document.js'
import type { Range } from './lines.js'
import { type List, listOf } from './lists.js'
import { byLines, type MergeText, mergeEntryWith } from './members.js'
import { mergeList } from './merge-list.js'
import { type Settled, settle } from './settle.js'
import type { Three, Versions } from './versions.js'

/**
 * Merges, by their names, the names that a file exports, those that are taken out of an object,
 * and the attributes of an element: wherever two sides add some, none has to be the first.
 */
export function mergeUnordered(documents: Three<Document>, mergeText: MergeText): Versions | null {
  const settled = foundInAll(documents, toList).flatMap((lists): Settled[] => {
    const text = mergeOne(lists, documents, mergeText)

    return text === null ? [] : [{ ranges: lists, text }]
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

function toList(node: Node, document: Document): List | null {
  const entries = entriesOf(node)
  const range = entries && rangeOf(node, document)

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
