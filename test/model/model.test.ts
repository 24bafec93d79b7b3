import { afterAll, beforeAll, expect, test } from 'vitest'

import { copyExample, removeCopy } from '../support/example-copy.js'
import { checkLives } from './check-lives.js'
import { RealApp } from './real-app.js'

let copy = ''
let app: RealApp

beforeAll(async () => {
  copy = await copyExample()
  app = await RealApp.start(copy)
}, 120_000)

afterAll(async () => {
  await app?.close()
  removeCopy(copy)
})

// `npm run model` lets more of them happen, and longer ones.
test('in any life of an account, a credential works exactly when it should', async () => {
  await expect(checkLives(app, { runs: 12, deeds: 40 })).resolves.toBeUndefined()
}, 600_000)
