import { parseJson } from '../edits/commonjs.js'
import { parseTokens, type Source } from '../edits/source.js'
import { rememberLast } from '../remember.js'
import { codeTokens, patternTokens, type Token } from './tokens.js'

export type Language = 'code' | 'json' | 'css' | 'prisma' | 'page' | 'env' | 'text'

/** A text and what it consists of. */
export type Document = {
  text: string
  tokens: readonly Token[]
  /** The syntax tree, where the file is TypeScript or JavaScript. */
  source: Source | null
  language: Language
}

/** The text as the kind of file that its path says; `null` when it is not one. */
export function readDocument(path: string, text: string): Document | null {
  return readAgain(path, text)
}

// The rungs of a merge read the same few texts one after the other.
const readAgain = rememberLast(12, readKind)

function readKind(path: string, text: string): Document | null {
  if (CODE.test(path)) return readCode(path, text)
  const kind = KINDS.find(({ paths }) => paths.test(path))
  if (kind === undefined)
    return { text, tokens: patternTokens(text, WORDS), source: null, language: 'text' }
  if (!kind.isReadable(text)) return null

  return {
    text,
    tokens: patternTokens(text, kind.tokens),
    source: null,
    language: kind.language,
  }
}

/** Whether the file is of a kind whose words may be merged within a line. */
export function isKnownKind(path: string): boolean {
  return CODE.test(path) || KINDS.some(({ paths }) => paths.test(path))
}

const CODE = /\.[cm]?[jt]sx?$/

const WORDS = /[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu

type Kind = {
  language: Language
  paths: RegExp
  tokens: RegExp
  isReadable: (text: string) => boolean
}

const KINDS: readonly Kind[] = [
  {
    language: 'json',
    paths: /\.jsonc?$/,
    tokens: /\/\/.*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|[\w.+-]+|[^\s\w]/g,
    isReadable: isJson,
  },
  {
    language: 'css',
    paths: /\.css$/,
    tokens: /\/\*[\s\S]*?\*\/|"[^"\n]*"|'[^'\n]*'|[@#.]?-?[\w-]+(?:\.\d+)?%?|::?[\w-]+|[^\s\w]/g,
    isReadable: isBalanced,
  },
  {
    language: 'prisma',
    paths: /\.prisma$/,
    tokens: /\/\/.*|"(?:[^"\\\n]|\\.)*"|@{0,2}[\w.]+|[^\s\w]/g,
    isReadable: isBalanced,
  },
  {
    language: 'page',
    paths: /\.(?:ejs|html)$/,
    tokens:
      /<!--[\s\S]*?-->|\bclass="[^"\n]*"|<%[-=_#]?|[-_]?%>|<\/?[\w-]+|\/?>|="[^"\n]*"|[\p{L}\p{N}_$-]+|\S/gu,
    isReadable: isPage,
  },
  {
    language: 'env',
    paths: /(?:^|\/)\.env(?:\.|$)/,
    tokens: /^[ \t]*#.*|^[ \t]*(?:export[ \t]+)?[\w.]+[ \t]*=|\S.*/gm,
    isReadable: () => true,
  },
]

function readCode(path: string, text: string): Document | null {
  const parsed = parseTokens(path, text)
  if ('unreadable' in parsed) return null

  return { text, tokens: codeTokens(text, parsed.tokens), source: parsed.source, language: 'code' }
}

function isJson(text: string): boolean {
  const errors: Parameters<typeof parseJson>[1] = []
  parseJson(text, errors, { allowTrailingComma: true })

  return errors.length === 0
}

function isBalanced(text: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"[^"\n]*"|'[^'\n]*'/g, '')
  let depth = 0
  for (const [sign] of code.matchAll(/[{}]/g)) {
    depth += sign === '{' ? 1 : -1
    if (depth < 0) return false
  }

  return depth === 0
}

/** Every tag of EJS is closed before the next one opens, and so are its blocks. */
function isPage(text: string): boolean {
  const tags = [...text.matchAll(/<%(?!%)|%>/g)].map(([tag]) => tag)
  const paired = tags.every((tag, index) => tag === (index % 2 === 0 ? '<%' : '%>'))
  const code = [...text.matchAll(/<%[-=_#]?([\s\S]*?)[-_]?%>/g)]
    .map(([, inner]) => inner)
    .join('\n')

  return paired && tags.length % 2 === 0 && isBalanced(code)
}
