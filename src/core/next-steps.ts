import { changesAnything, type Plan } from './plan.js'

/** What a person does after a run, in order. */
export function nextSteps(plan: Plan, commands: readonly string[]): string[] {
  const has = (wanted: string) => plan.operations.some(({ verb }) => verb === wanted)
  const steps = [
    ...(has('conflict')
      ? ['Resolve the conflicts (look for <<<<<<<), then run create-auth status']
      : []),
    ...(has('by hand') ? ['Make the edits above by hand, then run create-auth status'] : []),
    ...commands,
  ]
  if (!changesAnything(plan) && steps.length === 0) return []

  return changesAnything(plan)
    ? [...steps, 'Look at the changes, run your tests, and commit']
    : steps
}
