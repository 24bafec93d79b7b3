import { isClassList } from './class-keys.js'
import type { Document } from './document.js'
import { type Edit, editsBetween } from './edits.js'
import { mergeOrder } from './order.js'
import { type Settled, settle } from './settle.js'
import { keysOf, type Token } from './tokens.js'
import { each, type Three, type Versions } from './versions.js'

/**
 * Merges lists of CSS classes as sets: all that either side added, nothing that either removed.
 * A class that both replaced, each by another, stays a question.
 */
export function mergeClassLists(documents: Three<Document>): Versions | null {
  const mine = counterparts(documents.base, documents.ours)
  const incoming = counterparts(documents.base, documents.theirs)
  const settled = documents.base.tokens.flatMap((base): Settled[] => {
    const [ours, theirs] = [mine.get(base), incoming.get(base)]
    const differ = ours && theirs && new Set([base.key, ours.key, theirs.key]).size === 3
    const text = differ ? mergeLists(documents, { base, ours, theirs }) : null

    return differ && text !== null ? [{ ranges: { base, ours, theirs }, text }] : []
  })

  return settle(documents, settled)
}

/** What became of each list of classes that was changed, where one list became one list. */
function counterparts(base: Document, side: Document): Map<Token, Token> {
  return new Map(
    editsBetween(keysOf(base.tokens), keysOf(side.tokens)).flatMap((edit) => {
      const [before, after] = listsIn(edit, base, side)

      return before.length === after.length
        ? before.map((token, index): [Token, Token] => [token, after[index] as Token])
        : []
    }),
  )
}

function listsIn(edit: Edit, base: Document, side: Document): [Token[], Token[]] {
  return [
    base.tokens.slice(edit.start, edit.end).filter(({ key }) => isClassList(key)),
    side.tokens.slice(edit.from, edit.to).filter(({ key }) => isClassList(key)),
  ]
}

function mergeLists(documents: Three<Document>, tokens: Three<Token>): string | null {
  const literals = {
    base: partsOf(documents.base, tokens.base),
    ours: partsOf(documents.ours, tokens.ours),
    theirs: partsOf(documents.theirs, tokens.theirs),
  }
  const { base, ours, theirs } = each(literals, ({ words }) => words)
  const removedByBoth = base.some((word) => !ours.includes(word) && !theirs.includes(word))
  const addsMore = (side: readonly string[], other: readonly string[]) =>
    side.some((word) => !base.includes(word) && !other.includes(word))
  if (removedByBoth && addsMore(ours, theirs) && addsMore(theirs, ours)) return null
  const merged = mergeOrder({ base, ours, theirs: inOrderOf(base, theirs) }, () => true)
  if (merged === null) return null
  const { gaps } = literals.ours
  const list = merged.map((word, index) => (index === 0 ? '' : gaps.get(word) || ' ') + word)

  return inQuotes(list.join(''), literals.ours)
}

/** The list in the owner's quotes, or in others where a class of it has those. */
function inQuotes(list: string, { before, after }: { before: string; after: string }) {
  const quote = after.trim()
  if (!list.includes(quote)) return before + list + after
  const other = quote === "'" ? '"' : "'"

  return list.includes(other)
    ? null
    : before.replace(quote, other) + list + after.replace(quote, other)
}

/** The order of classes says nothing: what is kept keeps the place that it has in the base. */
function inOrderOf(base: readonly string[], words: readonly string[]): string[] {
  const kept = base.filter((word) => words.includes(word))
  let next = 0

  return words.map((word) => (base.includes(word) ? (kept[next++] ?? word) : word))
}

function partsOf({ text }: Document, { start, end }: Token) {
  const [, before = '', list = '', after = ''] =
    /^([^"'`]*["'`]\s*)([\s\S]*?)(\s*["'`])$/.exec(text.slice(start, end)) ?? []
  const found = [...list.matchAll(/(\s*)(\S+)/g)]
  const gaps = new Map(found.map(([, gap = '', word = '']) => [word, gap]))

  return { before, words: [...gaps.keys()], gaps, after }
}
