import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'

import { describe, test } from 'vitest'

import { inSameTime, missInSameTime } from '../../../src/routes/users/same-time.js'

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()

  return performance.now() - startedAt
}

// A clock in front of the answer sees a step, and not the work. Timers may be late.
function assertStep(time: number, steps: number): void {
  assert.ok(time > steps * 200 - 5 && time < steps * 200 + 100, `${time} ms`)
}

describe('inSameTime', () => {
  test('takes as long for little work as for much', async () => {
    assertStep(await timeOf(() => inSameTime(async () => {})), 1)
    assertStep(await timeOf(() => inSameTime(() => setTimeout(100))), 1)
  })

  test('goes on to the next step when there was too much work for one', async () => {
    assertStep(await timeOf(() => inSameTime(() => setTimeout(230))), 2)
  })
})

describe('missInSameTime', () => {
  test('takes that time when nothing was found', async () => {
    assertStep(await timeOf(() => missInSameTime(async () => null)), 1)
    assertStep(await timeOf(() => missInSameTime(() => setTimeout(100, null))), 1)
  })

  test('gives what was found at once', async () => {
    assert.ok((await timeOf(() => missInSameTime(async () => 'found'))) < 100)
    assert.equal(await missInSameTime(async () => 'found'), 'found')
  })
})
