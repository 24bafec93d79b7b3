import type { Function as FunctionNode } from '@babel/types'
import { importsOf } from '../edits/imports.js'
import type { Source } from '../edits/source.js'
import { type Creation, findCreations } from './creations.js'
import { findFunction } from './functions.js'
import { withImporters } from './importers.js'
import { findMakers } from './makers.js'
import type { Sources } from './sources.js'

/** A helper may call a helper; longer than this nobody follows it. */
const LONGEST_CHAIN = 3

/**
 * Instances that the app has from functions of its own, as in `const app = createServer()`: such
 * a function may be all there is of the instance in its file. `files` create one with Fastify.
 */
export function findMadeByHelpers(sources: Sources, files: readonly string[]): Creation[] {
  const found: Creation[] = []
  const makers = new Set<FunctionNode>()
  let latest = new Set(files.filter((path) => addMakers(makers, sources.read(path))))
  for (let depth = 0; depth < LONGEST_CHAIN && latest.size > 0; depth += 1) {
    const next = new Set<string>()
    for (const path of withImporters(sources, latest)) {
      const source = sources.read(path)
      const helpers = source === null ? null : helpersIn(sources, source, makers)
      if (source === null || helpers === null || helpers.size === 0) continue
      found.push(...findCreations(source, helpers))
      if (addMakers(makers, source, helpers)) next.add(path)
    }
    latest = next
  }

  return unique(found)
}

/** Whether there was one that was not known yet. */
function addMakers(
  makers: Set<FunctionNode>,
  source: Source | null,
  helpers?: ReadonlySet<string>,
): boolean {
  const before = makers.size
  for (const maker of source === null ? [] : findMakers(source, helpers)) makers.add(maker)

  return makers.size > before
}

/** The names under which a file calls one of the makers. */
function helpersIn(
  sources: Sources,
  source: Source,
  makers: ReadonlySet<FunctionNode>,
): Set<string> {
  const imported = importsOf(source.program).map(({ local }) => local)
  const declared = source.program.body
    .map((statement) => ('declaration' in statement ? statement.declaration : statement))
    .flatMap((node) => {
      if (node?.type === 'FunctionDeclaration') return node.id ? [node.id.name] : []
      if (node?.type !== 'VariableDeclaration') return []
      return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []))
    })

  return new Set(
    [...imported, ...declared].filter((name) => {
      const called = findFunction(sources, source, name)
      return called !== null && makers.has(called.node)
    }),
  )
}

/** The same line is found again in every round that knows one more helper. */
function unique(creations: readonly Creation[]): Creation[] {
  const byPlace = new Map(
    creations.map((creation) => [
      `${creation.file}:${creation.within?.start ?? ''}:${creation.instance}`,
      creation,
    ]),
  )

  return [...byPlace.values()]
}
