import type { Node } from '@babel/types'
import { descend, isFunction } from '../edits/syntax-tree.js'
import { readDocument } from '../merging/document.js'

/** A function of the app, as a list of tokens. */
export type FunctionOfApp = {
  path: string
  /** What it is called by, where it has a name. */
  name: string | null
  start: number
  end: number
  /** The number of its first line. */
  line: number
  tokens: readonly string[]
  /** The names of what it calls. */
  calls: readonly string[]
}

/** Every function of a file, also those inside others; none, where the file cannot be read. */
export function functionsIn(path: string, text: string): FunctionOfApp[] {
  const document = readDocument(path, text)
  if (!document?.source) return []
  const tokens = document.tokens.filter(({ key }) => !/^\/[/*]/.test(key))

  return descend(document.source.program).flatMap((node) => {
    if (!isFunction(node)) return []
    const [start, end] = [node.start ?? 0, node.end ?? 0]
    const own = tokens.filter((token) => token.start >= start && token.end <= end)
    const keys = own.map(({ key }) => key)

    return [
      {
        ...{ path, name: nameOf(node, text), start, end },
        line: text.slice(0, start).split('\n').length,
        tokens: keys,
        calls: keys.filter((key, index) => keys[index + 1] === '(' && /^[\p{L}_$]/u.test(key)),
      },
    ]
  })
}

/** Of a declaration, a method, or what stands in front of a function: `const name =`, `name:`. */
function nameOf(node: Node, text: string): string | null {
  if ('id' in node && node.id?.type === 'Identifier') return node.id.name
  if ('key' in node && node.key.type === 'Identifier') return node.key.name
  const before = text.slice(Math.max(0, (node.start ?? 0) - 200), node.start ?? 0)

  return /([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=\n]*)?[=:]\s*$/u.exec(before)?.[1] ?? null
}
