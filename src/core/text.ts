/** What a file's text looks like apart from its words: how its lines end, what it begins with. */
export type TextShape = { bom: boolean; crlf: boolean }

export function shapeOf(text: string): TextShape {
  return { bom: text.startsWith(BOM), crlf: /\r\n/.test(text) && !/(?<!\r)\n/.test(text) }
}

/** The text with plain line ends. A text that mixes line ends keeps them: no line of it is ours. */
export function plain(text: string): string {
  const { bom, crlf } = shapeOf(text)
  const body = bom ? text.slice(BOM.length) : text

  return crlf ? body.replaceAll('\r\n', '\n') : body
}

/** A plain text in the shape of another one. */
export function shapeLike(text: string, shape: TextShape): string {
  const body = shape.crlf ? text.replaceAll('\n', '\r\n') : text

  return shape.bom ? BOM + body : body
}

/** Whether two texts say the same; git may have changed the line ends of one of them. */
export function sameText(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return left === right

  return left === right || plain(left) === plain(right)
}

/** Whether an unfinished merge is in the text: all three markers, each at the start of a line. */
export function hasMarkers(text: string): boolean {
  return /^<{7}(?: .*)?\r?$[\s\S]*?^={7}\r?$[\s\S]*?^>{7}(?: .*)?\r?$/m.test(text)
}

const BOM = '\uFEFF'
