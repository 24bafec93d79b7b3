import { resolve } from 'node:path'
import { chooseSystems } from '../core/choose-systems.js'
import { Problem } from '../core/problem.js'
import type { Environment, Options } from '../environment.js'
import { planFor } from '../pipeline.js'
import { wasInterrupted } from '../shell/recover.js'
import { showStatus } from '../show.js'

/** What a scaffold would do now. Touches nothing, not even what an interrupted run left. */
export async function status(options: Options, environment: Environment): Promise<number> {
  const root = resolve(options.cwd)
  if (await wasInterrupted(root)) {
    throw new Problem(
      'A run was interrupted in this app, so its files may be half written.',
      'Run create-auth scaffold, which puts them right first.',
    )
  }
  const none = [undefined, undefined, undefined] as const
  const plan = await planFor(root, async ({ record }) => chooseSystems(record, none), environment)

  return showStatus(plan, options, environment)
}
