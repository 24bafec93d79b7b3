import type { Node } from '@babel/types'
import { endOfNode, isCall, methodOf, startOfNode, unwrap } from '../edits/syntax-tree.js'
import type { Document } from './document.js'
import { tokensWithin } from './tokens.js'

/** What an entry is called, so that it is found again in another version. */
export function nameOf(node: Node, document: Document): string {
  switch (node.type) {
    case 'ImportDeclaration':
      return `import ${node.importKind ?? 'value'} ${node.source.value}${node.specifiers.some(({ type }) => type === 'ImportNamespaceSpecifier') ? ' *' : ''}${node.specifiers.length === 0 ? ' !' : ''}`
    case 'ExportDefaultDeclaration':
      return 'export default'
    case 'ExportNamedDeclaration':
      return node.declaration
        ? nameOf(node.declaration, document)
        : `export from ${node.source?.value ?? ''}`
    case 'VariableDeclaration':
      return `declare ${node.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : textOf(id, document))).join()}`
    case 'ExpressionStatement':
      return nameOfCall(node.expression, document) ?? textOf(node, document)
    case 'JSXAttribute':
      return textOf(node.name, document)
    default:
      return nameOfMember(node, document)
  }
}

/** Whether it does the same, before or after a neighbour that does not know of it. */
export function isFreeEntry(node: Node): boolean {
  if (node.type === 'ExpressionStatement') return isNamedCall(node.expression)
  if (node.type === 'ImportDeclaration') return node.specifiers.length > 0

  return (
    /Declaration$|^(?:Object|Class)(?:Private)?(?:Method|Property)$|Signature$|^ExportSpecifier$|^JSXAttribute$/.test(
      node.type,
    ) && !('computed' in node && node.computed === true)
  )
}

function nameOfMember(node: Node, document: Document): string {
  if ('id' in node && node.id && typeof node.id === 'object' && 'name' in node.id) {
    return `declare ${node.id.name}`
  }
  if ('key' in node && node.key && typeof node.key === 'object') {
    const kind =
      'kind' in node && (node.kind === 'get' || node.kind === 'set') ? `${node.kind} ` : ''
    const side = 'static' in node && node.static === true ? 'static ' : ''

    return `${side}${kind}${textOf(node.key, document).replace(/^(['"])(.*)\1$/, '$2')}`
  }

  return textOf(node, document)
}

/** `app.get('/users')`, `app.register(limits)`, `test('a claim')`. */
function nameOfCall(expression: Node, document: Document): string | null {
  const call = unwrap(expression)
  if (!isNamedCall(call) || !isCall(call)) return null
  const [first, second] = call.arguments
  const simple = [first, second].filter(
    (argument) => argument?.type === 'StringLiteral' || argument?.type === 'Identifier',
  )

  return [call.callee, ...simple].map((node) => textOf(node as Node, document)).join(' ')
}

function isNamedCall(expression: Node): boolean {
  const call = unwrap(expression)
  if (!isCall(call)) return false
  const [first] = call.arguments
  if (first?.type === 'StringLiteral') return true

  return first?.type === 'Identifier' && methodOf(call)?.name === 'register'
}

function textOf(node: Node, { text, tokens }: Document): string {
  const [start, end] = [startOfNode(node), endOfNode(node)]
  const keys = tokensWithin(tokens, start, end)

  return keys.length > 0 ? keys.map(({ key }) => key).join(' ') : text.slice(start, end)
}
