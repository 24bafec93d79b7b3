import { resolve } from 'node:path'
import { leftToStage } from '../conflicts.js'
import { audit } from '../core/audit/audit.js'
import { fileStates } from '../core/report/file-states.js'
import type { Environment, Options } from '../environment.js'
import { asItIs, planApp, readApp } from '../pipeline.js'
import { findApp } from '../shell/find-app.js'
import { readAdvisories } from '../shell/read-advisories.js'
import { showStatus } from '../show.js'

/** What its owner did to each file, and what a scaffold would do now. */
export async function status(options: Options, environment: Environment): Promise<number> {
  const root = await findApp(resolve(options.cwd), environment.stderr)
  const app = await readApp(root, environment)
  const plan = await planApp(app, asItIs, environment)
  const states = fileStates(app.record, app.project, plan.operations)

  const commands = await leftToStage(app.root, plan)
  const { findings } = audit(app.project, readAdvisories(environment.packageFolder), app.record)
  const advisories = new Set(findings.map(({ advisory }) => advisory.id)).size

  return showStatus(plan, { states, commands, advisories }, options, environment)
}
