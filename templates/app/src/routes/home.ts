import type { FastifyInstance } from 'fastify'

//% if (features.html) {
import { page } from '../plugins/pages.js'

//% }
/** The start page. */
export default async function home(app: FastifyInstance) {
  //% if (features.html) {
  const mailbox = app.devMailbox !== null

  app.get('/', async (_request, reply) => page(reply, 'home.ejs', { title: 'Welcome', mailbox }))
  //% }
  //% if (!features.html) {
  app.get('/', async ({ currentScope }) => ({ hello: currentScope.displayName }))
  //% }
}
