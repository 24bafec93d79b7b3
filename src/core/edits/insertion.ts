/** A text to add at an offset of the original. */
export type Insertion = { at: number; text: string }

/** Splices insertions in; those at one offset keep their order. Every byte of the text stays. */
export function insert(text: string, insertions: readonly Insertion[]): string {
  const sorted = [...insertions].sort((left, right) => left.at - right.at)
  let result = ''
  let done = 0
  for (const { at, text: added } of sorted) {
    result += text.slice(done, at) + added
    done = at
  }

  return result + text.slice(done)
}

/**
 * Takes texts that an edit recorded out again, byte for byte. `null` when one of them is gone,
 * was changed, or stands there twice, so that a guess would be needed.
 */
export function removeInserted(text: string, inserted: readonly string[]): string | null {
  // A short one may be part of a longer one; and a later run may have added to what an earlier did.
  const longestFirst = [...inserted].sort((left, right) => right.length - left.length)

  return cutAll(text, longestFirst) ?? cutAll(text, [...inserted].reverse())
}

function cutAll(text: string, inserted: readonly string[]): string | null {
  return inserted.reduce<string | null>(
    (rest, added) => (rest === null || added === '' ? rest : cut(rest, added)),
    text,
  )
}

function cut(text: string, added: string): string | null {
  const everywhere = occurrences(text, added)
  const places = everywhere.length > 1 ? preferWholeLines(text, added, everywhere) : everywhere
  const results = new Set(places.map((at) => text.slice(0, at) + text.slice(at + added.length)))
  const [only] = results

  return results.size === 1 && only !== undefined ? only : null
}

/** Few are enough: two that differ are as ambiguous as a million. */
const MOST_OCCURRENCES = 20

function occurrences(text: string, added: string): number[] {
  const found: number[] = []
  let at = text.indexOf(added)
  while (at !== -1 && found.length < MOST_OCCURRENCES) {
    found.push(at)
    at = text.indexOf(added, at + 1)
  }

  return found
}

// A commented-out copy of our line contains it too, but not as a line of its own.
function preferWholeLines(text: string, added: string, places: number[]): number[] {
  if (!added.includes('\n')) return places

  const whole = places.filter((at) => {
    const before = added.startsWith('\n') || added.startsWith('\r\n') ? '\n' : text[at - 1]
    const after = added.endsWith('\n') ? '\n' : text[at + added.length]

    return (
      (before === undefined || before === '\n') && (after === undefined || /[\r\n]/.test(after))
    )
  })

  return whole.length > 0 ? whole : places
}
