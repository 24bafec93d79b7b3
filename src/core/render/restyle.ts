import type { Node } from '@babel/types'
import { type ParsedToken, parseTokens } from '../edits/source.js'
import { descend, endOfNode } from '../edits/syntax-tree.js'
import { withLineEnds } from '../edits/whitespace.js'
import type { Facts } from '../facts/facts.js'

type Style = Facts['style']

/**
 * Generated code in the quotes, semicolons, indentation and line ends of the app, for one whose
 * formatter is not installed or that has none. Where a line breaks stays as it is; and what
 * would not be the same code any more is not touched.
 */
export function restyle(path: string, text: string, style: Style): string {
  const isCode = /\.[cm]?[jt]s$/.test(path)
  const restyled = isCode && !isPlain(style) ? restyleCode(path, text, style) : text

  return style.lineEnd === '\n' ? restyled : withLineEnds(restyled, style.lineEnd)
}

/** The style that the templates are written in. */
function isPlain({ quote, semicolon, indent }: Style): boolean {
  return quote === "'" && semicolon === '' && indent === '  '
}

function restyleCode(path: string, text: string, style: Style): string {
  const parsed = parseTokens(path, text)
  if ('unreadable' in parsed) return text
  const changes = [
    ...parsed.tokens.flatMap((token) => requoted(text, token, style)),
    ...(style.semicolon === '' ? [] : missingSemicolons(text, parsed.source.program)),
    ...reindented(text, parsed.tokens, style),
  ]
  const result = splice(text, changes)

  return isSameCode(path, text, result) ? result : text
}

type Change = { start: number; end: number; text: string }

function splice(text: string, changes: readonly Change[]): string {
  let result = ''
  let done = 0
  for (const { start, end, text: replacement } of changes.toSorted(
    (one, other) => one.start - other.start || one.end - other.end,
  )) {
    result += text.slice(done, start) + replacement
    done = end
  }

  return result + text.slice(done)
}

/** A text with the wanted quote in it keeps its own, as formatters have it. */
function requoted(text: string, token: ParsedToken, { quote }: Style): Change[] {
  if (labelOf(token) !== 'string') return []
  const { start, end } = token
  const inner = text.slice(start + 1, end - 1)
  const own = text[start]
  if (own === quote || inner.includes(quote)) return []

  return [{ start, end, text: quote + inner.replaceAll(`\\${own}`, () => `${own}`) + quote }]
}

const TERMINATED =
  /^(?:ExpressionStatement|VariableDeclaration|ReturnStatement|ThrowStatement|BreakStatement|ContinueStatement|DebuggerStatement|DoWhileStatement|Directive|ImportDeclaration|ExportAllDeclaration|ClassProperty|ClassPrivateProperty|TSTypeAliasDeclaration|TSExportAssignment|TSImportEqualsDeclaration|TSDeclareFunction|TSDeclareMethod)$/
const MEMBERS = /^TS(?:PropertySignature|MethodSignature|IndexSignature|CallSignatureDeclaration)$/

function missingSemicolons(text: string, program: Node): Change[] {
  const nodes = descend(program)
  const inHeads = new Set<unknown>(nodes.flatMap(headOf))

  return nodes
    .filter((node) => !inHeads.has(node) && endsWithSemicolon(text, node))
    .map(endOfNode)
    .filter((end) => text[end - 1] !== ';' && text[end] !== ';')
    .map((end) => ({ start: end, end, text: ';' }))
}

/** What stands between the brackets of a `for` is no statement of its own. */
function headOf(node: Node): unknown[] {
  if (node.type === 'ForStatement') return [node.init]

  return node.type === 'ForOfStatement' || node.type === 'ForInStatement' ? [node.left] : []
}

function endsWithSemicolon(text: string, node: Node): boolean {
  if (TERMINATED.test(node.type)) return true
  // On one line, members are apart by semicolons already, and the last one has none.
  if (MEMBERS.test(node.type)) return /^\s*(?:\n|\/\/)/.test(text.slice(endOfNode(node)))
  if (node.type === 'ExportNamedDeclaration') return !node.declaration
  if (node.type !== 'ExportDefaultDeclaration') return false

  return !/^(?:Function|Class|TSInterface)Declaration$/.test(node.declaration.type)
}

/** Two spaces are one step in the templates. What is inside a template literal is content. */
function reindented(text: string, tokens: readonly ParsedToken[], { indent }: Style): Change[] {
  if (indent === '  ') return []
  const literals = tokens.filter((token) => labelOf(token) === 'template')

  return [...text.matchAll(/^ {2,}/gm)].flatMap(({ index: start, 0: { length } }) => {
    if (literals.some((literal) => literal.start < start && start <= literal.end)) return []
    const white = indent.repeat(Math.floor(length / 2)) + ' '.repeat(length % 2)

    return [{ start, end: start + length, text: white }]
  })
}

/** The same tokens in the same order, but for semicolons at the end and quotes around a text. */
function isSameCode(path: string, before: string, after: string): boolean {
  const [one, other] = [codeIn(path, before), codeIn(path, after)]

  return one !== null && other !== null && one === other
}

function codeIn(path: string, text: string): string | null {
  const parsed = parseTokens(path, text)
  if ('unreadable' in parsed) return null

  return parsed.tokens
    .map((token) => {
      const written = text.slice(token.start, token.end)
      if (labelOf(token) === 'string') return JSON.stringify(unquoted(written))
      return labelOf(token).startsWith('Comment') ? written.replace(/\s+/g, ' ') : written
    })
    .filter((written) => written !== ';')
    .join('\n')
}

function unquoted(written: string): string {
  return written.slice(1, -1).replace(/\\(['"])/g, '$1')
}

function labelOf({ type }: ParsedToken): string {
  return typeof type === 'string' ? type : type.label
}
