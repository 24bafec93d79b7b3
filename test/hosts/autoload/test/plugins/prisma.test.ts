import { test } from 'node:test'
import * as assert from 'node:assert'
import Fastify from 'fastify'
import Prisma from '../../src/plugins/prisma'

test('the prisma plugin needs no other', async (t) => {
  const fastify = Fastify()
  void fastify.register(Prisma, { databaseUrl: 'file::memory:' })
  await fastify.ready()
  t.after(() => fastify.close())

  const [row] = await fastify.prisma.$queryRaw<{ one: bigint }[]>`SELECT 1 AS one`

  assert.equal(Number(row.one), 1)
})
