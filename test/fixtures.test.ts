import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'

// The compiler looks at the example by itself.
const FIXTURES = '../examples/default/test/support/accounts-fixtures.js'

test('users are made one after the other: the first may bring a row that every one refers to', async () => {
  let atOnce = 0
  let most = 0
  const create = async ({ data }: { data: object }) => {
    atOnce += 1
    most = Math.max(most, atOnce)
    await delay(5)
    atOnce -= 1

    return data
  }

  const { userFixture } = await import(FIXTURES)
  await userFixture({ user: { create } })
  expect(most).toBe(1)
})
