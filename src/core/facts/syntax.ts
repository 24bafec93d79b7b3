import type { Function as FunctionNode, Node, Program } from '@babel/types'
import { childrenOf, descend, isCall, isFunction, unwrap } from '../edits/syntax-tree.js'

/** Visits a node and everything below it in the order of the text, with the nodes around each. */
export function walk(
  node: Node,
  visit: (node: Node, around: readonly Node[]) => void,
  around: readonly Node[] = [],
): void {
  visit(node, around)
  const inside = [...around, node]
  const children = childrenOf(node).sort((one, other) => (one.start ?? 0) - (other.start ?? 0))
  for (const child of children) walk(child, visit, inside)
}

/** The innermost function around a node. */
export function functionAround(around: readonly Node[]): FunctionNode | null {
  return around.findLast((node): node is FunctionNode => isFunction(node)) ?? null
}

/** The names of a function's parameters; a pattern has none. */
export function parameterNames(node: FunctionNode): string[] {
  return node.params.flatMap((parameter) => {
    const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter

    return target.type === 'Identifier' ? [target.name] : []
  })
}

/**
 * The name under which a module exports something that one of its variables or functions holds,
 * also wrapped in a call as in `export default fp(plugin)`. A name is preferred to `default`.
 */
export function exportedName(program: Program, local: string): string | null {
  const names = program.body.flatMap((statement) => namesExportedBy(statement, local))

  return names.find((name) => name !== 'default') ?? names[0] ?? null
}

/** The same for a function where it stands: `export default async () => …`, `exports.a = fp(…)`. */
export function exportedNameOfFunction(
  program: Program,
  node: FunctionNode,
  around: readonly Node[],
): string | null {
  if (node.type === 'FunctionDeclaration' && node.id) return exportedName(program, node.id.name)

  const index = around.indexOf(node)
  for (const outer of around.slice(0, index === -1 ? around.length : index).toReversed()) {
    // Called where it stands: what is exported is what it returns.
    if (isFunction(outer) || (isCall(outer) && unwrap(outer.callee) === node)) return null
    if (outer.type === 'ExportDefaultDeclaration' || outer.type === 'TSExportAssignment') {
      return 'default'
    }
    if (outer.type === 'AssignmentExpression') return nameAssigned(outer.left)
    if (outer.type === 'VariableDeclarator' && outer.id.type === 'Identifier') {
      return exportedName(program, outer.id.name)
    }
  }

  return null
}

/** The path that an expression builds: of `join(__dirname, 'plugins')`, `plugins`. */
export function pathIn(program: Program, node: Node): string | null {
  const inner = unwrap(node)
  if (inner.type === 'Identifier') {
    const value = initialValue(program, inner.name)

    return value === null || value.type === 'Identifier' ? null : pathIn(program, value)
  }

  const pieces: string[] = []
  walk(inner, (piece) => {
    if (piece.type === 'StringLiteral') pieces.push(piece.value)
    if (piece.type === 'TemplateElement') pieces.push(piece.value.cooked ?? '')
  })
  const path = pieces
    .filter(Boolean)
    .join('/')
    .replace(/^file:/, '')

  return path === '' ? null : path.replace(/^\/+/, '')
}

/** What a variable of the module is set to where it is declared. */
export function initialValue(program: Program, name: string): Node | null {
  for (const node of descend(program)) {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') continue
    if (node.id.name === name && node.init) return unwrap(node.init)
  }

  return null
}

/** The value of a key in an object literal. */
export function propertyOf(object: Node | undefined, name: string): Node | null {
  if (object?.type !== 'ObjectExpression') return null
  for (const property of object.properties) {
    if (property.type === 'ObjectProperty' && keyOf(property.key) === name) return property.value
  }

  return null
}

/** The name behind `module.exports`, `exports.a` and `module.exports.a`. */
export function nameAssigned(left: Node): string | null {
  if (left.type !== 'MemberExpression' || left.property.type !== 'Identifier') return null
  const { object, property } = left
  if (object.type === 'Identifier' && object.name === 'module') {
    return property.name === 'exports' ? 'default' : null
  }
  const isExports =
    (object.type === 'Identifier' && object.name === 'exports') ||
    nameAssigned(object) === 'default'
  if (!isExports) return null

  return property.name
}

function namesExportedBy(statement: Node, local: string): string[] {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      if (statement.declaration) return declares(statement.declaration, local) ? [local] : []
      return statement.specifiers.flatMap((specifier) =>
        specifier.type === 'ExportSpecifier' && specifier.local.name === local
          ? [keyOf(specifier.exported) ?? local]
          : [],
      )
    case 'ExportDefaultDeclaration':
      return holds(statement.declaration, local) ? ['default'] : []
    case 'TSExportAssignment':
      return holds(statement.expression, local) ? ['default'] : []
    case 'ExpressionStatement':
      return namesAssignedBy(statement.expression, local)
    default:
      return []
  }
}

function namesAssignedBy(expression: Node, local: string): string[] {
  if (expression.type !== 'AssignmentExpression') return []
  const name = nameAssigned(expression.left)
  if (name === null) return []
  const inner = unwrap(expression.right)
  if (name === 'default' && inner.type === 'ObjectExpression') {
    return inner.properties.flatMap((property) =>
      property.type === 'ObjectProperty' && holds(property.value, local)
        ? [keyOf(property.key) ?? local]
        : [],
    )
  }

  return holds(inner, local) ? [name] : []
}

function declares(declaration: Node, local: string): boolean {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.some(({ id }) => id.type === 'Identifier' && id.name === local)
  }

  return 'id' in declaration && keyOf(declaration.id) === local
}

function holds(value: Node, local: string): boolean {
  const inner = unwrap(value)
  if (isCall(inner)) return inner.arguments.some((argument) => holds(argument, local))
  if (inner.type === 'FunctionDeclaration') return keyOf(inner.id) === local

  return inner.type === 'Identifier' && inner.name === local
}

function keyOf(key: Node | string | null | undefined): string | null {
  if (typeof key !== 'object' || key === null) return null
  if (key.type === 'Identifier') return key.name

  return key.type === 'StringLiteral' ? key.value : null
}
