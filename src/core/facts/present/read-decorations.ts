import { descend, isCall, methodOf } from '../../edits/syntax-tree.js'
import type { Sources } from '../sources.js'
import { type Place, placeOf } from './place.js'

/** What the app's own code puts on the instance, the request or the reply. */
export type Decoration = Place & { name: string }

/** All of them, encapsulated or not: Fastify refuses a name that a scope further out has. */
export function readDecorations(sources: Sources): Decoration[] {
  return sources.paths
    .filter((path) => /\.\s*decorate(?:Request|Reply)?\b/.test(sources.textOf(path)))
    .flatMap((path) => {
      const source = sources.read(path)
      if (source === null) return []

      return [...descend(source.program)].flatMap((node) => {
        if (!isCall(node) || !/^decorate(?:Request|Reply)?$/.test(methodOf(node)?.name ?? '')) {
          return []
        }
        const [name] = node.arguments

        return name?.type === 'StringLiteral'
          ? [{ name: name.value, ...placeOf(source, node) }]
          : []
      })
    })
}
