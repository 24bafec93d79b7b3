import { descend } from '../edits/syntax-tree.js'
import { isAssembled } from './assembly.js'
import { type Creation, findCreations, recognizeCreation } from './creations.js'
import type { PrismaFacts } from './facts.js'
import { modulesIn } from './importers.js'
import { findMadeByHelpers } from './made-by-helpers.js'
import { baseName } from './paths.js'
import type { Entry } from './root-plugin.js'
import { findIn, type Sources } from './sources.js'

/** A function may make the instance and leave what we need, or everything, to those who call it. */
export function findCreation(
  sources: Sources,
  files: readonly string[],
  access: PrismaFacts['access'],
): Creation | null {
  const best = bestOf(files.flatMap((path) => findIn(sources, path, findCreations)))
  const madeByHelpers = findMadeByHelpers(sources, files).filter((creation) =>
    isAssembled(sources, creation),
  )
  const isComplete = best !== null && isAssembled(sources, best)
  const later = isComplete
    ? madeByHelpers.filter(
        ({ file }) => file !== best.file && bringsWhatWeNeed(sources, file, best.file, access),
      )
    : madeByHelpers

  return bestOf(later) ?? best
}

/** Whether one file puts on the instance what our plugin uses, and the other one does not. */
function bringsWhatWeNeed(
  sources: Sources,
  file: string,
  other: string,
  access: PrismaFacts['access'],
): boolean {
  const needed = (path: string) =>
    modulesIn(sources.textOf(path)).filter(
      (module) =>
        /^@fastify\/(?:cookie|session)$/.test(module) ||
        (access.kind === 'decorator' && sources.resolve(path, module) === access.file),
    ).length

  return needed(file) > 0 && needed(other) === 0
}

/** The instance that most of the app is put on; a script that makes one for a moment is not it. */
function bestOf(creations: readonly Creation[]): Creation | null {
  const [best] = creations.toSorted(
    (one, other) => scoreOf(other) - scoreOf(one) || one.file.length - other.file.length,
  )

  return best ?? null
}

function scoreOf({ file, exported, weight }: Creation): number {
  const isNamedLikeIt = /^(?:app|server|index|main)\.[cm]?[jt]sx?$/.test(baseName(file))

  return weight + (isNamedLikeIt ? 3 : 0) + (exported === null ? 0 : 1)
}

/** One that is made inside of another call has no name to register anything on: a person has to. */
export function findUnnamed(sources: Sources, files: readonly string[]): Entry | null {
  const file = files.find((path) => {
    const source = sources.read(path)
    const creates = source && recognizeCreation(source)

    return source && descend(source.program).some((node) => creates?.(node))
  })
  if (file === undefined) return null

  return { file, instance: 'app', within: null, exported: null, listens: false }
}
