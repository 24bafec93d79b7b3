import type { ParserOptions, ParserPlugin } from '@babel/parser'
import type { Comment, Program } from '@babel/types'
import { parseProgram } from './commonjs.js'

/** A parsed TypeScript or JavaScript file. All positions are offsets into `text`. */
export type Source = {
  path: string
  text: string
  program: Program
  comments: readonly Comment[]
}

type Unreadable = { unreadable: string }

type Tokenized = { source: Source; tokens: readonly ParsedToken[] }

/** A token as the parser saw it; a comment is one too. */
export type ParsedToken = {
  type: 'CommentLine' | 'CommentBlock' | { label: string }
  start: number
  end: number
}

/** The parsed file, or a sentence that says where it stops making sense. */
export function parseSource(path: string, text: string): Source | Unreadable {
  const parsed = parseWith(path, text, {})

  return 'unreadable' in parsed ? parsed : parsed.source
}

/** The same, with every token of the text. */
export function parseTokens(path: string, text: string): Tokenized | Unreadable {
  return parseWith(path, text, { tokens: true })
}

function parseWith(path: string, text: string, more: ParserOptions): Tokenized | Unreadable {
  let first: unknown
  for (const options of attempts(path)) {
    try {
      const file = parseProgram(text, { ...options, ...more })
      const { program } = file
      const source: Source = { path, text, program, comments: file.comments ?? [] }

      return { source, tokens: (file.tokens ?? []) as readonly ParsedToken[] }
    } catch (error) {
      first ??= error
    }
  }

  return { unreadable: `${path} cannot be parsed${lineOf(first)}.` }
}

/** The source text of one expression, whole: nothing may stand before or behind it. */
export function isExpression(path: string, text: string): boolean {
  const wrapped = parseSource(path, `(${text}\n)`)
  if ('unreadable' in wrapped || wrapped.program.body.length !== 1) return false
  const statement = wrapped.program.body[0]

  return (
    statement?.type === 'ExpressionStatement' &&
    statement.expression.extra?.parenthesized === true &&
    statement.expression.extra.parenStart === 0 &&
    statement.expression.type !== 'SequenceExpression' &&
    statement.end === wrapped.text.length
  )
}

// Parameter decorators exist in the legacy proposal only, `export @decorated class` in the
// newer one only; and a CommonJS file may return, or name something `await`, at its top.
function attempts(path: string): ParserOptions[] {
  const common = { allowUndeclaredExports: true, attachComment: false } as const
  const legacy = plugins(path, 'decorators-legacy')

  return [
    { ...common, sourceType: 'module', plugins: legacy },
    { ...common, sourceType: 'module', plugins: plugins(path, 'decorators') },
    { ...common, sourceType: 'script', allowReturnOutsideFunction: true, plugins: legacy },
  ]
}

function plugins(path: string, decorators: ParserPlugin): ParserPlugin[] {
  const shared: ParserPlugin[] = [
    decorators,
    'explicitResourceManagement',
    ['importAttributes', { deprecatedAssertSyntax: true }],
  ]
  if (/\.[cm]?ts$/.test(path)) return [...shared, 'typescript']
  if (path.endsWith('.tsx')) return [...shared, 'typescript', 'jsx']

  return [...shared, 'jsx']
}

function lineOf(error: unknown): string {
  if (!(error instanceof SyntaxError) || !('loc' in error)) return ''
  const { loc } = error
  const line = typeof loc === 'object' && loc !== null && 'line' in loc ? loc.line : null

  return typeof line === 'number' ? ` (line ${line})` : ''
}
