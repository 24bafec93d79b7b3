import type { ImportDeclaration, Node } from '@babel/types'
import { parseSource } from '../edits/source.js'
import { type Replacement, splice } from '../edits/splice.js'
import { endOfNode, isCall, methodOf, startOfNode } from '../edits/syntax-tree.js'
import { propertyOf, walk } from '../facts/syntax.js'

const TYPEBOX = '@fastify/type-provider-typebox'

const PARTS = [
  ['body', 'Body'],
  ['params', 'Params'],
  ['querystring', 'Querystring'],
] as const

/**
 * Before Fastify 4.27, the compiler does not infer what a route takes from its schema where the
 * route has a hook as well: it is written out, as in `app.post<{ Body: Static<typeof Body> }>`.
 */
export function withTypedRoutes(text: string, path: string): string {
  if (!path.endsWith('.ts') || !text.includes('schema: {')) return text
  const source = parseSource(path, text)
  if ('unreadable' in source) throw new Error(source.unreadable)
  const routes: Replacement[] = []
  let typebox: ImportDeclaration | undefined
  walk(source.program, (node) => {
    if (node.type === 'ImportDeclaration' && node.source.value === TYPEBOX) typebox = node
    routes.push(...typesOf(node))
  })
  if (routes.length === 0 || typebox === undefined) return text

  return splice(text, [...routes, ...withStatic(typebox)])
}

function typesOf(node: Node): Replacement[] {
  if (!isCall(node) || !/^(?:get|post|put|patch|delete)$/.test(methodOf(node)?.name ?? ''))
    return []
  const schema = propertyOf(node.arguments[1], 'schema') ?? undefined
  const parts = PARTS.flatMap(([part, name]) => {
    const type = typeOf(propertyOf(schema, part))

    return type === null ? [] : [`${name}: ${type}`]
  })
  const at = endOfNode(node.callee)

  return parts.length === 0 ? [] : [{ start: at, end: at, text: `<{ ${parts.join('; ')} }>` }]
}

/** Of `Body`, and of `Type.Optional(Body)`. */
function typeOf(schema: Node | null): string | null {
  if (schema?.type === 'Identifier') return `Static<typeof ${schema.name}>`
  const isOptional = schema && isCall(schema) && methodOf(schema)?.name === 'Optional'
  const [inner] = isOptional ? schema.arguments : []

  return inner?.type === 'Identifier' ? `Static<typeof ${inner.name}> | undefined` : null
}

/** The import with `Static` in it, in the order of the alphabet. */
function withStatic({ specifiers }: ImportDeclaration): Replacement[] {
  const names = specifiers.map(({ local }) => local.name)
  const next = specifiers.find(({ local }) => local.name > 'Static')
  if (names.includes('Static') || next === undefined) return []
  const at = startOfNode(next)

  return [{ start: at, end: at, text: 'type Static, ' }]
}
