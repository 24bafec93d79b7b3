import type { Node } from '@babel/types'
import type { StatementList } from './instance.js'
import { descend, isCall, isFunction, methodOf, nameOf, rootOf, unwrap } from './syntax-tree.js'

/** Other names of one instance: `typed` after `const typed = app.withTypeProvider<Zod>()`. */
export function aliasesIn(lists: readonly StatementList[], instance: string): ReadonlySet<string> {
  const aliases = new Set<string>()
  const declarators = lists
    .flatMap(({ statements }) => statements)
    .filter((statement) => !isFunction(statement))
    .flatMap((statement) => descend(statement, (node) => !isFunction(node)))
    .flatMap((node) => (node.type === 'VariableDeclarator' ? [node] : []))
  for (const { id, init } of declarators) {
    const known = [instance, ...aliases]
    if (id.type === 'Identifier' && init && isSameInstance(init, known)) aliases.add(id.name)
  }

  return aliases
}

function isSameInstance(value: Node, known: readonly string[]): boolean {
  const inner = unwrap(value)
  const method = isCall(inner) ? methodOf(inner) : null
  if (method !== null && method.name !== 'withTypeProvider') return false
  if (method === null && nameOf(inner) === null) return false

  return known.includes(nameOf(rootOf(inner)) ?? '')
}
