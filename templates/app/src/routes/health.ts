import type { FastifyInstance } from 'fastify'

/** For whoever watches over the process: it answers while the app is up. */
export default async function health(app: FastifyInstance) {
  app.get('/healthz', async () => ({ status: 'ok' }))
}
