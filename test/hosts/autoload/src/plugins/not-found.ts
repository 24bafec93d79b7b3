import fp from 'fastify-plugin'

export default fp(async (fastify) => {
  fastify.setNotFoundHandler(async (request, reply) => {
    return reply.code(404).send({ message: `Nothing at ${request.method} ${request.url}` })
  })
}, { name: 'not-found' })
