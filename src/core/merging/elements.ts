import { attributesIn } from './attributes.js'
import { type Entry, type List, uniqueName } from './lists.js'
import { type Piece, piecesOf } from './page-pieces.js'

/**
 * The elements of a page as lists, each with its attributes and what is inside of it; none where
 * the page has an element that begins or ends in another file.
 */
export function elementsIn(text: string): List[] {
  const reader = { text, pieces: piecesOf(text) }
  const list = readList(reader, { start: 0, type: 'page' })

  return list && reader.pieces.length === 0 ? [list] : []
}

type Reader = { text: string; pieces: Piece[] }

type Found = Omit<Entry, 'id' | 'start' | 'rest'> & { name: string }

/** Everything up to what closes it; `null` where something else does. */
function readList(reader: Reader, { start, type }: { start: number; type: string }): List | null {
  const found: Found[] = []
  for (let next = reader.pieces[0]; next && !CLOSES.test(next.kind); next = reader.pieces[0]) {
    if (next.kind === 'sign') return null
    const entry = readEntry(reader, next)
    if (entry === null) return null
    if (entry.body < entry.end) found.push(entry)
  }
  const names = found.map(({ name }) => name)
  const entries = found.map(({ name: _name, ...entry }, index) => ({
    ...entry,
    id: uniqueName(names, index, reader.text.slice(entry.body, entry.end)),
    start: found[index - 1]?.end ?? start,
    rest: '',
  }))
  const end = reader.pieces[0]?.start ?? reader.text.length

  return { type, start, end, entries, separator: 'nothing', endsInSeparator: false }
}

const CLOSES = /^(?:goesOn|closes|ends)$/

function readEntry(reader: Reader, first: Piece): Found | null {
  reader.pieces.shift()
  if (first.kind === 'begins') return readElement(reader, first)
  if (first.kind === 'opens') return readBlock(reader, first)
  const own = reader.text.slice(first.start, first.end)
  const trimmed = own.trim()
  const body = first.start + own.length - own.trimStart().length
  const attributes = first.kind === 'alone' ? attributesIn(reader.text, first) : null
  const name = first.kind === 'alone' ? nameOf(own) : `${first.kind} ${trimmed}`

  return toFound(reader, {
    ...{ name, type: first.kind, body, end: body + trimmed.length },
    inner: attributes ? [attributes] : [],
  })
}

function readElement(reader: Reader, first: Piece): Found | null {
  const tag = reader.text.slice(first.start, first.end)
  const [type = ''] = /[\w-]+/.exec(tag) ?? []
  const inside = readList(reader, { start: first.end, type })
  const last = reader.pieces.shift()
  const isClosed =
    last?.kind === 'ends' && reader.text.slice(last.start + 2, last.end - 1).trim() === type
  if (inside === null || !isClosed || !last) return null
  const attributes = attributesIn(reader.text, first)
  const inner = attributes ? [attributes, inside] : [inside]

  const name = nameOf(tag, reader.text.slice(first.end, last.start))

  return toFound(reader, { name, type, body: first.start, end: last.end, inner })
}

/** What `if (…) { … } else { … }` shows. */
function readBlock(reader: Reader, first: Piece): Found | null {
  const inner: List[] = []
  for (let at: Piece | undefined = first; at && at.kind !== 'closes'; at = reader.pieces.shift()) {
    if (at !== first && at.kind !== 'goesOn') return null
    const list = readList(reader, { start: at.end, type: 'block' })
    const next = reader.pieces[0]
    if (list === null || !next) return null
    inner.push(list)
    if (next.kind !== 'closes') continue
    reader.pieces.shift()
    const name = reader.text.slice(first.start, first.end)

    return toFound(reader, { name, type: 'block', body: first.start, end: next.end, inner })
  }

  return null
}

type Parts = Pick<Found, 'name' | 'type' | 'body' | 'end'> & { inner: List[] }

/** What stands on a line of its own may stand above or below what the other side added there. */
function toFound({ text }: Reader, { inner, ...parts }: Parts): Found {
  const isAlone = /(?:^|\n)[ \t]*$/.test(text.slice(0, parts.body))
  const isFree = parts.type !== 'text' && isAlone && /^[ \t]*(?:\n|$)/.test(text.slice(parts.end))

  return { ...parts, isFree, inner: () => inner }
}

/** A tag is known by what says which one it is, as `input email`, or else by what it shows. */
function nameOf(tag: string, inside = ''): string {
  const [name = ''] = /^<[\w-]+/.exec(tag) ?? []
  const [, key] = /\s(?:id|name|for|href|action)="([^"]*)"/.exec(tag) ?? []

  return `${name} ${key ?? inside.trim().replace(/\s+/g, ' ')}`
}
