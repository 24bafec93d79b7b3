import fc from 'fast-check'
import { describe, test } from 'vitest'
import { caseOf } from '../../merging/cases.js'
import { LAWS } from '../../merging/laws.js'

// The same cases every time: those that nobody saw are for `npm run laws -- 1000000`.
describe('laws', () => {
  test.each([...LAWS])(
    '%s',
    (_name, law) => {
      const cases = fc.nat().map(caseOf)

      fc.assert(fc.property(cases, law), { numRuns: 200, endOnFailure: true, seed: 1 })
    },
    60_000,
  )
})
