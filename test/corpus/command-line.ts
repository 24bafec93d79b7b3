// What was asked for.

import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { isStep, STEPS, type StepName } from './step-names.js'

export type Options = {
  /** A folder with one checkout per app. Nothing is written there. */
  checkouts: string
  /** The apps to measure again; those without a result where empty. */
  names: string[]
  /** Null for all. One that is named is done again, also on the app as it was. */
  steps: readonly StepName[] | null
  /** Where the results are kept: a later run goes on from there. */
  results: string
  /** Where the copies are. They stay, so that a later run need not install again. */
  work: string
  /** Forget what is known of an app as it was, and install it again. */
  fresh: boolean
}

export const USAGE = `npm run corpus -- <folder of checkouts> [names…]
  --steps <a,b>   only these, and what they need: ${STEPS.join(', ')}
  --json <file>   where the results are kept (default: <work>/results.json)
  --work <dir>    where the copies are (default: /tmp/create-auth-corpus)
  --fresh         install again, and measure the app as it was again`

/** @throws {Error} with one sentence about what is wrong. */
export function readCommandLine(argv: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      steps: { type: 'string' },
      json: { type: 'string' },
      work: { type: 'string', default: '/tmp/create-auth-corpus' },
      fresh: { type: 'boolean', default: false },
    },
  })
  const [checkouts, ...names] = positionals
  if (checkouts === undefined) throw new Error('The folder with the checkouts is missing.')
  const work = resolve(values.work)

  return {
    checkouts: resolve(checkouts),
    names,
    steps: values.steps === undefined ? null : readSteps(values.steps),
    results: resolve(values.json ?? `${work}/results.json`),
    work,
    fresh: values.fresh,
  }
}

function readSteps(list: string): StepName[] {
  const names = list.split(',')
  const unknown = names.find((name) => !isStep(name))
  if (unknown !== undefined) throw new Error(`There is no step ${unknown}.`)

  return names.filter(isStep)
}
