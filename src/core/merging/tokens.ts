import type { ParsedToken } from '../edits/source.js'
import { rememberFor } from '../remember.js'
import { keyOfList, keyOfText, sortClasses } from './class-keys.js'

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

  const tokens = real.flatMap((token, index) => {
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

  return joinLongTexts(tokens)
}

/** A list of classes over many lines is the same list as one between quotes. */
function joinLongTexts(tokens: readonly Token[]): Token[] {
  const joined: Token[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const [open, inside, close] = tokens.slice(index, index + 3)
    if (!open) break
    const list = open.key === '`' && close?.key === '`' ? keyOfList(inside?.key ?? '') : null
    if (list !== null) index += 2
    joined.push(list === null || !close ? open : { key: list, start: open.start, end: close.end })
  }

  return joined
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

function withoutIndentation(comment: string): string {
  return comment.replace(/\s*\n\s*/g, '\n').trimEnd()
}
