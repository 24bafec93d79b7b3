import { type Examination, hasProblem } from './core/doctor/examine.js'
import { renderExaminations } from './core/doctor/report.js'
import type { Environment, Options } from './environment.js'
import { coloursFor, columnsOf } from './shell/terminal.js'
import { writeJson } from './write-json.js'

/** What a doctor found; the exit code is 1 where something does not work or is not safe. */
export function showExaminations(
  examinations: readonly Examination[],
  { json }: Options,
  environment: Environment,
): number {
  const { stdout, version } = environment
  const isWell = !hasProblem(examinations)
  if (json) {
    const findings = examinations.flatMap((each) =>
      each.findings.map((finding) => ({ check: each.check, ...finding })),
    )
    writeJson(
      { version, ok: isWell, checks: examinations.map(({ check }) => check), findings },
      environment,
    )
  } else {
    const columns = stdout.isTTY ? columnsOf(stdout) : Number.POSITIVE_INFINITY
    stdout.write(renderExaminations(examinations, coloursFor(stdout), columns))
  }

  return isWell ? 0 : 1
}
