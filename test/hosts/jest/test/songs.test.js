const { buildApp } = require('../app')
const { prisma } = require('../db')

let app
let address

beforeAll(async () => {
  app = await buildApp()
  address = await app.listen({ port: 0 })
})

afterAll(async () => {
  await app.close()
  await prisma.$disconnect()
})

test('a song is in the folder once it was put there', async () => {
  const created = await fetch(`${address}/songs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Abendlied' }),
  })
  expect(created.status).toBe(201)

  const songs = await fetch(`${address}/songs`)
  expect(await songs.json()).toEqual([expect.objectContaining({ title: 'Abendlied', voices: 4 })])
})
