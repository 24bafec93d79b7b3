import type { ParsedToken } from '../edits/source.js'
import { rememberFor } from '../remember.js'

/** A word, a sign or a comment of a text. What stands between two of them is only formatting. */
export type Token = {
  /** The same for two spellings that mean the same: `'a'` and `"a"`. */
  key: string
  start: number
  end: number
}

/**
 * The tokens of TypeScript and JavaScript. A semicolon that ends a statement and a comma behind
 * the last entry are formatting: formatters add and remove them.
 */
export function codeTokens(text: string, parsed: readonly ParsedToken[]): Token[] {
  const real = parsed.filter(({ type }) => typeof type === 'string' || type.label !== 'eof')
  const open: string[] = []

  return real.flatMap((token, index) => {
    const spelling = text.slice(token.start, token.end)
    if (typeof token.type === 'string') return [toToken(token, withoutIndentation(spelling))]
    const { label } = token.type
    if (OPENING.has(label)) open.push(label)
    if (CLOSING.has(label)) open.pop()
    if (label === ';' && open.at(-1) !== '(') return []
    if (label === ',' && closesNext(real, index)) return []
    // The white space between two elements, which a formatter indents as it likes.
    if (label === 'jsxText' && /^\s*\n\s*$/.test(spelling)) return []

    return [toToken(token, label === 'string' ? keyOfText(spelling) : spelling)]
  })
}

/** The tokens of any other language, as a pattern finds them. */
export function patternTokens(text: string, pattern: RegExp): Token[] {
  return [...text.matchAll(pattern)].map(({ 0: spelling, index }) => ({
    key: spelling.startsWith('class=') ? sortClasses(spelling) : spelling,
    start: index,
    end: index + spelling.length,
  }))
}

export const keysOf = rememberFor((tokens: readonly Token[]): readonly string[] =>
  tokens.map(({ key }) => key),
)

/** The words alone, whatever the language. */
export function wordsOf(text: string): Token[] {
  return patternTokens(text, /[\p{L}\p{N}_]+/gu)
}

/** The tokens that are whole in a range of the text. */
export function tokensWithin(tokens: readonly Token[], start: number, end: number): Token[] {
  const from = firstFrom(tokens, start)
  const to = firstFrom(tokens, end)

  return tokens.slice(from, to).filter((token) => token.end <= end)
}

/** Tokens come in order: how many begin before a place. */
function firstFrom(tokens: readonly Token[], place: number): number {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.start ?? 0) < place) low = middle + 1
    else high = middle
  }

  return low
}

export function isWord({ key }: Token): boolean {
  return /[\p{L}\p{N}_$'"`]/u.test(key)
}

/** A comment says nothing to the machine: it is a place of its own, whatever stands beside it. */
export function isComment({ key }: Token): boolean {
  return /^(?:\/\/|\/\*|<!--)/.test(key)
}

function toToken({ start, end }: ParsedToken, key: string): Token {
  return { key, start, end }
}

function closesNext(tokens: readonly ParsedToken[], index: number): boolean {
  const next = tokens.slice(index + 1, index + 9).find(({ type }) => typeof type !== 'string')

  return next !== undefined && typeof next.type !== 'string' && CLOSING.has(next.type.label)
}

const OPENING = new Set(['(', '[', '{', '${', '{|', '#{'])
const CLOSING = new Set([')', ']', '}'])

/** Whether a key is a list of CSS classes, whose order says nothing. */
export function isClassList(key: string): boolean {
  if (key.startsWith('class="')) return true
  if (!key.startsWith("'")) return false
  const words = key.slice(1, -1).split(' ')
  const special = words.filter((word) => /[-:[]/.test(word))

  return words.every((word) => CLASS.test(word)) && 2 * special.length > words.length
}

// Prose has capitals, commas and full stops, and few words with a hyphen in them.
const CLASS = /^(?=.*[a-z])[a-z0-9[(*@!~&>_-](?:[^\s"`]*[^\s"'`,.;?])?$/

function keyOfText(literal: string): string {
  const key = inSingleQuotes(literal)
  const normal = `'${key.slice(1, -1).trim().replace(/\s+/g, ' ')}'`

  return isClassList(normal) ? sortClasses(normal) : key
}

function sortClasses(literal: string): string {
  return literal.replace(/(["'])(.*)\1/, (_match, quote: string, list: string) => {
    return quote + list.trim().split(/\s+/).sort().join(' ') + quote
  })
}

function inSingleQuotes(literal: string): string {
  if (literal.startsWith("'") || literal.slice(1, -1).includes("'")) return literal

  return `'${literal.slice(1, -1).replaceAll('\\"', '"')}'`
}

function withoutIndentation(comment: string): string {
  return comment.replace(/\s*\n\s*/g, '\n').trimEnd()
}
