// The mistakes that real log-ins had, and whether the generated tests notice them. This runs a few
// of them; `npm run seeded-bugs` runs all.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { copyExample, removeCopy, runTests } from '../support/example-copy.js'
import { BUGS } from './bugs.js'
import { occurrencesOf, plant } from './seeded-bug.js'

const example = fileURLToPath(new URL('../../examples/default', import.meta.url))

// Spread over the classes, and found by tests that take a second or two.
const SAMPLE = [
  'the session keeps its id at log-in',
  'a remembered session counts as one with a password',
  'JSON needs no token against forgery',
  'a path with dots becomes one of another host',
  'each spelling of an email has a limit of its own',
  'a password is cut at 72 characters',
  'tokens are stored as they are',
]

describe('each seeded bug', () => {
  test('has a name of its own, and there are forty or more', () => {
    expect(BUGS.length).toBeGreaterThanOrEqual(40)
    expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length)
    for (const name of SAMPLE) expect(BUGS.map((bug) => bug.name)).toContain(name)
  })

  test.each(BUGS)('can be put in at one place: $name', (bug) => {
    expect(occurrencesOf(bug, example)).toBe(1)
    expect(bug.after).not.toBe(bug.before)
    for (const name of bug.tests) {
      expect(existsSync(join(example, 'test', `${name}.test.ts`)), name).toBe(true)
    }
  })
})

describe('the generated tests notice', () => {
  let copy = ''

  beforeAll(async () => {
    copy = await copyExample()
  }, 120_000)

  afterAll(() => removeCopy(copy))

  test.each(SAMPLE)('%s', { timeout: 300_000 }, async (name) => {
    const bug = BUGS.find((candidate) => candidate.name === name)
    if (bug === undefined) throw new Error(`There is no bug with the name ${name}`)
    const takeOut = plant(bug, copy)

    try {
      expect(await runTests(copy, bug.tests)).toMatchObject({
        failed: [expect.any(String)],
        broken: [],
      })
    } finally {
      takeOut()
    }
  })
})
