import type { Document } from './document.js'
import { type Entry, type List, uniqueName } from './lists.js'

/** The rules of a stylesheet, and the declarations of each, as lists. */
export function rulesIn(document: Document): List[] {
  return [readList(document.text, 0)]
}

type Piece = Omit<Entry, 'id' | 'isFree'> & { name: string; isEnded: boolean }

/** Everything up to the brace that closes the block, or to the end. */
function readList(text: string, start: number): List {
  const pieces: Piece[] = []
  let at = start
  for (let piece = readPiece(text, at); piece !== null; piece = readPiece(text, at)) {
    pieces.push(piece)
    at = piece.end + (piece.isEnded ? 1 : 0) + piece.rest.length
  }
  const names = pieces.map(({ name }) => name)

  return {
    type: 'rules',
    start,
    end: at + lengthOf(BETWEEN, text.slice(at)),
    separator: ';',
    endsInSeparator: pieces.at(-1)?.isEnded ?? false,
    entries: pieces.map((piece, index) => ({
      ...piece,
      id: uniqueName(names, index, text.slice(piece.body, piece.end)),
      isFree: true,
    })),
  }
}

/** A rule, or a declaration without its semicolon; `null` at the end of the block. */
function readPiece(text: string, start: number): Piece | null {
  const body = start + lengthOf(BETWEEN, text.slice(start))
  if (body >= text.length || text[body] === '}') return null
  const head = body + lengthOf(HEAD, text.slice(body))
  if (text[head] === '{') {
    const block = readList(text, head + 1)
    const end = block.end + 1
    const name = text.slice(body, head).trim().replace(/\s+/g, ' ')
    const rest = restOfLine(text, end)

    return { type: 'rule', name, start, body, end, rest, isEnded: false, inner: () => [block] }
  }
  const declaration = text.slice(body, head).trimEnd()
  const [name = ''] = declaration.split(':', 1)
  const isEnded = text[head] === ';'

  return {
    type: 'declaration',
    name: name.trim(),
    start,
    body,
    end: body + declaration.length,
    rest: isEnded ? restOfLine(text, head + 1) : '',
    isEnded,
    inner: () => [],
  }
}

/** A comment that stands behind it on the same line. */
function restOfLine(text: string, end: number): string {
  return /^[ \t]*\/\*[^\n]*\*\/(?=[ \t]*\n)/.exec(text.slice(end))?.[0] ?? ''
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0
}

/** White space and comments, which belong to what comes behind them. */
const BETWEEN = /^(?:\s|\/\*[\s\S]*?\*\/)*/

const HEAD = /^(?:\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\([^()]*\)|[^;{}])*/
