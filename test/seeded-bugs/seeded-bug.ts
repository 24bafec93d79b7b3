// A mistake that real log-ins had, put into the code that the command writes.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type SeededBug = {
  /** What was done wrong, in a few words: its name in every report. */
  name: string
  /** Rows of the security requirements, and where the mistake was made before. */
  reference: string
  /** What somebody gains by it. */
  attacker: string
  /** A file of examples/default. */
  file: string
  /** What stands there once. */
  before: string
  /** What stands there with the mistake. */
  after: string
  /** The generated tests that are likely to notice, without `test/` and `.test.ts`. */
  tests: string[]
  /**
   * The test of test/races.test.ts that notices, where those cannot: SQLite has one transaction at
   * a time.
   */
  race?: string
}

/** How often the text of a bug stands in its file: once, or the bug has to be written anew. */
export function occurrencesOf(
  { file, before }: Pick<SeededBug, 'file' | 'before'>,
  app: string,
): number {
  return readFileSync(join(app, file), 'utf8').split(before).length - 1
}

/** Puts a bug into an app, and answers with what takes it out again. */
export function plant(
  bug: Omit<SeededBug, 'reference' | 'attacker' | 'tests'>,
  app: string,
): () => void {
  const path = join(app, bug.file)
  const right = readFileSync(path, 'utf8')
  if (occurrencesOf(bug, app) !== 1) {
    throw new Error(`${bug.name}: its text is not in ${bug.file} exactly once`)
  }
  writeFileSync(path, right.split(bug.before).join(bug.after))

  return () => writeFileSync(path, right)
}
