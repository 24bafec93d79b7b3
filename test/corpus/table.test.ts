import { expect, test } from 'vitest'

import type { AppResult, Outcome } from './results.js'
import { lineOf, markdownOf, totalOf } from './table.js'

function app(name: string, outcome: Outcome, reason = ''): AppResult {
  return {
    name: `owner__${name}`,
    kind: 'without auth',
    measuredAt: '2026-01-01T00:00:00.000Z',
    steps: {
      install: { outcome: 'ok', reason: '', seconds: 1 },
      types: { outcome, reason, seconds: 1 },
    },
    before: {},
    answers: [],
  }
}

test('what is not possible here counts neither for nor against', () => {
  const apps = [app('a', 'ok'), app('b', 'fail'), app('c', 'not here'), app('d', 'by hand')]

  expect(totalOf(apps, 'types')).toBe('1/3')
})

test('an app that is to be refused is well when it was', () => {
  const refused = (outcome: Outcome) => ({ ...app('a', outcome), kind: 'to be refused' as const })

  expect(totalOf([refused('refused'), refused('ok')], 'types')).toBe('1/2')
})

test('the table has a row per app, the totals, and a reason for what is not ok', () => {
  const results = { a: app('a', 'ok'), b: app('b', 'fail', 'b.ts: TS1\n| it is') }

  expect(markdownOf(results)).toBe(`## Apps without auth

| app | install | types |
| --- | --- | --- |
| owner/a | ok | ok |
| owner/b | ok | **fail** |
| **ok, of those possible here** | 2/2 | 1/2 |

- owner__b, types: fail: b.ts: TS1 \\| it is
`)
})

test('while it runs, an app is one line', () => {
  expect(lineOf(app('a', 'not here'))).toBe('owner__a: install ok, types –')
})
