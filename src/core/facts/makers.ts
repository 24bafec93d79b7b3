import type { Function as FunctionNode, Node } from '@babel/types'
import type { Source } from '../edits/source.js'
import { descend, isFunction, nameOf, rootOf } from '../edits/syntax-tree.js'
import { assignmentIn, recognizeCreation } from './creations.js'
import { functionAround, walk } from './syntax.js'

/** The functions of a file that return an instance they make. */
export function findMakers(source: Source, makers?: ReadonlySet<string>): FunctionNode[] {
  const creates = recognizeCreation(source, makers)
  const found: FunctionNode[] = []
  walk(source.program, (node) => {
    const within = functionAround([node])
    if (within && returnsCreation(within, creates)) found.push(within)
  })

  return found
}

function returnsCreation(node: FunctionNode, creates: (value: Node) => boolean): boolean {
  if (node.body.type !== 'BlockStatement') return creates(node.body)
  const inside = descend(node.body, (child) => !isFunction(child))
  const made = new Set(
    inside.flatMap((inner) => {
      const [target, value] = assignmentIn(inner)
      return target !== null && value !== null && creates(value) ? [target] : []
    }),
  )
  for (const parameter of node.params) {
    const [target, value] = assignmentIn(parameter)
    if (target !== null && value !== null && creates(value)) made.add(target)
  }

  return inside.some(
    (inner) =>
      inner.type === 'ReturnStatement' &&
      inner.argument &&
      (creates(inner.argument) || made.has(nameOf(rootOf(inner.argument)) ?? '')),
  )
}
