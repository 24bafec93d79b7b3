import type { BlockStatement, Node, TryStatement } from '@babel/types'
import { type Replacement, splice } from '../edits/splice.js'
import { descend, endOfNode, isFunction, startOfNode } from '../edits/syntax-tree.js'
import { foundInAll } from './by-place.js'
import type { Document } from './document.js'
import { each, type Three, type Versions } from './versions.js'

/**
 * The three versions with the `try { … } finally { … }` that one side put around the body of a
 * function around it in all of them: what is left to merge is what is inside. A `catch` says what
 * becomes of an error, which may be one that the other side has just begun to throw.
 */
export function mergeInsideTry(documents: Three<Document>): Versions | null {
  const wraps: Three<Replacement[]> = { base: [], ours: [], theirs: [] }
  for (const bodies of foundInAll(documents, bodyOf)) {
    const wrappers = each(bodies, wrapperOf)
    const by = wrappers.ours ? 'ours' : 'theirs'
    const wrapper = wrappers[by]
    if (!wrapper || wrappers.base || (wrappers.ours && wrappers.theirs)) continue
    const other = by === 'ours' ? 'theirs' : 'ours'
    const around = partsOf(documents[by], bodies[by], wrapper)
    for (const side of ['base', other] as const) {
      wraps[side].push(wrap(documents[side], bodies[side], around))
    }
  }
  if (wraps.base.length === 0) return null

  return {
    base: splice(documents.base.text, wraps.base),
    ours: splice(documents.ours.text, wraps.ours),
    theirs: splice(documents.theirs.text, wraps.theirs),
  }
}

/** The braces of a function, and what is in them. */
export function bodyOf(node: Node): BlockStatement | null {
  if (!isFunction(node) || !('body' in node)) return null
  const { body } = node
  if (Array.isArray(body) || !body || body.type !== 'BlockStatement') return null

  return body.directives.length === 0 ? body : null
}

/** What the whole body is in, where that lets everything that happens inside happen. */
function wrapperOf({ body }: BlockStatement): TryStatement | null {
  const [only, ...more] = body
  if (only?.type !== 'TryStatement' || more.length > 0) return null

  return !only.handler && only.finalizer && !leaves(only.finalizer) ? only : null
}

function leaves(finalizer: Node): boolean {
  return descend(finalizer, (node) => !isFunction(node)).some(({ type }) =>
    /^(?:Return|Throw|Break|Continue)Statement$|^YieldExpression$/.test(type),
  )
}

type Around = { before: string; after: string; column: string }

function partsOf({ text }: Document, body: BlockStatement, { block }: TryStatement): Around {
  const end = endOfNode(block) - 1
  const inside = text.slice(startOfNode(block) + 1, end)

  return {
    before: text.slice(startOfNode(body) + 1, startOfNode(block) + 1),
    after: inside.slice(inside.trimEnd().length) + text.slice(end, endOfNode(body) - 1),
    column: columnOf(inside),
  }
}

/** The body in the wrapper, at the depth that the one who wrote it gave to what is inside. */
function wrap(
  { text }: Document,
  body: BlockStatement,
  { before, after, column }: Around,
): Replacement {
  const [start, end] = [startOfNode(body) + 1, endOfNode(body) - 1]
  const inside = text.slice(start, end).trimEnd()
  const own = columnOf(inside)
  const deeper =
    column.startsWith(own) && !inside.includes('`')
      ? inside.replace(/\n(?=[^\n])/g, `\n${column.slice(own.length)}`)
      : inside

  return { start, end, text: before + deeper + after }
}

function columnOf(inside: string): string {
  return /^[^\S\n]*\n([^\S\n]*)/.exec(inside)?.[1] ?? ''
}
