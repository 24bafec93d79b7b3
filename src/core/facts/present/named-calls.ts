import { descend, isCall, methodOf } from '../../edits/syntax-tree.js'
import type { Sources } from '../sources.js'
import { type Place, placeOf } from './place.js'

/** Something that the app's own code gives a name to. */
export type Named = Place & { name: string }

/**
 * What the code puts on the instance, the request or the reply, encapsulated or not: Fastify
 * refuses a name that a scope further out has.
 */
export function readDecorations(sources: Sources): Named[] {
  return namedCalls(sources, /^decorate(?:Request|Reply)?$/)
}

/** The cookies that the code sets or takes away. */
export function readCookies(sources: Sources): Named[] {
  return namedCalls(sources, /^(?:setCookie|clearCookie|cookie)$/)
}

function namedCalls(sources: Sources, methods: RegExp): Named[] {
  const mentions = new RegExp(`\\.\\s*${methods.source.slice(1, -1)}\\b`)

  return sources.paths
    .filter((path) => mentions.test(sources.textOf(path)))
    .flatMap((path) => {
      const source = sources.read(path)
      if (source === null) return []

      return descend(source.program).flatMap((node) => {
        if (!isCall(node) || !methods.test(methodOf(node)?.name ?? '')) return []
        const [name] = node.arguments

        return name?.type === 'StringLiteral'
          ? [{ name: name.value, ...placeOf(source, node) }]
          : []
      })
    })
}
