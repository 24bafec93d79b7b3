/** The line end in use around an offset: that of its own line, else of the line before. */
export function lineEndAt(text: string, at: number): '\n' | '\r\n' {
  const next = text.indexOf('\n', at)
  const found = next === -1 ? text.lastIndexOf('\n') : next

  return found > 0 && text[found - 1] === '\r' ? '\r\n' : '\n'
}

/** The white space that the line around an offset begins with. */
export function indentationAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1

  return /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? ''
}

/** One step of indentation, as the text's first indented line has it. */
export function indentationUnit(text: string): string {
  // A continuation line of a block comment begins with one space and a star.
  const found = /^(\t| {2,})(?![ \t*])/m.exec(text)?.[1]

  return found ?? '  '
}

/** The text with other line ends. */
export function withLineEnds(text: string, lineEnd: '\n' | '\r\n'): string {
  return text.replaceAll(/\r?\n/g, lineEnd)
}

/** The offset after a byte order mark, so that nothing is put in front of it. */
export function startOf(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0
}
