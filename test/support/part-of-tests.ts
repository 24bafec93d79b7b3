import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** A third of the generated tests. */
export type Part = 1 | 2 | 3

const PARTS = 3

/** What every host runs, whichever its part: that one can log in, and stays logged in. */
const ALWAYS = /session-controller|user-auth\.test|csrf/

/**
 * Keeps one part of the generated tests in an app, and the support they share. The hosts take
 * turns, so that together they run all of them several times, each in a hand of its own.
 */
export function keepPartOfTests(folder: string, part: Part): void {
  const { systems } = JSON.parse(
    readFileSync(join(folder, '.create-auth/record.json'), 'utf8'),
  ) as {
    systems: { files: { template: string; path: string }[] }[]
  }
  for (const { files } of systems) {
    files
      .filter(({ template }) => template.endsWith('.test.ts'))
      .filter(({ template }, index) => index % PARTS !== part - 1 && !ALWAYS.test(template))
      .forEach(({ path }) => {
        rmSync(join(folder, path))
      })
  }
}
