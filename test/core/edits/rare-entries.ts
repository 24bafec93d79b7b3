import type { Entry } from './entries.js'

/** Entry files in which it is not plain what runs when, or what the instance is called. */
export const RARE_ENTRIES: Entry[] = [
  {
    name: 'a class that keeps the instance, with a method for its plugins',
    path: 'src/app.ts',
    instance: 'this.app',
    after: ['./plugins/prisma.js'],
    patch: [
      "  import prisma from './plugins/prisma.js'",
      "+ import { users } from './plugins/users.js'",
      '  this.app.register(prisma)',
      '+ this.app.register(users, () => ({ prisma: this.app.prisma }))',
    ],
    text: `import Fastify, { type FastifyInstance } from 'fastify'
import prisma from './plugins/prisma.js'
import { routes } from './routes.js'

export class Server {
  readonly app: FastifyInstance

  constructor() {
    this.app = Fastify()
    this.registerPlugins()
    this.registerRoutes()
  }

  private registerPlugins() {
    this.app.register(prisma)
  }

  private registerRoutes() {
    this.app.register(routes, { prefix: '/api' })
  }
}
`,
  },
  {
    name: 'a route of its own between its plugins',
    path: 'src/app.ts',
    instance: 'app',
    after: ['./plugins/prisma.js'],
    patch: [
      "  import prisma from './plugins/prisma.js'",
      "+ import { users } from './plugins/users.js'",
      '  await app.register(prisma)',
      '+ await app.register(users, { prisma: app.prisma })',
    ],
    text: `import cors from '@fastify/cors'
import Fastify from 'fastify'
import prisma from './plugins/prisma.js'
import routes from './routes/index.js'

export async function buildApp() {
  const app = Fastify()
  await app.register(cors)
  for (const page of ['a', 'b']) {
    app.get(page, () => page)
  }
  await app.register(prisma)
  await app.register(routes)
  return app
}
`,
  },
  {
    name: 'a function that awaits who knows what',
    path: 'src/app.ts',
    instance: 'app',
    after: [],
    patch: [
      "  import { registerPlugins } from './plugins'",
      "+ import { users } from './plugins/users.js'",
      '  ',
      '+ app.register(users, (app) => ({ prisma: app.prisma }))',
      '+',
    ],
    text: `import Fastify from 'fastify'
import { registerModules } from './modules'
import { registerPlugins } from './plugins'

export async function buildApp() {
  const app = Fastify()
  app.register(import('./config'))

  await registerPlugins(app)

  await registerModules(app)
  return app
}
`,
  },
]
