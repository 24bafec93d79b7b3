import assert from 'node:assert/strict'

import type { RouteOptions } from 'fastify'
import { test } from 'vitest'

import { buildTestApp } from '../support/build-app.js'

test('the API docs of the app are not asked to turn the schemas into something else', async () => {
  const routes: RouteOptions[] = []
  const app = await buildTestApp({ onRoute: (route) => routes.push(route) })
  await app.close()

  const withSchema = routes.filter(({ schema }) => schema !== undefined)
  assert.ok(withSchema.length > 5)
  for (const { config, method, url } of withSchema) {
    const { swaggerTransform } = (config ?? {}) as { swaggerTransform?: unknown }
    assert.equal(swaggerTransform, false, `${String(method)} ${url}`)
  }
})
