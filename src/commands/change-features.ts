import { changedFeatures, findFeature } from '../core/features.js'
import type { WantedSystem } from '../core/plan/plan-systems.js'
import { systemsOf } from '../core/record/record.js'
import type { Environment, Options } from '../environment.js'
import { applyTo } from '../pipeline.js'

/** `add` and `remove`: a scaffold with other answers, for every auth system of the app. */
export function changeFeatures(
  verb: 'add' | 'remove',
  names: readonly string[],
  options: Options,
  environment: Environment,
) {
  const features = names.map((name) => findFeature(name).name)
  const change = (system: WantedSystem): WantedSystem => ({
    ...system,
    features: changedFeatures(system.features, { [verb]: features }),
  })

  return applyTo(
    async ({ record }) => {
      const [first, ...others] = systemsOf(record)

      return [change(first), ...others.map(change)]
    },
    options,
    environment,
  )
}
