/**
 * A value from outside, fit for a terminal: cut short, with control characters, line ends and
 * direction marks escaped, so that it can neither move the cursor nor reorder the sentence.
 */
export function quoted(value: string, limit = 40): string {
  const characters = [...value.slice(0, limit * 2)]
  const shown = characters.slice(0, limit).map(visible).join('')
  const isCut = characters.length > limit || value.length > limit * 2

  return isCut ? `"${shown}…"` : `"${shown}"`
}

function visible(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`
  if (character === ' ' || !/[\p{C}\p{Z}]/u.test(character)) return character

  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
