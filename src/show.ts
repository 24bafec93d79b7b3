import type { Outcome } from './bring-up.js'
import { whatIsLeft } from './core/plan/next-steps.js'
import { changesAnything, leavesWork, type Plan, visible } from './core/plan/plan.js'
import { renderDiff } from './core/report/diff.js'
import type { FileState } from './core/report/file-states.js'
import { planAsData } from './core/report/json.js'
import { renderNextSteps, renderReport } from './core/report/report.js'
import { renderStates } from './core/report/report-states.js'
import { showControlCharacters } from './core/report/terminal-text.js'
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
  for (const notice of outcome.notices) stderr.write(`${showControlCharacters(notice)}\n`)
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
    stdout.write(renderDiff(visible(plan), { colour: wantsColour(stdout) }))
    showPlan(plan, options, environment)
  }

  return leavesWork(plan) ? 1 : 0
}

type Status = {
  states: readonly FileState[]
  commands: readonly string[]
  /** How many advisories apply to the code as it is. */
  advisories: number
}

/** `status`: what became of each file; the same plan in short; and whether there is anything to do. */
export function showStatus(
  plan: Plan,
  { states, commands, advisories }: Status,
  options: Options,
  environment: Environment,
): number {
  const { stdout, version } = environment
  const isDone = !changesAnything(plan) && !leavesWork(plan)
  const steps = changesAnything(plan) ? ['create-auth scaffold'] : whatIsLeft(plan)
  const nextSteps = [...commands, ...(advisories > 0 ? ['create-auth audit'] : []), ...steps]
  if (options.json) {
    const data = planAsData(plan, { version, nextSteps, written: false })
    writeJson({ ...data, files: states, advisories }, environment)
  } else {
    const colours = coloursFor(stdout)
    if (states.length > 0) stdout.write(renderStates(states, colours))
    if (!isDone) {
      if (states.length > 0) stdout.write(`\n${colours.bold('A scaffold would:')}\n`)
      showPlan(plan, options, environment)
    }
    if (advisories > 0) stdout.write(`\n${colours.red(advisoriesLine(advisories))}\n`)
    const text = renderNextSteps(nextSteps, colours)
    if (text !== '') stdout.write(`\n${text}`)
  }

  return isDone && advisories === 0 ? 0 : 1
}

function advisoriesLine(count: number): string {
  return count === 1
    ? '1 advisory applies to this code: run create-auth audit.'
    : `${count} advisories apply to this code: run create-auth audit.`
}
