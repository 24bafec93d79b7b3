import { FastifyInstance } from 'fastify'
import { prisma } from '../lib/prisma'

export async function repairsRoutes(app: FastifyInstance) {
  app.get('/', async () => {
    const repairs = await prisma.repair.findMany({ orderBy: { created_at: 'desc' } })

    return { repairs }
  })

  app.post<{ Body: { device: string; ownerId: string } }>('/', async (request, reply) => {
    const { device, ownerId } = request.body
    const repair = await prisma.repair.create({ data: { device, owner_id: ownerId } })

    return reply.status(201).send({ repair })
  })

  app.patch<{ Params: { id: string } }>('/:id/finish', async (request, reply) => {
    await prisma.repair.update({
      where: { id: request.params.id },
      data: { finished_at: new Date() },
    })

    return reply.status(204).send()
  })
}
