// The steps, in their order. What comes before `scaffold` measures the app as its owner left it.

export const STEPS = [
  'install',
  'before',
  'scaffold',
  'add packages',
  'generate',
  'migrate empty',
  'migrate rows',
  'types',
  'lint',
  'format',
  'their tests',
  'our tests',
  'log in',
  'again',
  'doctor',
  'remove',
] as const

export type StepName = (typeof STEPS)[number]

// What has to be done before a step can be, besides the step before the scaffold.
const NEEDS: Partial<Record<StepName, readonly StepName[]>> = {
  before: ['install'],
  scaffold: ['install', 'before'],
  'add packages': ['scaffold'],
  generate: ['add packages'],
  'migrate empty': ['generate'],
  'migrate rows': ['migrate empty'],
  types: ['generate'],
  lint: ['generate'],
  format: ['scaffold'],
  'their tests': ['migrate empty'],
  'our tests': ['migrate empty'],
  'log in': ['migrate empty'],
  again: ['scaffold'],
  doctor: ['migrate empty'],
  remove: ['scaffold'],
}

export function isStep(name: string): name is StepName {
  return STEPS.some((step) => step === name)
}

/** The steps asked for and all that they need, in their order. */
export function withNeeds(wanted: readonly StepName[]): StepName[] {
  const all = new Set(wanted)
  for (const name of all) for (const needed of needsOf(name)) all.add(needed)

  return STEPS.filter((name) => all.has(name))
}

export function needsOf(name: StepName): readonly StepName[] {
  return NEEDS[name] ?? []
}
