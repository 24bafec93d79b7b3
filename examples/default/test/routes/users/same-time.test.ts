import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'

import { describe, test } from 'vitest'

import { inSameTime, missInSameTime } from '../../../src/routes/users/same-time.js'

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()

  return performance.now() - startedAt
}

// A clock in front of the answer sees whole steps of 200 ms, and not the work. On a busy machine
// an answer may be late; it must never be early.
function assertSteps(time: number, steps: number): void {
  assert.ok(time > steps * 200 - 5, `${time} ms`)
}

describe('inSameTime', () => {
  test('takes as long for little work as for much', async () => {
    assertSteps(await timeOf(() => inSameTime(async () => undefined)), 1)
    assertSteps(await timeOf(() => inSameTime(() => setTimeout(100))), 1)
  })

  test('goes on to the next step when there was too much work for one', async () => {
    assertSteps(await timeOf(() => inSameTime(() => setTimeout(230))), 2)
  })
})

describe('missInSameTime', () => {
  test('takes that time when nothing was found', async () => {
    assertSteps(await timeOf(() => missInSameTime(async (): Promise<null> => null)), 1)
    assertSteps(await timeOf(() => missInSameTime(() => setTimeout(100, null))), 1)
  })

  test('gives what was found at once', async () => {
    const found = missInSameTime(async () => 'found')

    assert.equal(await Promise.race([found, setTimeout(1, 'late')]), 'found')
  })
})
