import { type Generated, type Rendering, renderSystem } from '../render/render-system.js'

/**
 * The files of one auth system in an app that has others. A file that would be the very same is
 * shared; one that would differ goes to a folder of this system. Whatever imports a file that
 * moved differs as well, so this goes on until nothing moves any more.
 */
export function renderBeside(rendering: Rendering, others: readonly Rendering[]): Generated[] {
  const theirs = new Map(
    others.flatMap((other) => renderSystem(other)).map(({ path, text }) => [path, text]),
  )
  const crowded = new Set<string>()
  for (;;) {
    const generated = renderSystem(rendering, crowded)
    const clashing = generated.filter(({ template, path, text }) => {
      const other = theirs.get(path)

      return other !== undefined && other !== text && !crowded.has(template)
    })
    if (clashing.length === 0) return generated
    for (const { template } of clashing) crowded.add(template)
  }
}
