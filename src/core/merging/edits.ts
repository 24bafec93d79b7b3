import { diffIndices } from 'node-diff3'
import { rememberForBoth } from '../remember.js'

/** Entries `start` to `end` of the base became the entries `from` to `to` of a side. */
export type Edit = { start: number; end: number; from: number; to: number }

/**
 * What was changed between two lists, in order. What is there once in both is found first: it
 * says more about which entries belong together than signs and short words do, and it is fast.
 * The rungs of a merge ask it of the same two lists.
 */
export const editsBetween = rememberForBoth(
  (base: readonly string[], side: readonly string[]): readonly Edit[] =>
    compare(base, side, { start: 0, end: base.length, from: 0, to: side.length }),
)

/** For each entry of the base, where it is in the other list; -1 where it is gone. */
export function placesIn(base: readonly string[], side: readonly string[]): number[] {
  const places: number[] = []
  const last = { start: base.length, end: base.length, from: side.length, to: side.length }
  let at = 0
  for (const { start, end, to } of [...editsBetween(base, side), last]) {
    while (places.length < start) places.push(at++)
    while (places.length < end) places.push(-1)
    at = to
  }

  return places
}

function compare(base: readonly string[], side: readonly string[], whole: Edit): Edit[] {
  const { start, end, from, to } = withoutEnds(base, side, whole)
  if (start === end && from === to) return []
  if (start === end || from === to) return [{ start, end, from, to }]
  const anchors = anchorsIn(base, side, { start, end, from, to })
  if (anchors.length === 0) return compareAll(base, side, { start, end, from, to })

  return [...anchors, { at: end, place: to }].flatMap(({ at, place }, index) => {
    const before = anchors[index - 1]

    return compare(base, side, {
      start: before ? before.at + 1 : start,
      end: at,
      from: before ? before.place + 1 : from,
      to: place,
    })
  })
}

function withoutEnds(base: readonly string[], side: readonly string[], whole: Edit): Edit {
  let { start, end, from, to } = whole
  while (start < end && from < to && base[start] === side[from]) {
    start += 1
    from += 1
  }
  while (start < end && from < to && base[end - 1] === side[to - 1]) {
    end -= 1
    to -= 1
  }

  return { start, end, from, to }
}

function compareAll(base: readonly string[], side: readonly string[], range: Edit): Edit[] {
  const { start, end, from, to } = range
  if ((end - start) * (to - from) > MOST_COMPARISONS) return [range]

  return diffIndices(base.slice(start, end), side.slice(from, to)).map(
    ({ buffer1: [offset, count], buffer2: [place, added] }) => ({
      start: start + offset,
      end: start + offset + count,
      from: from + place,
      to: from + place + added,
    }),
  )
}

const MOST_COMPARISONS = 1_000_000

type Anchor = { at: number; place: number }

/** Entries that both have once, as many as stand in the same order. */
function anchorsIn(base: readonly string[], side: readonly string[], range: Edit): Anchor[] {
  const old = onlyOnes(base, range.start, range.end)
  const new_ = onlyOnes(side, range.from, range.to)
  const pairs = [...old].flatMap(([key, at]) => {
    const place = new_.get(key)

    return place === undefined || at === -1 || place === -1 ? [] : [{ at, place }]
  })

  return longestRising(pairs)
}

/** Where each entry is, -1 where it is more than once. */
function onlyOnes(keys: readonly string[], start: number, end: number): Map<string, number> {
  const places = new Map<string, number>()
  for (let index = start; index < end; index += 1) {
    const key = keys[index] ?? ''
    places.set(key, places.has(key) ? -1 : index)
  }

  return places
}

/** The longest run of pairs whose places rise; the pairs come in the order of the base. */
function longestRising(pairs: readonly Anchor[]): Anchor[] {
  const piles: (Anchor & { before: number })[][] = []
  for (const pair of pairs) {
    // The last places of the piles rise; most pairs begin a pile of their own.
    let index = piles.length
    while (index > 0 && (piles[index - 1]?.at(-1)?.place ?? 0) > pair.place) index -= 1
    const before = (piles[index - 1]?.length ?? 0) - 1
    const pile = piles[index] ?? []
    pile.push({ ...pair, before })
    piles[index] = pile
  }
  const run: Anchor[] = []
  let at = (piles.at(-1)?.length ?? 0) - 1
  for (let index = piles.length - 1; index >= 0; index -= 1) {
    const chosen = piles[index]?.[at]
    if (!chosen) break
    run.unshift({ at: chosen.at, place: chosen.place })
    at = chosen.before
  }

  return run
}
