import type { Function as FunctionNode, Node } from '@babel/types'
import { parseSource } from '../../edits/source.js'
import { type Replacement, splice } from '../../edits/splice.js'
import { descend, endOfNode, isFunction, startOfNode } from '../../edits/syntax-tree.js'

const LONGEST_LINE = 100

/** Parameters that had lines of their own for their types' sake go back on one, where it fits. */
export function joinLines(text: string): string {
  const source = parseSource('template.js', text)
  if ('unreadable' in source) throw new Error(source.unreadable)
  const functions = descend(source.program).filter(isFunctionNode)
  // From the inside out, one at a time: each changes the line that the next one is measured on.
  const joined = functions.flatMap((node) => joinParameters(node, text))

  return splice(text, joined)
}

function isFunctionNode(node: Node): node is FunctionNode {
  return isFunction(node)
}

function joinParameters({ params }: FunctionNode, text: string): Replacement[] {
  const [first] = params
  const last = params.at(-1)
  if (!first || !last) return []
  const [before = ''] = /\(\s*$/.exec(text.slice(0, startOfNode(first))) ?? []
  const [after = ''] = /^,?\s*\)/.exec(text.slice(endOfNode(last))) ?? []
  const start = startOfNode(first) - before.length
  const end = endOfNode(last) + after.length
  const lines = text.slice(start, end)
  if (!before.includes('\n') || !after.includes('\n') || /\/[/*]/.test(lines)) return []

  const one = `(${params.map((each) => text.slice(startOfNode(each), endOfNode(each))).join(', ')})`
  const lineStart = text.lastIndexOf('\n', start) + 1
  const lineEnd = text.indexOf('\n', end)
  const length = start - lineStart + one.length + (lineEnd - end)

  return one.includes('\n') || length > LONGEST_LINE ? [] : [{ start, end, text: one }]
}
