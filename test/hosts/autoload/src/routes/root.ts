import { FastifyPluginAsync } from 'fastify'

const root: FastifyPluginAsync = async (fastify, opts): Promise<void> => {
  fastify.get('/', async function (request, reply) {
    return { board: 'workshop', open: await fastify.prisma.task.count({ where: { doneAt: null } }) }
  })
}

export default root
