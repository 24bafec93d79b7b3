/** A tag, a text or a piece of code of a page. */
export type Piece = { kind: keyof typeof PATTERNS; start: number; end: number }

const CODE = '<%[\\s\\S]*?%>'

const VALUES = `${CODE}|"(?:${CODE}|[^"])*"|'[^']*'|[^<>"']`

// `<%` before a tag and a comment: what it prints may stand anywhere.
const PATTERNS = {
  opens: `<%[-_]?(?![=#-]|\\s*\\})(?:(?!%>)[\\s\\S])*\\{\\s*[-_]?%>`,
  goesOn: `<%[-_]?\\s*\\}(?:(?!%>)[\\s\\S])*\\{\\s*[-_]?%>`,
  closes: `<%[-_]?\\s*\\}[\\s)};]*[-_]?%>`,
  output: CODE,
  comment: '<!--[\\s\\S]*?-->|<![^>]*>',
  raw: `<(?:script|style|textarea|pre)\\b(?:${VALUES})*>[\\s\\S]*?</(?:script|style|textarea|pre)>`,
  ends: '</[a-zA-Z][\\w-]*\\s*>',
  alone: `<(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\\b(?:${VALUES})*>`,
  begins: `<[a-zA-Z][\\w-]*(?:${VALUES})*>`,
  text: '[^<]+',
  sign: '<',
}

const PIECE = new RegExp(
  Object.entries(PATTERNS)
    .map(([kind, pattern]) => `(?<${kind}>${pattern})`)
    .join('|'),
  'g',
)

/** All of a page, piece by piece. */
export function piecesOf(text: string): Piece[] {
  return [...text.matchAll(PIECE)].map(({ 0: found, index, groups = {} }) => {
    const kind = Object.keys(groups).find((each) => groups[each] !== undefined) as Piece['kind']

    return { kind, start: index, end: index + found.length }
  })
}
