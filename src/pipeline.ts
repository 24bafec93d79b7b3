import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { bringUp } from './bring-up.js'
import { confirmPlan, refuseDirtyTree, refuseTakenFiles } from './consent.js'
import { nextSteps } from './core/next-steps.js'
import { changesAnything, leavesWork } from './core/plan.js'
import { type AppPlan, planSystems, type WantedSystem } from './core/plan-systems.js'
import type { Project } from './core/project.js'
import { readRecord } from './core/read-record.js'
import type { AuthRecord } from './core/record.js'
import { type Environment, type Options, readExamplePackage, templatesOf } from './environment.js'
import { withLock } from './shell/lock.js'
import { readProject } from './shell/read-project.js'
import { recover } from './shell/recover.js'
import { writePlan } from './shell/write-plan.js'
import { showOutcome, showPlan, showPreview } from './show.js'

export type App = { root: string; project: Project; record: AuthRecord }

/** The auth systems that an app is to have: what was asked for, what the record says, what is answered. */
export type Decide = (app: App) => Promise<[WantedSystem, ...WantedSystem[]]>

/** Every command that writes into an app: read → facts → questions → plan → show → apply → report. */
export async function applyTo(
  decide: Decide,
  options: Options,
  environment: Environment,
): Promise<number> {
  const root = resolve(options.cwd)
  if (options.dryRun) {
    return showPreview(await planFor(root, decide, environment), options, environment)
  }

  return withLock(root, async () => {
    await recover(root)
    const plan = await planFor(root, decide, environment)
    if (changesAnything(plan)) await refuseDirtyTree(root, options)
    showPlan(plan, options, environment)
    refuseTakenFiles(plan)
    await confirmPlan(plan, options)
    await writePlan(root, plan.operations)
    const outcome = await bringUp(root, plan, options)
    showOutcome(plan, outcome, nextSteps(plan, outcome.left), { options, environment })

    return leavesWork(plan) || outcome.failure ? 1 : 0
  })
}

/** The plan for an app on a disk. Nothing is written by it. */
export async function planFor(
  root: string,
  decide: Decide,
  environment: Environment,
): Promise<AppPlan> {
  const app = await readApp(root, environment)

  return planSystems(await decide(app), {
    ...app,
    templates: templatesOf(environment, 'auth'),
    example: readExamplePackage(environment),
    version: environment.version,
    secret: createSecret(),
  })
}

export async function readApp(root: string, { version }: Environment): Promise<App> {
  const { project } = await readProject(root)

  return { root, project, record: readRecord(project, version) }
}

export function createSecret(): string {
  return randomBytes(32).toString('base64url')
}
