// What is known of each app. It is written after every step, so a run that is stopped goes on.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import type { Kind } from './apps.js'
import type { StepName } from './step-names.js'

/**
 * `by hand`: written, with an edit left to a person. `refused`: not a byte was written, and a
 * sentence says why. `not here`: this machine cannot do it, or the app could not do it before.
 */
export type Outcome = 'ok' | 'by hand' | 'refused' | 'fail' | 'not here'

export type StepResult = {
  outcome: Outcome
  reason: string
  /** All complaints, where the reason is the first of several. */
  complaints?: string[]
  seconds: number
}

export type AppResult = {
  name: string
  kind: Kind
  measuredAt: string
  steps: Partial<Record<StepName, StepResult>>
  /** What its own tools said about the app as it was. */
  before: Record<string, string[]>
  /** Flags that a person would have had to pass. */
  answers: string[]
  /** Edits that a person made, after which nothing was left. */
  edits?: number
}

export type Results = Record<string, AppResult>

export function readResults(file: string): Results {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

export function writeResults(file: string, results: Results): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.part`, `${JSON.stringify(results, null, 2)}\n`)
  renameSync(`${file}.part`, file)
}
