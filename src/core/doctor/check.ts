import type { Facts } from '../facts/facts.js'
import type { Present } from '../facts/present/read-present.js'
import type { Operation } from '../plan/plan.js'
import type { Project } from '../project.js'
import type { AuthRecord } from '../record/record.js'

/** An app as the checks see it. Nothing in here is asked of a network or a database. */
export type Examined = {
  project: Project
  /** Without what we wrote: the owner's own files. */
  own: Project
  record: AuthRecord
  facts: Facts
  present: Present
  /** What a scaffold would do. */
  operations: readonly Operation[]
  /** What the app's .env says, and above it what this process was started with. */
  environment: ReadonlyMap<string, string>
  /** Where git has the secret: files, or the history of one. */
  committed: readonly string[]
  /** The packages that the generated code needs, with their ranges. */
  needed: ReadonlyMap<string, string>
  /** The versions that are installed. */
  installed: ReadonlyMap<string, string>
}

export type Finding = {
  /** `problem`: something does not work, or is not safe. `advice`: it will matter in production. */
  level: 'problem' | 'advice'
  /** What is the matter, in one sentence. */
  message: string
  /** What to do about it, in one line. */
  fix: string
}

/** One question about an app; no findings are a good answer. */
export type Check = {
  name: string
  /** What is true when nothing is found. */
  healthy: string
  examine: (app: Examined) => Finding[]
}

export function problem(message: string, fix: string): Finding {
  return { level: 'problem', message, fix }
}

export function advice(message: string, fix: string): Finding {
  return { level: 'advice', message, fix }
}
