import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import fastifyView from '@fastify/view'
import ejs from 'ejs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

import { messages } from '../accounts/messages.js'
import { Scope } from '../accounts/scope.js'
import { takeFlash } from './flash.js'
import { csrfToken } from './form-tokens.js'
import { describeError } from './log-serializers.js'

// The pages stay in src after a build, which then has no files to copy.
const VIEWS = join(import.meta.dirname, '../../src/views')

declare module 'fastify' {
  interface FastifyReply {
    userPageAsync: (view: string, data: object) => Promise<string>
  }
}

/** Renders the EJS pages in src/views. */
export default fp(
  async function pages(app) {
    await app.register(fastifyView, {
      engine: { ejs },
      root: VIEWS,
      layout: 'users/layout.ejs',
      propertyName: 'userPage',
      production: app.userAuth.config.production,
      options: { cache: app.userAuth.config.production },
    })
  },
  { name: 'user-pages' },
)

type PageData = { title: string; [local: string]: unknown }

/** A page, with what every page needs: who is asking, the token for forms, and the messages. */
export function page(reply: FastifyReply, view: string, data: PageData): FastifyReply {
  const { request } = reply
  const locals = {
    ...data,
    // Nobody yet, when the database is away and this page says so.
    currentScope: request.currentScope ?? Scope.anonymous(),
    // Made when a form on the page asks for it: a page without a form sets no cookie.
    csrfToken: { toString: () => csrfToken(request, reply) },
    flash: { info: takeFlash(request, reply, 'info'), error: takeFlash(request, reply, 'error') },
  }

  reply.userPageAsync(view, locals).then(
    (html) => reply.send(html),
    (error) => {
      // What EJS throws quotes the view. The page for errors may be the one that is broken.
      request.log.error({ error: describeError(error as Error) }, 'a page could not be rendered')
      reply.code(500).type('text/plain; charset=utf-8').send(messages.unexpected)
    },
  )

  return reply
}

const STYLE = '/users/assets/style.css'

/** The stylesheet. It is the same for everybody, so it is sent before the look at the session. */
export const assets = fp(
  async function assets(app) {
    const style = readFileSync(join(VIEWS, 'users/assets/style.css'), 'utf8')

    function sendStyle(_request: FastifyRequest, reply: FastifyReply) {
      return reply
        .headers({ 'cache-control': 'public, max-age=3600', 'x-content-type-options': 'nosniff' })
        .type('text/css; charset=utf-8')
        .send(style)
    }

    app.get(STYLE, sendStyle)
    // Hooks run in the order they were added, and a scope of its own would not help: hooks
    // that are added later reach it too.
    app.addHook('onRequest', async (request, reply) => {
      if (request.routeOptions.url === STYLE) return sendStyle(request, reply)
    })
  },
  { name: 'user-assets' },
)
