import type { Outcome } from './bring-up.js'
import { renderDiff } from './core/diff.js'
import { planAsData } from './core/json.js'
import { changesAnything, leavesWork, type Operation, type Plan } from './core/plan.js'
import { whatIsLeft } from './core/next-steps.js'
import { FOLDER } from './core/record.js'
import { renderNextSteps, renderReport } from './core/report.js'
import type { Environment, Options } from './environment.js'
import { coloursFor, columnsOf, wantsColour } from './shell/terminal.js'
import { writeJson } from './write-json.js'

/** What will happen, before it does. With `--json` the plan is shown once, at the end. */
export function showPlan(plan: Plan, { json }: Options, { stdout }: Environment): void {
  if (json) return
  // A file or a pipe has no width, and what reads it wants a line for each file.
  const columns = stdout.isTTY ? columnsOf(stdout) : Number.POSITIVE_INFINITY
  stdout.write(renderReport(plan, coloursFor(stdout), columns))
}

/** What is left to do, after it happened. */
export function showOutcome(
  plan: Plan,
  outcome: Outcome,
  nextSteps: readonly string[],
  { options, environment }: { options: Options; environment: Environment },
): void {
  const { stdout, stderr, version } = environment
  if (outcome.failure) stderr.write(`\n${outcome.failure.message}\n${outcome.failure.next}\n`)
  if (options.json) {
    const written = changesAnything(plan)
    writeJson(planAsData(plan, { version, nextSteps, written }), environment)
    return
  }
  const text = renderNextSteps(nextSteps, coloursFor(stdout))
  if (text !== '') stdout.write(`\n${text}`)
}

/** `--dry-run`: what would be written, line by line. */
export function showPreview(plan: Plan, options: Options, environment: Environment): number {
  const { stdout, version } = environment
  if (options.json) {
    writeJson(planAsData(plan, { version, nextSteps: [], written: false }), environment)
  } else {
    stdout.write(renderDiff(visible(plan.operations), { colour: wantsColour(stdout) }))
    showPlan(plan, options, environment)
  }

  return leavesWork(plan) ? 1 : 0
}

/** `status`: the same plan in short, and whether there is anything to do. */
export function showStatus(plan: Plan, options: Options, environment: Environment): number {
  const isDone = !changesAnything(plan) && !leavesWork(plan)
  const nextSteps = changesAnything(plan) ? ['create-auth scaffold'] : whatIsLeft(plan)
  if (options.json) {
    const { version } = environment
    writeJson(planAsData(plan, { version, nextSteps, written: false }), environment)
  } else {
    showPlan(plan, options, environment)
    const text = renderNextSteps(nextSteps, coloursFor(environment.stdout))
    if (text !== '') environment.stdout.write(`\n${text}`)
  }

  return isDone ? 0 : 1
}

/** Neither secrets nor our own notes belong on a screen. */
function visible(operations: readonly Operation[]): Operation[] {
  return operations.filter(({ path, isSecret }) => !isSecret && !path.startsWith(`${FOLDER}/`))
}
