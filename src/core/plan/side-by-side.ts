import {
  type Generated,
  type Rendering,
  renderSystem,
  type Templates,
} from '../render/render-system.js'
import { placesTaken } from './strangers.js'

/**
 * The files of one auth system in an app that has files of its own, and maybe other systems. A file
 * that would be the very same as that of another system is shared; one that would differ, or whose
 * place is the app's own, goes to a folder of this system. Whatever imports a file that moved
 * differs as well, so this goes on until nothing moves any more.
 */
export function renderBeside(
  rendering: Rendering,
  others: readonly Rendering[],
  templates: Templates,
): Generated[] {
  const theirs = new Map(
    others.flatMap((other) => renderSystem(other)).map(({ path, text }) => [path, text]),
  )
  // The templates that moved, each with the file of the app that has its place, where one has.
  const crowded = new Map<string, string | undefined>()
  for (;;) {
    const generated = renderSystem(rendering, new Set(crowded.keys()))
    const taken = placesTaken(rendering, generated, templates)
    const clashing = generated.filter(({ template, path, text }) => {
      const other = theirs.get(path)
      const isClash = taken.has(template) || (other !== undefined && other !== text)

      return isClash && !crowded.has(template)
    })
    if (clashing.length === 0) return generated.map((file) => withReason(file, crowded))
    for (const { template } of clashing) crowded.set(template, taken.get(template))
  }
}

function withReason(file: Generated, crowded: ReadonlyMap<string, string | undefined>): Generated {
  const gaveWayTo = crowded.get(file.template)

  return gaveWayTo === undefined ? file : { ...file, gaveWayTo }
}
