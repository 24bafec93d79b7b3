/** A piece of a text that gives way to another, mostly to nothing. */
export type Replacement = { start: number; end: number; text: string }

/** Makes all replacements at once. Of two that overlap, the one that begins first counts. */
export function splice(text: string, replacements: readonly Replacement[]): string {
  const pieces: string[] = []
  let position = 0
  const inOrder = replacements.toSorted(
    (one, other) => one.start - other.start || other.end - one.end,
  )
  for (const { start, end, text: replacement } of inOrder) {
    if (start < position) continue
    pieces.push(text.slice(position, start), replacement)
    position = end
  }

  return pieces.join('') + text.slice(position)
}
