import type { Node } from '@babel/types'
import { descend, namesIn } from '../edits/syntax-tree.js'
import { type Document, readDocument } from './document.js'
import { editsBetween } from './edits.js'
import { isClassList, wordsOf } from './tokens.js'
import { each, type Three } from './versions.js'

/** Whether a result is of its kind, lost no word of either side, and knows every name it uses. */
export function isSound(path: string, result: string, documents: Three<Document>): boolean {
  const merged = readDocument(path, result)

  return merged !== null && keepsTokens(merged, documents) && keepsNames(merged, documents)
}

/** Whether a text with markers in it still has every word of both sides. */
export function keepsWords(marked: string, documents: Three<Document>): boolean {
  const words = (text: string): Document => ({
    text,
    tokens: wordsOf(text),
    source: null,
    language: 'text',
  })

  return keepsTokens(
    words(marked),
    each(documents, ({ text }) => words(text)),
  )
}

/** Whether every token that a side added is there, and every one that nobody removed. */
function keepsTokens(result: Document, { base, ours, theirs }: Three<Document>): boolean {
  const [mine, incoming] = [changesOf(base, ours), changesOf(base, theirs)]
  const before = countOf(keysOf(base))
  const after = countOf(keysOf(result))

  return [...new Set([...before.keys(), ...mine.added.keys(), ...incoming.added.keys()])].every(
    (key) => {
      const [added, alsoAdded] = [mine.added.get(key) ?? 0, incoming.added.get(key) ?? 0]
      const removed = (mine.removed.get(key) ?? 0) + (incoming.removed.get(key) ?? 0)
      // What both added may be the same; what both removed may be two places.
      const least = (before.get(key) ?? 0) - removed + Math.max(added, alsoAdded)

      return key === ',' || (after.get(key) ?? 0) >= least
    },
  )
}

type Counts = Map<string, number>

function changesOf(base: Document, side: Document): { added: Counts; removed: Counts } {
  const [from, to] = [keysOf(base), keysOf(side)]
  const edits = editsBetween(from, to)

  return {
    added: countOf(edits.flatMap((edit) => to.slice(edit.from, edit.to))),
    removed: countOf(edits.flatMap((edit) => from.slice(edit.start, edit.end))),
  }
}

function keysOf({ tokens }: Document): string[] {
  return tokens.flatMap(({ key }) => (isClassList(key) ? key.split(/["' ]/) : [key]))
}

function countOf(keys: readonly string[]): Counts {
  const counts: Counts = new Map()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)

  return counts
}

/** One side may have renamed or removed what the other side uses once more. */
export function keepsNames(result: Document, { ours, theirs }: Three<Document>): boolean {
  const known = declaredIn(result)
  const lost = [ours, theirs]
    .flatMap((side) => [...declaredIn(side)])
    .filter((name) => !known.has(name))
  if (lost.length === 0) return true
  const used = usedIn(result)
  const unknownBefore = [ours, theirs].flatMap((side) => {
    const declared = declaredIn(side)

    return [...usedIn(side)].filter((name) => !declared.has(name))
  })

  return lost.every((name) => !used.has(name) || unknownBefore.includes(name))
}

function usedIn({ source }: Document): Set<string> {
  return new Set(source ? [...namesIn(source.program)].map(({ name }) => name) : [])
}

/** Every name that a file imports or declares, wherever it does. */
export function declaredIn({ source }: Document): Set<string> {
  return new Set(source ? [...descend(source.program)].flatMap(declaredBy) : [])
}

function declaredBy(node: Node): string[] {
  const parts = node as { id?: unknown; local?: unknown; param?: unknown; params?: unknown }

  return [parts.id, parts.local, parts.param, parts.params]
    .flat()
    .filter((part): part is Node => typeof part === 'object' && part !== null && 'type' in part)
    .flatMap((part) => [...namesIn(part)].map(({ name }) => name))
}
