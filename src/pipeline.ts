import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { bringUp, type Outcome } from './bring-up.js'
import { leftToStage, newConflicts } from './conflicts.js'
import { confirmPlan, refuseDirtyTree, refuseTakenFiles } from './consent.js'
import { chooseSystems, NO_WORDS, wordsFor } from './core/plan/choose-systems.js'
import { nextSteps } from './core/plan/next-steps.js'
import { changesAnything, leavesWork, type Plan } from './core/plan/plan.js'
import { type AppPlan, planSystems, type WantedSystem } from './core/plan/plan-systems.js'
import { Problem } from './core/problem.js'
import type { Project } from './core/project.js'
import { readRecord } from './core/record/read-record.js'
import type { AuthRecord } from './core/record/record.js'
import { refuseUnknownPaths } from './core/record/under.js'
import { guessUsers } from './core/user-model/guess-users.js'
import {
  type Environment,
  earlierTemplates,
  type Options,
  readTestedPackages,
  templatesOf,
} from './environment.js'
import { checkPlan } from './shell/changes.js'
import { mentionUnread } from './shell/explain.js'
import { findApp } from './shell/find-app.js'
import { markConflicts } from './shell/git-conflicts.js'
import { refuseLinkedState, withLock } from './shell/lock.js'
import { type ReadProject, readProject, refuseUnlessFolder } from './shell/read-project.js'
import { readSurroundings } from './shell/read-surroundings.js'
import { recover, wasInterrupted } from './shell/recover.js'
import { startProgress } from './shell/terminal.js'
import { writePlan } from './shell/write-plan.js'
import { showOutcome, showPlan, showPreview } from './show.js'

export type App = ReadProject & { root: string; around: Project; record: AuthRecord }

/** The auth systems that an app is to have: what was asked for, what the record says, what is answered. */
export type Decide = (app: App) => Promise<Wanted>

/** What the app has; for the users that it seems to have, where it has none. */
export const asItIs: Decide = async ({ record, project, around }) =>
  chooseSystems(
    record,
    record.systems.length > 0 ? NO_WORDS : wordsFor(guessUsers(project, around).sure),
  )

type Wanted = [WantedSystem, ...WantedSystem[]]

/** How much of it a run brings. */
type Extent = Pick<Options, 'strict' | 'only'>

/** Every command that writes into an app: read → facts → questions → plan → show → apply → report. */
export async function applyTo(
  decide: Decide,
  options: Options,
  environment: Environment,
): Promise<number> {
  const root = await findApp(resolve(options.cwd), environment.stderr)
  if (options.dryRun) {
    return showPreview(await planFor(root, decide, environment, options), options, environment)
  }

  await finishInterruptedRun(root, environment)
  const plan = await planFor(root, decide, environment, options)
  await refuseDirtyTree(root, plan, options)
  refuseTakenFiles(plan)
  showPlan(plan, options, environment)
  await confirmPlan(plan, options)
  const outcome = await apply(root, plan, options)
  const commands = [...(await leftToStage(root, plan)), ...outcome.left]
  showOutcome(plan, outcome, nextSteps(plan, commands), { options, environment })

  return leavesWork(plan) || outcome.failure ? 1 : 0
}

/** A plan that needs no templates: made from the app and its record, shown, and written. */
export async function applyPlan(
  makePlan: (app: App) => Plan,
  options: Options,
  environment: Environment,
): Promise<number> {
  const root = await findApp(resolve(options.cwd), environment.stderr)
  if (!options.dryRun) await finishInterruptedRun(root, environment)
  const plan = makePlan(await readApp(root, environment))
  await checkPlan(root, plan.operations)
  if (options.dryRun) return showPreview(plan, options, environment)

  await refuseDirtyTree(root, plan, options)
  showPlan(plan, options, environment)
  await confirmPlan(plan, options)
  if (changesAnything(plan)) {
    await withLock(root, async () => {
      await writePlan(root, plan.operations, { isKept: true })
      await markConflicts(root, newConflicts(plan))
    })
  }
  showOutcome(plan, { left: [], failure: null, notices: [] }, nextSteps(plan, []), {
    options,
    environment,
  })

  return leavesWork(plan) ? 1 : 0
}

/** Where nothing changes, not even a lock is written: no folder gets another time. */
async function apply(root: string, plan: AppPlan, options: Options): Promise<Outcome> {
  if (!changesAnything(plan)) return bringUp(root, plan, options)

  return withLock(root, async () => {
    await writePlan(root, plan.operations, { isKept: true })
    await markConflicts(root, newConflicts(plan))

    return bringUp(root, plan, options)
  })
}

export async function finishInterruptedRun(root: string, { stderr }: Environment): Promise<void> {
  refuseUnlessFolder(root)
  refuseLinkedState(root)
  if (!(await wasInterrupted(root))) return
  const recovery = await withLock(root, () => recover(root))
  stderr.write(`An interrupted run was found here and ${recovery}.\n`)
}

/** The plan for an app on a disk, sure to be writable there. Nothing is written by it. */
export async function planFor(
  root: string,
  decide: Decide,
  environment: Environment,
  extent: Extent = {},
): Promise<AppPlan> {
  return planApp(await readApp(root, environment), decide, environment, extent)
}

/** The same, for an app that was read already. */
export async function planApp(
  app: App,
  decide: Decide,
  environment: Environment,
  extent: Extent = {},
): Promise<AppPlan> {
  const wanted = await decide(app)
  if (extent.only) refuseUnknownPaths(app.record, extent.only)
  try {
    const plan = await planInStyle(wanted, app, environment, extent)
    await checkPlan(app.root, plan.operations)

    return plan
  } catch (error) {
    throw mentionUnread(error, app)
  }
}

/** Made once to learn what the app's own formatter should see, and again with its answers. */
async function planInStyle(
  wanted: Wanted,
  app: App,
  environment: Environment,
  { strict = false, only }: Extent,
): Promise<AppPlan> {
  const request = {
    ...app,
    strict,
    ...(only === undefined ? {} : { only }),
    templates: templatesOf(environment, 'auth'),
    earlier: earlierTemplates(environment),
    tested: readTestedPackages(environment),
    version: environment.version,
    secret: createSecret(),
  }
  const plan = planSystems(wanted, request)
  if (plan.drafts.length === 0) return plan
  const { formatDrafts, NO_ANSWER } = await import('./shell/format.js')
  const formatted = await formatDrafts(app.root, plan.facts.formatter, plan.drafts, (label) =>
    startProgress(label, environment.stderr),
  )

  if (formatted === NO_ANSWER) environment.stderr.write(NOT_FORMATTED_NOTICE)

  return formatted.size === 0 ? plan : planSystems(wanted, { ...request, formatted })
}

const NOT_FORMATTED_NOTICE =
  'The formatter of this app failed on new code, which is written in the style of your files instead.\n'

export async function readApp(root: string, { version }: Environment): Promise<App> {
  const files = await readProject(root)
  await refuseInterrupted(root)

  const around = readSurroundings(root)

  return { root, ...files, around, record: readRecord(files.project, version) }
}

/** Whoever only looks touches nothing, not even what an interrupted run left. */
export async function refuseInterrupted(root: string): Promise<void> {
  refuseLinkedState(root)
  if (!(await wasInterrupted(root))) return

  throw new Problem(
    'A run was interrupted in this app, so its files may be half written.',
    'Run create-auth scaffold, which puts them right first.',
  )
}

export function createSecret(): string {
  return randomBytes(32).toString('base64url')
}
