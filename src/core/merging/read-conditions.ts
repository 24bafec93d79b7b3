import type { IfStatement, Node } from '@babel/types'
import { descend, endOfNode, startOfNode } from '../edits/syntax-tree.js'
import { rememberFor } from '../remember.js'
import { foundInAll } from './by-place.js'
import type { Document } from './document.js'
import type { Range } from './lines.js'
import { isPartOf } from './merge-list.js'
import { isComment, isWord, tokensWithin } from './tokens.js'
import type { Three } from './versions.js'

export type Condition = {
  range: Range
  key: string
  operator: string | null
  cases: Case[]
  /** What is done where it holds, and otherwise, in words. */
  effect: readonly string[]
  /** What is reached only where it does not hold. */
  rest: readonly string[]
}

export type Case = { key: string; text: string; isSimple: boolean }

function conditionOf(node: Node, document: Document): Condition | null {
  if (node.type !== 'IfStatement') return null
  const { text, tokens } = document
  const range = {
    start: text.indexOf('(', startOfNode(node)) + 1,
    end: text.lastIndexOf(')', startOfNode(node.consequent)),
  }
  if (tokensWithin(tokens, range.start, range.end).some(isComment)) return null
  const { operator, nodes, ends } = chainOf(node.test, document)
  const borders = [{ start: 0, end: range.start }, ...ends, { start: range.end, end: 0 }]

  return {
    range,
    key: keyOf(document, range),
    operator,
    cases: nodes.map((one, index): Case => {
      const [start, end] = [borders[index]?.end ?? 0, borders[index + 1]?.start ?? 0]

      return {
        key: keyOf(document, { start, end }),
        text: text.slice(start, end).trim(),
        isSimple: operator !== null || isParenthesized(one) || !WEAK.test(one.type),
      }
    }),
    effect: wordsIn(document, { start: range.end, end: endOfNode(node) }),
    rest: leaves(node) ? wordsIn(document, behind(node, document)) : [],
  }
}

/** What the first operator beside it would take apart. */
const WEAK = /^(?:Logical|Conditional|Assignment|Sequence|Yield|ArrowFunction)Expression$/

/** What is joined by one operator, and where the operators are. */
function chainOf(test: Node, document: Document) {
  if (test.type !== 'LogicalExpression' || test.operator === '??' || isParenthesized(test)) {
    return { operator: null, nodes: [test], ends: [] as Range[] }
  }
  const { operator } = test
  const nodes: Node[] = []
  const ends: Range[] = []
  let left: Node = test
  while (
    left.type === 'LogicalExpression' &&
    left.operator === operator &&
    !isParenthesized(left)
  ) {
    const between = tokensWithin(document.tokens, endOfNode(left.left), startOfNode(left.right))
    ends.unshift(...between.filter(({ key }) => key === operator))
    nodes.unshift(left.right)
    left = left.left
  }

  return { operator, nodes: [left, ...nodes], ends }
}

function isParenthesized({ extra }: Node): boolean {
  return extra?.parenthesized === true
}

function leaves({ consequent }: IfStatement): boolean {
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent

  return /^(?:Return|Throw|Break|Continue)Statement$/.test(last?.type ?? '')
}

/** The rest of the block that it is in. */
function behind(node: Node, document: Document): Range {
  const block = blocksIn(document).find(
    (one) => startOfNode(one) < startOfNode(node) && endOfNode(node) < endOfNode(one),
  )

  return { start: endOfNode(node), end: block ? endOfNode(block) : document.text.length }
}

/** The innermost first. */
const blocksIn = rememberFor(({ source }: Document): Node[] => {
  const nodes = source ? descend(source.program) : []
  const length = (node: Node) => endOfNode(node) - startOfNode(node)

  return nodes
    .filter(({ type }) => type === 'BlockStatement')
    .sort((left, right) => length(left) - length(right))
})

export const conditionsIn = rememberFor((documents: Three<Document>) =>
  foundInAll(documents, conditionOf),
)

/**
 * Whether no condition that both changed may have come to mean its opposite: `if (a) return` can
 * become `if (!a) return refuse()`, and a case that the owner added is then let in, or shut out.
 */
export function keepsConditions(documents: Three<Document>): boolean {
  return conditionsIn(documents).every((conditions) => {
    const keys = [conditions.base, conditions.ours, conditions.theirs].map(({ key }) => key)

    return new Set(keys).size < 3 || hasSameEffect(conditions)
  })
}

/** Whether all that followed from it still does. */
export function hasSameEffect({ base, ours, theirs }: Three<Condition>): boolean {
  return [ours, theirs].every(
    ({ effect, rest }) => isPartOf(base.effect, effect) && isPartOf(base.rest, rest),
  )
}

function keyOf({ tokens }: Document, { start, end }: Range): string {
  return tokensWithin(tokens, start, end)
    .map(({ key }) => key)
    .join('\0')
}

function wordsIn({ tokens }: Document, { start, end }: Range): string[] {
  const words = tokensWithin(tokens, start, end).filter((one) => isWord(one) && !isComment(one))

  return words.map(({ key }) => key)
}
