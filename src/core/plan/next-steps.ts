import { changesAnything, type Plan, type Verb } from './plan.js'

/** What a person does after a run, in order. */
export function nextSteps(plan: Plan, commands: readonly string[]): string[] {
  const steps = [...whatIsLeft(plan), ...commands]

  return changesAnything(plan)
    ? [...steps, 'Look at the changes, run your tests, and commit']
    : steps
}

/** What only a person can do. */
export function whatIsLeft({ operations }: Plan): string[] {
  const has = (wanted: Verb) => operations.some(({ verb }) => verb === wanted)

  return [
    ...(has('conflict')
      ? ['Resolve the conflicts (look for <<<<<<<), then run create-auth scaffold again']
      : []),
    ...(has('by hand') ? ['Make the edits above by hand, then run create-auth status'] : []),
  ]
}
