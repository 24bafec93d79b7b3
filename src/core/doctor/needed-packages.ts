import { packagesToAdd, type TestedPackages, testedWith } from '../plan/packages.js'
import { type AppToRender, renderingOf } from '../plan/rendering.js'
import { FRAGMENTS } from '../render/fragments.js'
import { renderText } from '../render/render-system.js'

/** The packages that run in production, in the versions that the example was tested with. */
export function neededPackages(
  app: AppToRender,
  tested: TestedPackages,
): ReadonlyMap<string, string> {
  const example = testedWith(app.facts, tested)

  const all = app.record.systems.flatMap((system) => {
    const fragment = renderText(FRAGMENTS.packages, renderingOf(system, app))

    return Object.entries(packagesToAdd(fragment, example, { types: false }).dependencies ?? {})
  })

  return new Map(all)
}
