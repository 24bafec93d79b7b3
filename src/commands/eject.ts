import { planEject } from '../core/plan/eject-plan.js'
import { refuseUnknownPaths } from '../core/record/under.js'
import type { Environment, Options } from '../environment.js'
import { applyPlan } from '../pipeline.js'

/** From now on these files are their owner's alone; with `--back`, they are upgraded again. */
export function eject(
  paths: readonly string[],
  options: Options,
  environment: Environment,
): Promise<number> {
  return applyPlan(
    ({ record, project }) => {
      refuseUnknownPaths(record, paths)

      return planEject(record, project, { paths, back: options.back === true })
    },
    options,
    environment,
  )
}
