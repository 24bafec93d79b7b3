import type { CallExpression, Identifier, Node, OptionalCallExpression } from '@babel/types'

export type Call = CallExpression | OptionalCallExpression

/** The nodes directly below a node, in no promised order. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  addChildren(node, children)

  return children
}

/** The node and all below it; below a node that `enters` refuses, nothing. */
export function descend(node: Node, enters?: (node: Node, parent: Node) => boolean): Node[] {
  const found: Node[] = []
  const waiting = [node]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next)
    if (!enters) addChildren(next, waiting)
    else for (const child of childrenOf(next)) if (enters(child, next)) waiting.push(child)
  }

  return found
}

// Every merge walks through whole files many times, so no list is made for each node.
function addChildren(node: Node, children: Node[]): void {
  for (const key in node) {
    const value: unknown = node[key as keyof Node]
    if (Array.isArray(value)) {
      for (const each of value) if (isNode(each)) children.push(each)
    } else if (isNode(value)) children.push(value)
  }
}

/** The expression without what changes no value: await, void, casts, `!`. */
export function unwrap(node: Node): Node {
  switch (node.type) {
    case 'AwaitExpression':
      return unwrap(node.argument)
    case 'UnaryExpression':
      return node.operator === 'void' ? unwrap(node.argument) : node
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      return unwrap(node.expression)
    default:
      return node
  }
}

export function isCall(node: Node): node is Call {
  return node.type === 'CallExpression' || node.type === 'OptionalCallExpression'
}

export function isFunction(node: Node): boolean {
  return /^(?:Function(?:Declaration|Expression)|ArrowFunctionExpression|(?:Object|Class)(?:Private)?Method)$/.test(
    node.type,
  )
}

/** `register` of `app.register(…)`, with what it is called on. */
export function methodOf(call: Call): { name: string; object: Node } | null {
  const callee = unwrap(call.callee)
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return null
  if (callee.computed || callee.property.type !== 'Identifier') return null

  return { name: callee.property.name, object: unwrap(callee.object) }
}

/** Where a chain of calls starts: `app` of `app.register(a).after().register(b)`. */
export function rootOf(node: Node): Node {
  const inner = unwrap(node)
  const method = isCall(inner) ? methodOf(inner) : null

  return method ? rootOf(method.object) : inner
}

/** `app`, `this.app` or `this.#app`. */
export function nameOf(node: Node): string | null {
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression' || node.object.type !== 'ThisExpression') return null

  return nameOfMember(node.property)
}

/** The name under which a class knows one of its properties. */
export function nameOfMember(key: Node): string | null {
  if (key.type === 'PrivateName') return `this.#${key.id.name}`

  return key.type === 'Identifier' ? `this.${key.name}` : null
}

/** The module of `require('…')` and `import('…')`. */
export function loadedModule(node: Node): string | null {
  const call = unwrap(node)
  if (!isCall(call) || call.arguments.length === 0) return null
  const loads =
    call.callee.type === 'Import' ||
    (call.callee.type === 'Identifier' && call.callee.name === 'require')
  const [module] = call.arguments

  return loads && module?.type === 'StringLiteral' ? module.value : null
}

/**
 * The identifiers that stand for something in scope: `app` and `users` of `app.register(users)`,
 * not `register`, and no keys.
 */
export function namesIn(node: Node, enters: (node: Node) => boolean = () => true): Identifier[] {
  const inScope = descend(node, (child, parent) => !isKey(child, parent) && enters(child))

  return inScope.filter((found) => found.type === 'Identifier')
}

export function startOfNode(node: Node): number {
  return position(node.start)
}

export function endOfNode(node: Node): number {
  return position(node.end)
}

function position(offset: number | null | undefined): number {
  if (typeof offset !== 'number') throw new Error('A parsed node has no position')

  return offset
}

function isKey(child: Node, parent: Node): boolean {
  if ('computed' in parent && parent.computed === true) return false

  return (
    ('property' in parent && parent.property === child) ||
    ('key' in parent && parent.key === child) ||
    ('imported' in parent && parent.imported === child) ||
    ('exported' in parent && parent.exported === child)
  )
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'start' in value &&
    typeof value.start === 'number' &&
    !value.type.startsWith('Comment')
  )
}
