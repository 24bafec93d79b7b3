import { test } from 'node:test'
import * as assert from 'node:assert'
import { build } from '../helper'

test('the root says how many tasks are open', async (t) => {
  const app = await build(t)
  await app.prisma.task.createMany({
    data: [{ title: 'sharpen chisels' }, { title: 'sweep', doneAt: new Date() }]
  })

  const res = await app.inject({ url: '/' })

  assert.deepStrictEqual(res.json(), { board: 'workshop', open: 1 })
})

test('an unknown address is named', async (t) => {
  const app = await build(t)

  const res = await app.inject({ url: '/nowhere' })

  assert.equal(res.statusCode, 404)
  assert.deepStrictEqual(res.json(), { message: 'Nothing at GET /nowhere' })
})
