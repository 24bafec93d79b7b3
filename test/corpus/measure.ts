// One app, step by step. A step fails for what the command did, never for what the app could not
// do before, or this machine cannot do at all.

import { existsSync, rmSync } from 'node:fs'

import * as after from './after.js'
import type { App } from './apps.js'
import * as before from './before.js'
import type { AppResult, StepResult } from './results.js'
import { askDoctor, refuse, removeAndAdd, scaffold, scaffoldAgain } from './scaffold.js'
import { createSite, type Site } from './site.js'
import { needsOf, STEPS, type StepName, withNeeds } from './step-names.js'
import { fail, notHere, type Verdict } from './verdict.js'

const DO: Record<StepName, (site: Site) => Promise<Verdict>> = {
  install: before.installBefore,
  before: before.measureBefore,
  scaffold,
  'add packages': after.addPackages,
  generate: after.generateClient,
  'migrate empty': after.migrateEmpty,
  'migrate rows': after.migrateRows,
  types: after.checkTypes,
  lint: after.checkLint,
  format: after.checkFormat,
  'their tests': after.runTheirTests,
  'our tests': after.runOurTests,
  'log in': after.logIn,
  again: scaffoldAgain,
  doctor: askDoctor,
  remove: removeAndAdd,
}

export type Measuring = {
  result: AppResult
  work: string
  /** Null for all. */
  steps: readonly StepName[] | null
  onStep: (name: StepName, result: StepResult) => void
}

/** Fills in the result, and reports every step as soon as it is known. */
export async function measure(app: App, { result, work, steps, onStep }: Measuring): Promise<void> {
  const site = createSite(app, result, work)
  const isRefused = app.kind === 'to be refused'
  const wanted = isRefused ? (['scaffold'] as const) : withNeeds(steps ?? STEPS)
  const isPrepared = existsSync(site.before) && result.steps.before?.outcome === 'ok'
  const isKnown = (name: StepName) =>
    isPrepared && ['install', 'before'].includes(name) && !steps?.includes(name)
  const left = wanted.filter((name) => !isKnown(name))
  for (const name of left) {
    const began = performance.now()
    const verdict = isRefused ? await refuse(site) : await attempt(site, name)
    const seconds = Math.round((performance.now() - began) / 1000)
    result.steps[name] = { ...verdict, seconds }
    onStep(name, { ...verdict, seconds })
  }
  if (isRefused) rmSync(site.after, { recursive: true, force: true })
}

async function attempt(site: Site, name: StepName): Promise<Verdict> {
  const missing = needsOf(name).find((needed) => !isDone(site, needed))
  if (missing !== undefined) return notHere(`after ${missing}`)
  try {
    return await DO[name](site)
  } catch (error) {
    return fail(`the measuring itself: ${error instanceof Error ? error.message : error}`)
  }
}

function isDone({ result }: Site, name: StepName): boolean {
  const outcome = result.steps[name]?.outcome

  return outcome === 'ok' || outcome === 'by hand'
}
