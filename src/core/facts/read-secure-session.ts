import type { Node } from '@babel/types'
import { importsOf } from '../edits/imports.js'
import { descend, isCall, methodOf, unwrap } from '../edits/syntax-tree.js'
import type { Sources } from './sources.js'
import { propertyOf } from './syntax.js'

export const SECURE_SESSION = '@fastify/secure-session'

/** Whether `request.session` is the app's own, kept in a cookie that only the app can read. */
export function readSecureSession(
  sources: Sources,
  registered: ReadonlyMap<string, string>,
): boolean {
  const path = registered.get(SECURE_SESSION)
  const source = path === undefined ? null : sources.read(path)
  if (source === null) return false
  const locals = importsOf(source.program)
    .filter(({ module }) => module === SECURE_SESSION)
    .map(({ local }) => local)

  const names = descend(source.program).flatMap((node) => {
    if (!isCall(node) || methodOf(node)?.name !== 'register') return []
    const [plugin, options] = node.arguments
    const inner = plugin && unwrap(plugin)
    if (inner?.type !== 'Identifier' || !locals.includes(inner.name)) return []
    const each = options?.type === 'ArrayExpression' ? options.elements : [options]

    return each.map((one) => propertyOf(one ?? undefined, 'sessionName'))
  })

  // Without a name that can be read it has the usual one.
  return names.length === 0 || names.some((name) => nameOf(name) === 'session')
}

function nameOf(name: Node | null): string {
  return name?.type === 'StringLiteral' ? name.value : 'session'
}
