import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'

import { describe, test } from 'vitest'

import { Turns } from '../../src/accounts/turns.js'

describe('work that waits for its turn', () => {
  test('runs a few pieces at once, in the order it was asked for', async () => {
    const turns = new Turns(2, 100)
    const started: number[] = []
    let running = 0
    const pieces = Array.from({ length: 6 }, (_, number) =>
      turns.take(async () => {
        started.push(number)
        running += 1
        assert.ok(running <= 2)
        await setImmediate()
        running -= 1

        return number
      }),
    )

    assert.deepEqual(await Promise.all(pieces), [0, 1, 2, 3, 4, 5])
    assert.deepEqual(started, [0, 1, 2, 3, 4, 5])
  })

  test('is turned away when the line is full, and taken when there is room again', async () => {
    const turns = new Turns(1, 2)
    const pieces = Array.from({ length: 5 }, () => turns.take(() => setImmediate()))
    const results = await Promise.allSettled(pieces)

    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'],
    )
    assert.equal(await turns.take(async () => 'done'), 'done')
  })

  test('gives the turn back when it fails', async () => {
    const turns = new Turns(1, 1)
    await assert.rejects(turns.take(() => Promise.reject(new Error('no'))))

    assert.equal(await turns.take(async () => 'done'), 'done')
  })
})
