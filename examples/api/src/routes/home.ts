import type { FastifyInstance } from 'fastify'

/** The start page. */
export default async function home(app: FastifyInstance) {
  app.get('/', async ({ currentScope }) => ({ hello: currentScope.displayName }))
}
