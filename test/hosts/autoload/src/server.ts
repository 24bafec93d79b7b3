import Fastify from 'fastify'
import app, { options } from './app'

const server = Fastify({ logger: { level: process.env.LOG_LEVEL ?? 'info' } })

void server.register(app, options)

server.listen({ port: Number(process.env.PORT ?? 3000), host: process.env.HOST ?? '127.0.0.1' }, (err) => {
  if (err) {
    server.log.error(err)
    process.exit(1)
  }
})

process.once('SIGTERM', () => {
  void server.close()
})
