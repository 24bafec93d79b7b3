import type { Facts } from './facts.js'
import { modulesIn } from './importers.js'
import type { Sources } from './sources.js'

type InUse = Facts['fastify']['assembly']['alias']

/** The path alias that most imports of a file begin with: one that leads to files of the app. */
export function aliasInUse(sources: Sources, file: string): InUse {
  const modules = modulesIn(sources.textOf(file))
  const relative = modules.filter((module) => module.startsWith('.')).length
  const [most] = sources.aliases
    .flatMap(({ prefix, suffix, targets }) => {
      const [folder] = targets.flatMap((target) => /^(.*)\/\*$/.exec(target)?.[1] ?? [])
      const uses = modules.filter(
        (module) => module.startsWith(prefix) && sources.resolve(file, module) !== null,
      )
      const isPlain = prefix !== '' && suffix === '' && folder !== undefined

      return isPlain ? [{ alias: { prefix, folder }, uses: uses.length }] : []
    })
    .toSorted((one, other) => other.uses - one.uses)

  return most && most.uses > relative ? most.alias : null
}
