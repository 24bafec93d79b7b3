import { diffIndices } from 'node-diff3'

/** Entries `start` to `end` of the base became the entries `from` to `to` of a side. */
export type Edit = { start: number; end: number; from: number; to: number }

/** What was changed between two lists, in order. */
export function editsBetween(base: readonly string[], side: readonly string[]): Edit[] {
  const shorter = Math.min(base.length, side.length)
  let head = 0
  while (head < shorter && base[head] === side[head]) head += 1
  let tail = 0
  while (tail < shorter - head && base.at(-1 - tail) === side.at(-1 - tail)) tail += 1

  // Nearly all of a file is the same at both ends, and comparing it would take the most time.
  return diffIndices(
    base.slice(head, base.length - tail),
    side.slice(head, side.length - tail),
  ).map(({ buffer1: [start, count], buffer2: [from, added] }) => ({
    start: head + start,
    end: head + start + count,
    from: head + from,
    to: head + from + added,
  }))
}

/** For each entry of the base, where it is in the other list; -1 where it is gone. */
export function placesIn(base: readonly string[], side: readonly string[]): number[] {
  const places: number[] = []
  let at = 0
  for (const { start, end, to } of [
    ...editsBetween(base, side),
    { start: base.length, end: base.length, from: side.length, to: side.length },
  ]) {
    while (places.length < start) places.push(at++)
    while (places.length < end) places.push(-1)
    at = to
  }

  return places
}
