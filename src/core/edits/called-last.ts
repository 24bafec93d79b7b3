import type { Program } from '@babel/types'
import type { StatementList } from './instance.js'
import {
  childrenOf,
  descend,
  isCall,
  isFunction,
  nameOf,
  nameOfMember,
  unwrap,
} from './syntax-tree.js'

/**
 * Of several functions the one that is called last, by statements of one list: `setupPrisma` where
 * `init` calls `this.setupCookies()` and then `this.setupPrisma()`. Else `null`.
 */
export function calledLast<List extends StatementList>(
  program: Program,
  lists: readonly List[],
): List | null {
  const names = lists.map((list) => nameOfFunction(program, list))
  if (names.includes(null)) return null
  const orders = blocksOf(program).map((block) => {
    const called = block.map(calledBy)

    return names.map((name) => called.lastIndexOf(name))
  })
  const order = orders.find((positions) => !positions.includes(-1))
  if (order === undefined) return null

  return lists[order.indexOf(Math.max(...order))] ?? null
}

function blocksOf(program: Program) {
  return descend(program).flatMap((node) =>
    node.type === 'Program' || node.type === 'BlockStatement' ? [node.body] : [],
  )
}

/** How others call the function that the list is the body of: `setup`, `this.setup`. */
function nameOfFunction(program: Program, { block }: StatementList): string | null {
  for (const node of descend(program)) {
    for (const child of childrenOf(node)) {
      if (!isFunction(child) || !('body' in child) || child.body !== block) continue
      if (child.type === 'FunctionDeclaration') return child.id?.name ?? null
      if (child.type === 'ClassMethod' || child.type === 'ClassPrivateMethod') {
        return nameOfMember(child.key)
      }

      return node.type === 'VariableDeclarator' ? nameOf(node.id) : null
    }
  }

  return null
}

function calledBy(statement: Program['body'][number]): string | null {
  const call = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : null

  return call !== null && isCall(call) ? nameOf(unwrap(call.callee)) : null
}
