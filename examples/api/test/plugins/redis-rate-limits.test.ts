import assert from 'node:assert/strict'

import { describe, test } from 'vitest'

import { MINUTE } from '../../src/accounts/duration.js'
import { RedisRateLimits } from '../../src/plugins/redis-rate-limits.js'

const LIMIT = { max: 3, timeWindow: MINUTE }

/** Answers every script with the same value, and keeps what it was asked. */
function redisThatAnswers(answer: unknown) {
  const asked: (string | number)[][] = []
  const redis = {
    on: () => {
      // Its connection never breaks.
    },
    eval: async (_script: string, _keys: number, ...values: (string | number)[]) => {
      asked.push(values)
      if (answer instanceof Error) throw answer

      return answer
    },
    disconnect: () => {
      // There is no connection to close.
    },
  }

  return { asked, limits: new RedisRateLimits(redis, (key) => `hash of ${key}`) }
}

describe('a limit in Redis', () => {
  test('lets an attempt pass that Redis has room for', async () => {
    const { asked, limits } = redisThatAnswers(-1)

    assert.equal(await limits.take('ada', LIMIT), null)
    assert.deepEqual(asked, [['hash of ada', 3, MINUTE]])
  })

  test('tells how long to wait, which is never no time at all', async () => {
    assert.equal(await redisThatAnswers(1500).limits.take('ada', LIMIT), 1500)
    assert.equal(await redisThatAnswers(0).limits.take('ada', LIMIT), 1)
  })

  test('lets nothing pass when Redis is away', async () => {
    const { limits } = redisThatAnswers(new Error('Connection is closed.'))

    await assert.rejects(limits.take('ada', LIMIT))
  })
})
