import { changesAnything, leavesWork, type Operation, type Plan } from '../plan/plan.js'
import { FOLDER } from '../record/record.js'

/** The plan as data, for `--json`. It never holds what is in a file: some of it is secret. */
export function planAsData(
  plan: Plan,
  {
    version,
    nextSteps,
    written,
  }: { version: string; nextSteps: readonly string[]; written: boolean },
): object {
  return {
    version,
    /** Whether this run wrote what the plan says. */
    written,
    changes: changesAnything(plan),
    leavesWork: leavesWork(plan),
    operations: plan.operations
      .filter(({ path }) => !path.startsWith(`${FOLDER}/base/`))
      .map(describe),
    packages: plan.packages,
    notices: plan.notices,
    next: nextSteps,
  }
}

function describe(operation: Operation): object {
  const { verb, path, note, paste, merged, behind, before, after } = operation

  return {
    verb,
    path,
    writes: before !== after,
    ...(note === undefined ? {} : { note }),
    ...(paste === undefined ? {} : { paste }),
    ...(merged === undefined ? {} : { merged }),
    ...(behind === undefined ? {} : { behind }),
  }
}
