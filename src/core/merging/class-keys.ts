/** Whether a key is a list of CSS classes, whose order says nothing. */
export function isClassList(key: string): boolean {
  if (key.startsWith('class="')) return true
  // Only a text with a quote in it has the other quotes.
  if (!/^(?:'|".*')/.test(key)) return false
  const words = key.slice(1, -1).split(' ')
  const special = words.filter((word) => /[-:[]/.test(word))

  return words.every(isClass) && 2 * special.length > words.length
}

/** A class has quotes within brackets alone: `[&_b:not([class*='bold'])]:mt-1`. */
function isClass(word: string): boolean {
  return CLASS.test(word) && (!word.includes("'") || word.includes('['))
}

// Prose has capitals, commas and full stops, and few words with a hyphen in them.
const CLASS = /^(?=.*[a-z])[a-z0-9[(*@!~&>_-](?:[^\s"`]*[^\s"'`,.;?])?$/

/** The key of a text in quotes, which may be a list of classes. */
export function keyOfText(literal: string): string {
  const key = inSingleQuotes(literal)
  const quote = key.charAt(0)
  const normal = quote + key.slice(1, -1).trim().replace(/\s+/g, ' ') + quote

  return isClassList(normal) ? sortClasses(normal) : key
}

/** The list in an order of its own. */
export function sortClasses(literal: string): string {
  return literal.replace(/(["'])(.*)\1/, (_match, quote: string, list: string) => {
    return quote + list.trim().split(/\s+/).sort().join(' ') + quote
  })
}

function inSingleQuotes(literal: string): string {
  if (literal.startsWith("'") || literal.slice(1, -1).includes("'")) return literal

  return `'${literal.slice(1, -1).replaceAll('\\"', '"')}'`
}

/** The key of a list of classes that has no quotes; `null` for any other text. */
export function keyOfList(inside: string): string | null {
  const list = inside.trim().replace(/\s+/g, ' ')
  const quote = list.includes("'") ? '"' : "'"
  const key = `${quote}${list}${quote}`

  return !/:(?: |$)/.test(list) && isClassList(key) ? sortClasses(key) : null
}
