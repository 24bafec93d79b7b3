import type { Document } from './document.js'
import type { Range } from './lines.js'
import type { Entry, List, Separator } from './lists.js'
import { mergeOrder } from './order.js'
import { tokensWithin } from './tokens.js'
import { each, oneSided, type Three } from './versions.js'

/** How one entry is merged that both sides changed, or both added. `null`: not at all. */
export type MergeEntry = (
  entries: Three<Entry> | { base: null; ours: Entry; theirs: Entry },
) => string | null

/** Merges the entries of three lists by their names; `null` where an entry conflicts. */
export function mergeList(
  lists: Three<List>,
  documents: Three<Document>,
  {
    mergeEntry,
    mergeText,
  }: { mergeEntry: MergeEntry; mergeText: (ranges: Three<Range>) => string | null },
): string | null {
  const paired = pairUp(lists)
  const find = (side: keyof Three<unknown>, id: string) =>
    paired[side].find((entry) => entry.id === id)
  const all = [...paired.ours, ...paired.theirs]
  const order = mergeOrder(
    each(paired, (entries) => entries.map(({ id }) => id)),
    (id) => all.some((entry) => entry.id === id && entry.isFree),
  )
  if (order === null || !addsNothingToWhatGoes(paired, documents)) return null

  const texts = order.map((id) => {
    const [base, ours, theirs] = [find('base', id), find('ours', id), find('theirs', id)]
    const rest = pick({
      base: base?.rest ?? '',
      ours: ours?.rest ?? '',
      theirs: theirs?.rest ?? '',
    })
    if (ours && theirs) {
      const text = mergeEntry(base ? { base, ours, theirs } : { base: null, ours, theirs })

      return text === null ? null : { text, rest: ours.rest || theirs.rest || rest }
    }
    const [side, entry] = ours ? (['ours', ours] as const) : (['theirs', theirs] as const)

    return entry ? { text: textOf(documents[side], entry), rest: entry.rest } : null
  })
  const tail = mergeText(each(lists, tailOf))
  if (tail === null || !texts.every((one) => one !== null)) return null

  return join(texts, lists) + tail
}

type Piece = { text: string; rest: string }

function join(pieces: readonly Piece[], { ours, theirs }: Three<List>): string {
  const isEnded = ours.entries.length > 0 ? ours.endsInSeparator : theirs.endsInSeparator

  return pieces
    .map(({ text, rest }, index) => {
      const next = pieces[index + 1]?.text ?? null

      return text + separatorBehind(text, next, { separator: ours.separator, isEnded }) + rest
    })
    .join('')
}

function separatorBehind(
  text: string,
  next: string | null,
  { separator, isEnded }: { separator: Separator; isEnded: boolean },
): string {
  const isWanted = next !== null || isEnded
  switch (separator) {
    case ',':
      return isWanted ? ',' : ''
    case ';':
      // A rule of a stylesheet ends with its brace.
      return isWanted && !/\}\s*$/.test(text) ? ';' : ''
    case 'line end':
      return next === null || /^\s*\n/.test(next) || /[;,}]\s*$/.test(text) ? '' : ';'
    case 'nothing':
      return ''
  }
}

function pick(texts: Three<string>): string {
  return texts[oneSided(texts) ?? 'ours']
}

/** What stands between the last entry and the end of the list. */
export function tailOf({ entries, end, start, endsInSeparator, separator }: List): Range {
  const last = entries.at(-1)
  if (!last) return { start, end }

  return {
    start: last.end + last.rest.length + (/^[,;]$/.test(separator) && endsInSeparator ? 1 : 0),
    end,
  }
}

/** Nothing is lost with an entry that one side removed where the other side added nothing to it. */
function addsNothingToWhatGoes(paired: Three<Entry[]>, documents: Three<Document>): boolean {
  return paired.base.every((entry) => {
    const here = (['ours', 'theirs'] as const).flatMap((side) => {
      const found = paired[side].find(({ id }) => id === entry.id)

      return found ? [keysIn(documents[side], found)] : []
    })

    return here.length !== 1 || isPartOf(here[0] ?? [], keysIn(documents.base, entry))
  })
}

/** Whether all of the keys stand in the others, in their order. */
export function isPartOf(keys: readonly string[], others: readonly string[]): boolean {
  let at = 0

  return keys.every((key) => {
    at = others.indexOf(key, at) + 1

    return at > 0
  })
}

function keysIn({ tokens }: Document, { start, end }: Range): string[] {
  return tokensWithin(tokens, start, end).map(({ key }) => key)
}

export function textOf({ text }: Document, { start, end }: Range): string {
  return text.slice(start, end)
}

/** Entries that were renamed keep the name that they have in the base. */
export function pairUp({ base, ours, theirs }: Three<List>): Three<Entry[]> {
  return {
    base: base.entries,
    ours: named(base.entries, ours.entries),
    theirs: named(base.entries, theirs.entries),
  }
}

/** Between two neighbours that are still there, as many entries of the same types are the same. */
function named(base: readonly Entry[], side: readonly Entry[]): Entry[] {
  const known = new Set(base.map(({ id }) => id))
  const there = new Set(side.map(({ id }) => id))
  const result = [...side]
  for (let index = 0; index < side.length; index += 1) {
    if (known.has(side[index]?.id ?? '')) continue
    const run = runFrom(side, index, known)
    const before = index === 0 ? -1 : base.findIndex(({ id }) => id === side[index - 1]?.id)
    const gone = runFrom(base, before + 1, there)
    const alike = gone.length === run.length && gone.every(({ type }, at) => type === run[at]?.type)
    if (alike && (index === 0 || before >= 0)) {
      for (const [at, { id }] of gone.entries()) result[index + at] = { ...(run[at] as Entry), id }
    }
    index += run.length
  }

  return result
}

function runFrom(entries: readonly Entry[], start: number, stop: ReadonlySet<string>): Entry[] {
  const end = entries.findIndex(({ id }, index) => index >= start && stop.has(id))

  return entries.slice(start, end === -1 ? undefined : end)
}
