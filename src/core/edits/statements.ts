import type { Node } from '@babel/types'
import type { Insertion } from './insertion.js'
import type { Source } from './source.js'
import { endOfNode, startOfNode } from './syntax-tree.js'
import { indentationAt, indentationUnit, lineEndAt } from './whitespace.js'

/** Statements to add, without indentation, one a line; the last one is code, the others may be comments. */
export type Lines = { lines: readonly string[]; blankBefore?: boolean; blankAfter?: boolean }

/** Adds lines below a statement, and below the comment at the end of its line. */
export function addBelow(source: Source, node: Node, { lines, ...blanks }: Lines): Insertion {
  const { text } = source
  const end = endOfLine(source, endOfCode(text, node))
  if (end === null) return addOnSameLine(text, node, lines)

  const lineEnd = lineEndAt(text, end)
  const indentation = indentationAt(text, startOfNode(node))
  const added = guarded(source, end, lines).map((line) => lineEnd + indentation + line)
  const before = blanks.blankBefore ? lineEnd : ''
  const after = blanks.blankAfter && codeFollowsDirectly(text, end) ? lineEnd : ''

  return { at: end, text: before + added.join('') + after }
}

/** Adds lines in front of a statement, below the comments that belong to it or to the file. */
export function addAbove(source: Source, node: Node, { lines, ...blanks }: Lines): Insertion {
  const { text } = source
  const at = startOfNode(node)
  const lineEnd = lineEndAt(text, at)
  const indentation = indentationAt(text, at)
  const added = guarded(source, at, lines).map((line) => line + lineEnd + indentation)

  return { at, text: added.join('') + (blanks.blankAfter ? lineEnd + indentation : '') }
}

/** Fills a block that has no statement yet. */
export function addInside(source: Source, block: Node, { lines }: Lines): Insertion {
  const { text } = source
  const at = startOfNode(block) + 1
  const lineEnd = lineEndAt(text, at)
  const indentation = indentationAt(text, at)
  const added = lines.map((line) => lineEnd + indentation + indentationUnit(text) + line)
  const closes = text.slice(at, endOfNode(block)).includes('\n') ? '' : lineEnd + indentation

  return { at, text: added.join('') + closes }
}

/** Whether an empty line stands in front of a statement. */
export function hasBlankBefore({ text }: Source, node: Node): boolean {
  return /\n[ \t]*\r?\n\s*$/.test(
    text.slice(Math.max(0, startOfNode(node) - 200), startOfNode(node)),
  )
}

// A statement ends with the `;` that protects the next line in code without semicolons.
function endOfCode(text: string, node: Node): number {
  const end = endOfNode(node)
  const before = text.slice(startOfNode(node), end - 1)

  return text[end - 1] === ';' && /\n[ \t]*$/.test(before)
    ? startOfNode(node) + before.trimEnd().length
    : end
}

/** The end of the line that code ends on, behind its comment; `null` when more code is on it. */
function endOfLine({ text, comments }: Source, from: number): number | null {
  let at = from
  for (;;) {
    while (/[ \t;]/.test(text[at] ?? '')) at += 1
    const comment = comments.find(({ start }) => start === at)
    if (!comment) break
    at = comment.end ?? text.length
  }
  if (text.startsWith('\r\n', at)) return at

  return at >= text.length || text[at] === '\n' ? at : null
}

// More code follows on the line, so a comment of ours has no room there.
function addOnSameLine(text: string, node: Node, lines: readonly string[]): Insertion {
  const at = endOfNode(node)
  const open = /[;}]/.test(text[at - 1] ?? '') ? '' : ';'
  const code = lines.filter((line) => !line.startsWith('//')).join(' ')

  return { at, text: `${open} ${code.replace(/;?$/, ';')}` }
}

// Without semicolons, code that begins with a bracket would go on with ours.
function guarded(source: Source, at: number, lines: readonly string[]): string[] {
  const code = lines.at(-1) ?? ''
  const next = source.text[skipBlanks(source, at)] ?? ''
  const goesOn = !code.endsWith(';') && '([`+-/'.includes(next) && next !== ''

  return [...lines.slice(0, -1), goesOn ? `${code};` : code]
}

function skipBlanks({ text, comments }: Source, from: number): number {
  let at = from
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at += 1
    const comment = comments.find(({ start }) => start === at)
    if (!comment) return at
    at = comment.end ?? text.length
  }
}

function codeFollowsDirectly(text: string, lineEnd: number): boolean {
  return /^\r?\n[ \t]*[^\s})]/.test(text.slice(lineEnd, lineEnd + 200))
}
