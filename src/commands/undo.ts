import { resolve } from 'node:path'
import { confirmPlan } from '../consent.js'
import { changesAnything } from '../core/plan/plan.js'
import { leftBehind, planUndo } from '../core/plan/undo-plan.js'
import type { Environment, Options } from '../environment.js'
import { finishInterruptedRun, refuseInterrupted } from '../pipeline.js'
import { checkPlan } from '../shell/changes.js'
import { findApp } from '../shell/find-app.js'
import { clearConflicts } from '../shell/git-conflicts.js'
import { forgetLastRun, type LastRun, readLastRun } from '../shell/last-run.js'
import { withLock } from '../shell/lock.js'
import { refuseUnlessFolder } from '../shell/read-project.js'
import { writePlan } from '../shell/write-plan.js'
import { showOutcome, showPlan, showPreview } from '../show.js'

/** Takes the last run back. What was changed since stays, and is named. */
export async function undo(options: Options, environment: Environment): Promise<number> {
  const root = await findApp(resolve(options.cwd), environment.stderr)
  refuseUnlessFolder(root)
  await (options.dryRun ? refuseInterrupted(root) : finishInterruptedRun(root, environment))
  const run = await readLastRun(root)
  const plan = planUndo(run?.files ?? [])
  if (run === null) plan.notices.push('There is no run to take back here.')
  await checkPlan(root, plan.operations)
  const exitCode = leftBehind(plan).length > 0 ? 1 : 0
  if (options.dryRun) {
    showPreview(plan, options, environment)
    return exitCode
  }

  showPlan(plan, options, environment)
  await confirmPlan(plan, options)
  if (run !== null) await withLock(root, () => takeBack(root, run))
  showOutcome(plan, { left: [], failure: null, notices: [] }, stepsAfter(plan), {
    options,
    environment,
  })

  return exitCode
}

async function takeBack(root: string, run: LastRun): Promise<void> {
  const { operations } = planUndo(run.files)
  await writePlan(root, operations)
  const texts = operations.flatMap(({ verb, path, after }): [string, string][] =>
    verb === 'update' && after !== null ? [[path, after]] : [],
  )
  await clearConflicts(root, new Map(texts))
  await forgetLastRun(root, run)
}

function stepsAfter(plan: ReturnType<typeof planUndo>): string[] {
  const left = leftBehind(plan).map(({ path }) => path)
  const steps = left.length === 0 ? [] : [`Look at ${left.join(', ')}: changed since that run`]

  return changesAnything(plan) ? [...steps, 'Look at the changes, run your tests'] : steps
}
