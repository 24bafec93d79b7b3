import { test } from 'node:test'
import * as assert from 'node:assert'
import { build } from '../helper'

test('a new task comes back with its labels', async (t) => {
  const app = await build(t)

  const res = await app.inject({
    method: 'POST',
    url: '/tasks',
    payload: { title: 'order oak', labels: ['wood', 'urgent'] }
  })

  assert.equal(res.statusCode, 201)
  assert.equal(res.json().title, 'order oak')
  assert.deepStrictEqual(res.json().labels.map((label: { name: string }) => label.name).sort(), ['urgent', 'wood'])
})

test('a task without a title is refused', async (t) => {
  const app = await build(t)

  const res = await app.inject({ method: 'POST', url: '/tasks', payload: { notes: 'hm' } })

  assert.equal(res.statusCode, 400)
  assert.match(res.json().message, /title/)
})

test('tasks can be listed by label', async (t) => {
  const app = await build(t)
  for (const payload of [{ title: 'glue', labels: ['chair'] }, { title: 'sand', labels: ['table'] }]) {
    await app.inject({ method: 'POST', url: '/tasks', payload })
  }

  const res = await app.inject({ url: '/tasks', query: { label: 'table' } })

  assert.deepStrictEqual(res.json().map((task: { title: string }) => task.title), ['sand'])
})

test('a task is done once', async (t) => {
  const app = await build(t)
  const { id } = await app.prisma.task.create({ data: { title: 'varnish' } })

  const first = await app.inject({ method: 'POST', url: `/tasks/${id}/done` })
  const second = await app.inject({ method: 'POST', url: `/tasks/${id}/done` })

  assert.ok(first.json().doneAt)
  assert.equal(second.statusCode, 404)
})
