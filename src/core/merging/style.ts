import { indentationUnit } from '../edits/whitespace.js'
import type { Document } from './document.js'
import { placesIn } from './edits.js'
import { keysOf } from './tokens.js'
import type { Three, Versions } from './versions.js'

/**
 * The base and the new version, formatted as the owner formatted theirs: what somebody's editor
 * did to quotes, semicolons and line breaks is then no change any more.
 */
export function inOwnersStyle({ base, ours, theirs }: Three<Document>): Versions | null {
  if (!ours.source) return null
  const places = placesIn(keysOf(base.tokens), keysOf(ours.tokens))
  const style = { base, ours, places, quote: ownersQuote(base, ours, places) }
  const restyled = {
    base: restyle(base, style),
    ours: ours.text,
    theirs: restyle(theirs, style),
  }

  return restyled.base === base.text ? null : restyled
}

type Style = {
  base: Document
  ours: Document
  places: readonly number[]
  /** The quotes that the owner writes texts in, where the base has others. */
  quote: string | null
}

/** With the place of each token in the base, -1 where it is new. */
type Aligned = Style & { inBase: readonly number[] }

function restyle(document: Document, style: Style): string {
  const inBase = inverse(placesIn(keysOf(style.base.tokens), keysOf(document.tokens)), document)
  const aligned = { ...style, inBase }

  return [...document.tokens, null]
    .map((_token, index) => gapOf(document, index, aligned) + spellingOf(document, index, aligned))
    .join('')
}

/** White space in front of a token: the owner's, where the owner changed what the base has there. */
function gapOf(document: Document, index: number, { base, ours, places, inBase }: Aligned): string {
  const own = gapBefore(document, index)
  const [last, next] = [inBase[index - 1] ?? -1, inBase[index] ?? base.tokens.length]
  const follows = (index === 0 ? 0 : last + 1) === next && (index === 0 || last >= 0)
  const at = placeOf(next, places, ours)
  const before = next === 0 ? -1 : placeOf(last, places, ours)
  const isKept = at >= 0 && (next === 0 || before >= 0)
  if (follows && isKept && before + 1 === at) {
    const [old, new_] = [gapBefore(base, next), gapBefore(ours, at)]

    return old === new_ ? own : new_
  }

  return indented(own, base, ours)
}

function placeOf(next: number, places: readonly number[], ours: Document): number {
  return next < places.length ? (places[next] ?? -1) : ours.tokens.length
}

/** The same depth, in the owner's steps. */
function indented(gap: string, base: Document, ours: Document): string {
  const [from, to] = [indentationUnit(base.text), indentationUnit(ours.text)]
  if (from === to) return gap

  return gap.replace(/\n([ \t]+)/g, (_match, white: string) => {
    return `\n${to.repeat(Math.round(white.length / from.length))}`
  })
}

function gapBefore({ text, tokens }: Document, index: number): string {
  return text.slice(tokens[index - 1]?.end ?? 0, tokens[index]?.start ?? text.length)
}

function spellingOf(
  document: Document,
  index: number,
  { base, ours, places, inBase, quote }: Aligned,
) {
  const own = spelling(document, index)
  const place = inBase[index] ?? -1
  const at = places[place] ?? -1
  if (place < 0 || at < 0 || own !== spelling(base, place)) return inQuotes(own, quote)

  return spelling(ours, at)
}

function ownersQuote(base: Document, ours: Document, places: readonly number[]): string | null {
  const changed = places.findIndex(
    (at, place) => at >= 0 && spelling(base, place) !== spelling(ours, at),
  )
  const [quote = ''] = spelling(ours, places[changed] ?? -1)

  return /['"]/.test(quote) ? quote : null
}

function inQuotes(literal: string, quote: string | null): string {
  const isPlain = /^(?:'[^'"\\]*'|"[^'"\\]*")$/.test(literal)

  return quote !== null && isPlain ? quote + literal.slice(1, -1) + quote : literal
}

function spelling({ text, tokens }: Document, index: number): string {
  const token = tokens[index]

  return token ? text.slice(token.start, token.end) : ''
}

function inverse(places: readonly number[], { tokens }: Document): number[] {
  const inverse = tokens.map(() => -1)
  for (const [place, at] of places.entries()) if (at >= 0) inverse[at] = place

  return inverse
}
