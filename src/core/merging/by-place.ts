import type { Node } from '@babel/types'
import { descend, startOfNode } from '../edits/syntax-tree.js'
import type { Document } from './document.js'
import { placesIn } from './edits.js'
import { keysOf } from './tokens.js'
import { allOf, each, type Three } from './versions.js'

/** What is found in all three at the same token, in the order of the base. */
export function foundInAll<Found>(
  documents: Three<Document>,
  find: (node: Node, document: Document) => Found | null,
  placeOf: (node: Node, document: Document) => number = startOfNode,
): Three<Found>[] {
  const found = each(documents, (document) => findByPlace(document, find, placeOf))
  const mine = placesIn(keysOf(documents.base.tokens), keysOf(documents.ours.tokens))
  const incoming = placesIn(keysOf(documents.base.tokens), keysOf(documents.theirs.tokens))

  return [...found.base].flatMap(([place, base]) => {
    const same = allOf({
      base,
      ours: found.ours.get(mine[place] ?? -1) ?? null,
      theirs: found.theirs.get(incoming[place] ?? -1) ?? null,
    })

    return same ?? []
  })
}

/** By the number of the token that says where it is: the first one, mostly. */
function findByPlace<Found>(
  document: Document,
  find: (node: Node, document: Document) => Found | null,
  placeOf: (node: Node, document: Document) => number,
): Map<number, Found> {
  const places = new Map(document.tokens.map(({ start }, index) => [start, index]))
  const nodes = document.source ? descend(document.source.program) : []
  const found = nodes.flatMap((node): [number, Found][] => {
    const place = places.get(placeOf(node, document))
    const here = place === undefined ? null : find(node, document)

    return here === null || place === undefined ? [] : [[place, here]]
  })

  return new Map(found.sort(([left], [right]) => left - right))
}
