import { FastifyInstance } from 'fastify'
import { prisma } from '../lib/prisma'

export async function usersRoutes(app: FastifyInstance) {
  app.get('/', async () => {
    const people = await prisma.user.findMany({ select: { id: true, name: true } })

    return { people }
  })

  app.post<{ Body: { name: string; email: string } }>(
    '/',
    {
      schema: {
        body: {
          type: 'object',
          required: ['name', 'email'],
          properties: { name: { type: 'string' }, email: { type: 'string' } },
        },
      },
    },
    async (request, reply) => {
      const { name, email } = request.body
      const { id } = await prisma.user.create({ data: { name, email } })

      return reply.status(201).send({ id })
    },
  )
}
