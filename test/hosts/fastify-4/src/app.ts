import fastify from 'fastify'
import { usersRoutes } from './routes/users'
import { repairsRoutes } from './routes/repairs'

export const app = fastify()

app.register(usersRoutes, { prefix: 'people' })
app.register(repairsRoutes, { prefix: 'repairs' })

app.setErrorHandler((error, _request, reply) => {
  if (error.validation) {
    return reply.status(400).send({ message: 'Validation error.', issues: error.validation })
  }

  return reply.status(500).send({ message: 'Internal server error.' })
})
