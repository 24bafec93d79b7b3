import type { AutoloadCall } from './autoload.js'
import { type Creation, methodsCalledOn } from './creations.js'
import type { Manifest } from './manifest.js'
import { fileAt, type Sources } from './sources.js'
import { exportedNameOfFunction, functionAround, parameterNames, walk } from './syntax.js'

/** What the app is put together in. */
export type Entry = Omit<Creation, 'weight'>

/**
 * fastify-cli starts a plugin instead of an instance. A file beside it that only makes an
 * instance to hand to that plugin is not where the app is put together.
 */
export function findRootPlugin(
  sources: Sources,
  manifest: Manifest,
  calls: readonly AutoloadCall[],
  creation: Creation | null,
): Entry | null {
  const started = pluginThatCliStarts(sources, manifest)
  if (started) return started
  const call = calls.find(({ exported, receiver }) => exported !== null && receiver !== null)
  if (!call?.receiver || calls.some(({ file }) => file === creation?.file)) return null
  if (creation && creation.weight > 1) return null

  return {
    file: call.file,
    instance: call.instance,
    within: call.receiver,
    exported: call.exported,
    listens: false,
  }
}

function pluginThatCliStarts(sources: Sources, manifest: Manifest): Entry | null {
  const command = [...manifest.scripts.values()].find((script) => /\bfastify start\b/.test(script))
  if (command === undefined) return null
  const named = command.match(/[\w./-]+\.[cm]?[jt]s(?=\s|$|["'&;])/g)?.at(-1) ?? 'app.js'
  const places = [named, named.replace(/^(?:\.\/)?(?:dist|build)\//, 'src/'), 'src/app', 'app']
  const file = places
    .map((place) => fileAt(sources.project, place.replace(/^\.\//, '')))
    .find((found) => found !== null && sources.paths.includes(found))

  return file ? exportedPlugin(sources, file) : null
}

/** The exported function of a file that uses its first parameter as an instance. */
function exportedPlugin(sources: Sources, file: string): Entry | null {
  const source = sources.read(file)
  const found: (Entry & { calls: number })[] = []
  if (source === null) return null
  walk(source.program, (node, around) => {
    const within = functionAround([node])
    const instance = within && parameterNames(within)[0]
    if (!within || !instance) return
    const exported = exportedNameOfFunction(source.program, within, around)
    const calls = methodsCalledOn(within, instance).length
    if (exported !== null && calls > 0) {
      found.push({ file, instance, within, exported, listens: false, calls })
    }
  })
  const [best] = found.toSorted((one, other) => other.calls - one.calls)

  return best ?? null
}
