import type { Node, Statement } from '@babel/types'
import { isCall, methodOf, unwrap } from '../../edits/syntax-tree.js'

/**
 * What the path of a request begins with when a hook turns it away: `/api`, for one that leaves
 * at once where `request.url` does not start with it. Null for one that looks at every path.
 */
export function pathsLookedAt(
  statements: readonly Statement[],
  denies: (node: Node) => boolean,
): string[] | null {
  const paths: string[] = []
  for (const statement of statements) {
    const test = statement.type === 'IfStatement' ? meaningOf(statement.test, statements) : null
    if (statement.type === 'IfStatement' && leaves(statement.consequent)) {
      const others = test && neededUnless(test)
      if (others && !denies(statement.consequent)) return [...paths, ...others]
    }
    if (!denies(statement)) continue
    const needed = test && neededFor(test)
    if (!needed || (statement.type === 'IfStatement' && someDenies(statement.alternate, denies))) {
      return null
    }
    paths.push(...needed)
  }

  return paths
}

function someDenies(node: Node | null | undefined, denies: (node: Node) => boolean): boolean {
  return node !== null && node !== undefined && denies(node)
}

function leaves(consequent: Statement): boolean {
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent

  return last?.type === 'ReturnStatement'
}

/** A condition that has a name stands for itself. */
function meaningOf(test: Node, statements: readonly Statement[]): Node {
  const inner = unwrap(test)
  if (inner.type === 'UnaryExpression' && inner.operator === '!') {
    return { ...inner, argument: meaningOf(inner.argument, statements) } as Node
  }
  if (inner.type !== 'Identifier') return inner
  for (const statement of statements) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue
    const named = statement.declarations.find(
      ({ id }) => id.type === 'Identifier' && id.name === inner.name,
    )
    if (named?.init) return unwrap(named.init)
  }

  return inner
}

/** What the path begins with whenever the condition is true; null where that is not known. */
function neededFor(test: Node): string[] | null {
  const inner = unwrap(test)
  if (inner.type === 'UnaryExpression' && inner.operator === '!')
    return neededUnless(inner.argument)
  if (inner.type === 'LogicalExpression') {
    const [left, right] = [neededFor(inner.left), neededFor(inner.right)]

    return inner.operator === '&&' ? (left ?? right) : both(left, right)
  }

  return isCall(inner) ? beginning(inner) : null
}

/** The same, whenever the condition is false. */
function neededUnless(test: Node): string[] | null {
  const inner = unwrap(test)
  if (inner.type === 'UnaryExpression' && inner.operator === '!') return neededFor(inner.argument)
  if (inner.type !== 'LogicalExpression') return null
  const [left, right] = [neededUnless(inner.left), neededUnless(inner.right)]

  return inner.operator === '||' ? (left ?? right) : both(left, right)
}

function both(left: string[] | null, right: string[] | null): string[] | null {
  return left && right && [...left, ...right]
}

/** `url.startsWith('/api')` */
function beginning(call: Parameters<typeof methodOf>[0]): string[] | null {
  const [path] = call.arguments
  if (methodOf(call)?.name !== 'startsWith' || path?.type !== 'StringLiteral') return null

  return path.value.startsWith('/') ? [path.value] : null
}
