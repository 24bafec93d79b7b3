import { expect, test } from 'vitest'

import { withTypedRoutes } from '../../../src/core/render/old-fastify.js'

const IMPORT =
  "import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'\n"
const WITH_STATIC = IMPORT.replace('Type }', 'type Static, Type }')

test.each([
  [
    "app.post('/a', { schema: { body: Body }, onRequest: hook }, handler)",
    "app.post<{ Body: Static<typeof Body> }>('/a', { schema: { body: Body }, onRequest: hook }, handler)",
  ],
  [
    "app.get('/:id', { schema: { params: Params, body: Type.Optional(Body) } }, handler)",
    "app.get<{ Body: Static<typeof Body> | undefined; Params: Static<typeof Params> }>('/:id', { schema: { params: Params, body: Type.Optional(Body) } }, handler)",
  ],
])('writes out what a route takes: %s', (before, after) => {
  expect(withTypedRoutes(`${IMPORT}${before}\n`, 'a.ts')).toBe(`${WITH_STATIC}${after}\n`)
})

test.each([
  "app.get('/', { schema: { response } }, handler)\n",
  'const schema = { schema: { body: Body } }\n',
])('leaves the rest as it is: %s', (text) => {
  expect(withTypedRoutes(`${IMPORT}${text}`, 'a.ts')).toBe(`${IMPORT}${text}`)
})
