import type { Function as FunctionNode, Node } from '@babel/types'
import type { Source } from '../../edits/source.js'
import {
  descend,
  endOfNode,
  isCall,
  isFunction,
  methodOf,
  startOfNode,
  unwrap,
} from '../../edits/syntax-tree.js'
import type { Sources } from '../sources.js'
import { walk } from '../syntax.js'
import { pathsLookedAt } from './paths-looked-at.js'
import { type Place, placeOf } from './place.js'

/** A hook for the whole app that turns requests away, ours among them. */
export type DenyingHook = Place & {
  /** `preHandler`, `onRequest`. */
  hook: string
  /** Its own name for the request. */
  request: string
  /** The callback that lets a request through, for a hook that takes one. */
  done: string | null
  /** What a path begins with that it turns away; null for one that looks at every path. */
  paths: readonly string[] | null
  /** The text of its function. */
  text: string
}

const BEFORE_THE_HANDLER = /^(?:onRequest|preParsing|preValidation|preHandler)$/

/** `files` are those whose hooks reach the whole app. */
export function readDenyingHooks(sources: Sources, files: readonly string[]): DenyingHook[] {
  return files
    .filter((path) => /\.\s*addHook\b/.test(sources.textOf(path)))
    .flatMap((path) => {
      const source = sources.read(path)

      return source === null ? [] : denyingHooksIn(source)
    })
}

function denyingHooksIn(source: Source): DenyingHook[] {
  const found: DenyingHook[] = []
  walk(source.program, (node, around) => {
    if (!isCall(node) || methodOf(node)?.name !== 'addHook' || isEncapsulated(around)) return
    const [name, handler] = node.arguments
    if (name?.type !== 'StringLiteral' || !BEFORE_THE_HANDLER.test(name.value) || !handler) return
    const body = functionFor(unwrap(handler), source)
    if (body === null || !denies(body.body)) return
    const [request, , done] = body.params

    found.push({
      hook: name.value,
      request: request?.type === 'Identifier' ? request.name : 'request',
      done: !body.async && done?.type === 'Identifier' ? done.name : null,
      paths: body.body.type === 'BlockStatement' ? pathsLookedAt(body.body.body, denies) : null,
      text: source.text.slice(startOfNode(body), endOfNode(body)),
      ...placeOf(source, node),
    })
  })

  return found
}

/** Inside `register(async (api) => …)` a hook is for the routes of that function alone. */
function isEncapsulated(around: readonly Node[]): boolean {
  return around.some(
    (node) =>
      isCall(node) &&
      methodOf(node)?.name === 'register' &&
      node.arguments[0] !== undefined &&
      isFunction(unwrap(node.arguments[0])),
  )
}

function functionFor(handler: Node, { program }: Source): FunctionNode | null {
  if (isFunction(handler)) return handler as FunctionNode
  if (handler.type !== 'Identifier') return null
  for (const node of descend(program)) {
    if (node.type === 'FunctionDeclaration' && node.id?.name === handler.name) return node
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init) continue
    const value = unwrap(node.init)
    if (node.id.name === handler.name && isFunction(value)) return value as FunctionNode
  }

  return null
}

/** Says 401 or 403, in one of the ways that people do. What an inner function does, comes later. */
function denies(body: Node): boolean {
  const below = descend(body, (node) => !isFunction(node))

  return [...below].some((node) => {
    if (node.type === 'NumericLiteral') return node.value === 401 || node.value === 403
    if (node.type === 'NewExpression' && node.callee.type === 'Identifier') {
      return /unauthori[sz]ed|forbidden|unauthenticated/i.test(node.callee.name)
    }
    if (!isCall(node)) return false
    const name = methodOf(node)?.name ?? ''

    return /^(?:unauthorized|forbidden|jwtVerify|authenticate|verifyJwt|verifyJWT)$/.test(name)
  })
}
