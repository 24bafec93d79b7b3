import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { app } from '../src/app'

describe('Repairs', () => {
  beforeAll(async () => {
    await app.ready()
  })

  afterAll(async () => {
    await app.close()
  })

  async function bring(device: string) {
    const email = `${Math.random()}@example.com`
    const person = await app.inject({
      method: 'POST',
      url: '/people',
      payload: { name: 'Jo', email },
    })

    return app.inject({
      method: 'POST',
      url: '/repairs',
      payload: { device, ownerId: person.json().id },
    })
  }

  it('should be able to bring a device', async () => {
    const response = await bring('toaster')

    expect(response.statusCode).toEqual(201)
    expect(response.json().repair).toMatchObject({ device: 'toaster', finished_at: null })
  })

  it('should be able to finish a repair', async () => {
    const { repair } = (await bring('lamp')).json()
    const response = await app.inject({ method: 'PATCH', url: `/repairs/${repair.id}/finish` })
    const list = await app.inject({ url: '/repairs' })

    expect(response.statusCode).toEqual(204)
    expect(list.json().repairs).toContainEqual(
      expect.objectContaining({ id: repair.id, finished_at: expect.any(String) }),
    )
  })

  it('should not be able to add a person without an email', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/people',
      payload: { name: 'Jo' },
    })

    expect(response.statusCode).toEqual(400)
    expect(response.json().message).toEqual('Validation error.')
  })

  it('should answer 500 for what goes wrong', async () => {
    const response = await app.inject({ method: 'PATCH', url: '/repairs/none/finish' })

    expect(response.statusCode).toEqual(500)
  })
})
