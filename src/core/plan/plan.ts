import type { Rung } from '../merging/merge.js'
import { FOLDER } from '../record/record.js'

/** What will happen to one file. The words are those of the report, the docs and `--json`. */
export type Verb =
  | 'create'
  | 'update'
  | 'identical'
  | 'conflict'
  | 'remove'
  /** Deleted by the owner: stays deleted. */
  | 'deleted'
  /** Given to its owner for good: left alone, and told when this version changes it. */
  | 'ejected'
  /** A file that is not ours stands where ours would go: left alone. */
  | 'taken'
  /** No longer shipped, but edited: left alone. */
  | 'kept'
  /** An edit that a person has to make; its text is in `paste`. */
  | 'by hand'

export type Operation = {
  verb: Verb
  /** Relative to the app's root, forward slashes. */
  path: string
  /** The text there now, `null` when there is none. */
  before: string | null
  /** The text that should be there, `null` when there should be none. Equal to `before` when nothing is to be written. */
  after: string | null
  /** Permission bits for a new file; 0o644 when absent. */
  mode?: number
  /** A few words for the report: `+ model UserToken`, `1 place; look for <<<<<<<`. */
  note?: string
  /** How both sides' changes became one text. */
  merged?: Rung
  /** The version that the file has, where this one changes it and the file has not got that yet. */
  behind?: string
  /** A generated file's text as the last run had it, and as this version has it. */
  versions?: { base: string; theirs: string }
  /** What to paste, for `by hand`. */
  paste?: string
  /** The text holds secrets: no report, diff or log may show it. */
  isSecret?: boolean
}

/** Everything a run will do, decided before anything is written. */
export type Plan = {
  operations: Operation[]
  /** Packages the app lacks, by name, with their version range. */
  packages: { dependencies: Record<string, string>; devDependencies: Record<string, string> }
  /** Sentences for the person, each ending with what to do. */
  notices: string[]
  /** What a person does before the schema is migrated. Where there is something, nothing is. */
  beforeMigrating?: string[]
}

/** Whether anything would be written. */
export function changesAnything(plan: Plan): boolean {
  return plan.operations.some((operation) => operation.before !== operation.after)
}

/** Whether something is left that only a person can do: the run then ends with exit code 1. */
export function leavesWork(plan: Plan): boolean {
  return plan.operations.some(
    ({ verb }) => verb === 'conflict' || verb === 'by hand' || verb === 'taken',
  )
}

/** What may be on a screen: neither secrets nor our own notes. */
export function visible({ operations }: Plan): Operation[] {
  return operations.filter(({ path, isSecret }) => !isSecret && !path.startsWith(`${FOLDER}/`))
}
