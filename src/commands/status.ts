import { resolve } from 'node:path'
import { chooseSystems } from '../core/choose-systems.js'
import type { Environment, Options } from '../environment.js'
import { planFor } from '../pipeline.js'
import { showStatus } from '../show.js'

/** What a scaffold would do now. */
export async function status(options: Options, environment: Environment): Promise<number> {
  const root = resolve(options.cwd)
  const none = [undefined, undefined, undefined] as const
  const plan = await planFor(root, async ({ record }) => chooseSystems(record, none), environment)

  return showStatus(plan, options, environment)
}
