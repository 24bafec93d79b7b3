import type { FastifyInstance } from 'fastify'

import { page } from '../plugins/pages.js'

/** The start page. */
export default async function home(app: FastifyInstance) {
  const mailbox = app.devMailbox !== null

  app.get('/', async (_request, reply) => page(reply, 'home.ejs', { title: 'Welcome', mailbox }))
}
