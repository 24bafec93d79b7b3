/** One line of a schema. Prisma's language ends every statement with its line. */
export type Line = {
  /** Offset of its first character. */
  start: number
  /** Offset behind its last character, in front of the line end. */
  end: number
  /** The line with spaces where comments are, so that columns stay. */
  code: string
}

/** Splits a schema into lines; block comments may span several, strings may not. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let start = text.startsWith('\uFEFF') ? 1 : 0
  let inComment = false
  while (start <= text.length) {
    const lineFeed = text.indexOf('\n', start)
    const stop = lineFeed === -1 ? text.length : lineFeed
    const end = text[stop - 1] === '\r' && stop > start ? stop - 1 : stop
    const masked = maskComments(text.slice(start, end), inComment)
    lines.push({ start, end, code: masked.code })
    inComment = masked.inComment
    start = stop + 1
  }

  return lines
}

const STRING_OR_COMMENT = /"(?:[^"\\]|\\.)*"?|\/\/.*$|\/\*.*?(?:\*\/|$)/g

function maskComments(
  line: string,
  startsInComment: boolean,
): { code: string; inComment: boolean } {
  const end = startsInComment ? line.indexOf('*/') : -2
  if (end === -1) return { code: '', inComment: true }

  let inComment = false
  const code = line.slice(end + 2).replaceAll(STRING_OR_COMMENT, (token) => {
    if (token.startsWith('"')) return token
    inComment = token.startsWith('/*') && !/.{2}\*\/$/.test(token)

    return ' '.repeat(token.length)
  })

  return { code: (' '.repeat(end + 2) + code).trimEnd(), inComment }
}
