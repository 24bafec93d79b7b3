/** One thing in each of the three versions of a file. */
export type Three<T> = {
  /** What the last run wrote. */
  base: T
  /** What the owner made of it. */
  ours: T
  /** What this version of the command writes. */
  theirs: T
}

export type Versions = Three<string>

export function each<From, To>(
  { base, ours, theirs }: Three<From>,
  map: (value: From) => To,
): Three<To> {
  return { base: map(base), ours: map(ours), theirs: map(theirs) }
}

/** The side to take where only one of them, or both alike, changed something; else `null`. */
export function oneSided<T>(three: Three<T>, same = Object.is as (a: T, b: T) => boolean) {
  if (same(three.ours, three.theirs) || same(three.base, three.theirs)) return 'ours'

  return same(three.base, three.ours) ? 'theirs' : null
}

/** The three things, where there are three of them. */
export function allOf<T>({ base, ours, theirs }: Three<T | null>): Three<T> | null {
  return base === null || ours === null || theirs === null ? null : { base, ours, theirs }
}
