/** Entry files of Fastify apps, one for each way that people write them. */
export type Entry = {
  name: string
  path: string
  instance: string
  after: string[]
  /** What is added, each with the line above it; no indentation. */
  patch: string[]
  text: string
}

export const ENTRIES: Entry[] = [
  {
    name: 'an async factory that awaits its plugins',
    path: 'src/app.ts',
    instance: 'app',
    after: ['prismaPlugin'],
    patch: [
      "  import prismaPlugin from './plugins/prisma.js'",
      "+ import { users } from './plugins/users.js'",
      '  await app.register(cookie)',
      '+ await app.register(users, { prisma: app.prisma })',
    ],
    text: `import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import prismaPlugin from './plugins/prisma.js'
import { postRoutes } from './routes/posts.js'

export async function buildApp() {
  const app = Fastify({ logger: true })

  await app.register(prismaPlugin)
  await app.register(cookie)

  app.get('/health', async () => ({ ok: true }))
  await app.register(postRoutes, { prefix: '/posts' })

  return app
}
`,
  },
  {
    name: 'a sync factory, double quotes, semicolons',
    path: 'src/app.ts',
    instance: 'server',
    after: [],
    patch: [
      '  import userRoutes from "./modules/user/user.route";',
      '+ import { users } from "./plugins/users.js";',
      '  server.register(cors, { origin: "*" }); // everybody',
      '+ server.register(users, (server) => ({ prisma: server.prisma }));',
    ],
    text: `import Fastify, { FastifyInstance } from "fastify";
import cors from "@fastify/cors";
import prismaPlugin from "./plugins/prisma";
import userRoutes from "./modules/user/user.route";

function buildServer(): FastifyInstance {
    const server = Fastify();

    server.register(prismaPlugin);
    server.register(cors, { origin: "*" }); // everybody

    server.register(userRoutes, { prefix: "api/users" });

    return server;
}

export default buildServer;
`,
  },
  {
    name: 'a void-ing factory with tabs and CRLF',
    path: 'src/server.ts',
    instance: 'fastify',
    after: ['@fastify/cookie'],
    patch: [
      "  import { prismaPlugin } from './prisma'",
      "+ import { users } from './plugins/users.js'",
      '  void fastify.register(helmet)',
      '+ void fastify.register(users, (fastify) => ({ prisma: fastify.prisma }))',
    ],
    text: `import fastifyCookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import createFastify from 'fastify'
import { prismaPlugin } from './prisma'

export const build = () => {
	const fastify = createFastify()
	void fastify.register(prismaPlugin)
	void fastify.register(fastifyCookie)
	void fastify.register(helmet)
	fastify.route({ method: 'GET', url: '/', handler: () => 'hi' })
	return fastify
}
`.replaceAll('\n', '\r\n'),
  },
  {
    name: 'the top level of an ES module that awaits, with a byte order mark',
    path: 'src/index.ts',
    instance: 'app',
    after: [],
    patch: [
      "  import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';",
      "+ import { users } from './plugins/users.js';",
      '  await app.register(prismaPlugin);',
      '+ await app.register(users, { prisma: app.prisma });',
    ],
    text: `\uFEFFimport { fastify } from 'fastify';
import prismaPlugin from './plugins/prisma.js';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';

const app = fastify().withTypeProvider<ZodTypeProvider>();

app.setValidatorCompiler(validatorCompiler);
app.setSerializerCompiler(serializerCompiler);

await app.register(prismaPlugin);

app.get('/', () => 'hello');

await app.listen({ port: 3000 });
`,
  },
  {
    name: 'the top level of a compiled module that does not await',
    path: 'src/server.ts',
    instance: 'app',
    after: [],
    patch: [
      "  import { getProfile } from '@/http/routes/auth/get-profile'",
      "+ import { users } from './plugins/users.js'",
      '  })',
      '+ app.register(users, (app) => ({ prisma: app.prisma }))',
    ],
    text: `import fastifyCors from '@fastify/cors'
import fastifyJwt from '@fastify/jwt'
import { fastify } from 'fastify'
import { createAccount } from '@/http/routes/auth/create-account'
import { getProfile } from '@/http/routes/auth/get-profile'

const app = fastify()

app.register(fastifyCors)
app.register(fastifyJwt, {
  secret: 'x',
})

app.register(createAccount)
app.register(getProfile)

app.listen({ port: 3333 }).then(() => {
  console.log('HTTP server running!')
})
`,
  },
  {
    name: 'the top level of a CommonJS file, no final newline',
    path: 'server.js',
    instance: 'fastify',
    after: [],
    patch: [
      "  const path = require('path');",
      "+ const { users } = require('./plugins/users.js');",
      "  fastify.register(require('./plugins/prisma'));",
      '+ fastify.register(users, (fastify) => ({ prisma: fastify.prisma }));',
    ],
    text: `'use strict';

const path = require('path');
const fastify = require('fastify')({ logger: true });

fastify.register(require('./plugins/prisma'));
fastify.register(require('./routes/posts'));

fastify.listen({ port: 3000 }, (error) => {
  if (error) process.exit(1);
});`,
  },
  {
    name: 'a bootstrap function that creates and listens',
    path: 'src/main.ts',
    instance: 'app',
    after: [],
    patch: [
      "  import Fastify from 'fastify'",
      "+ import { users } from './plugins/users.js'",
      '  await app.register(swagger)',
      '+ await app.register(users, { prisma: app.prisma })',
    ],
    text: `import swagger from '@fastify/swagger'
import Fastify from 'fastify'
import { prismaPlugin } from './prisma.js'
import { routes } from './routes.js'

const bootstrap = async () => {
  const app = Fastify()
  try {
    await app.register(prismaPlugin)
    await app.register(swagger)
    for (const route of routes) {
      app.register(route)
    }
    await app.listen({ port: 3000 })
  } catch (error) {
    app.log.error(error)
    process.exit(1)
  }
}

bootstrap()
`,
  },
  {
    name: 'the instance as a default parameter',
    path: 'src/app.ts',
    instance: 'app',
    after: [],
    patch: [
      "  import { authRoutes } from './routes/auth'",
      "+ import { users } from './plugins/users.js'",
      '  app.register(cors)',
      '+ app.register(users, (app) => ({ prisma: app.prisma }))',
    ],
    text: `import cors from '@fastify/cors'
import fastify from 'fastify'
import { authRoutes } from './routes/auth'

export function buildApp(app = fastify()) {
  app.register(cors)
  app.register(authRoutes)
  return app
}

export const app = buildApp()
`,
  },
  {
    name: 'a fastify-cli plugin without await',
    path: 'src/app.ts',
    instance: 'fastify',
    after: [],
    patch: [
      "  import { FastifyPluginAsync } from 'fastify'",
      "+ import { users } from './plugins/users.js'",
      '  })',
      '+ void fastify.register(users, (fastify) => ({ prisma: fastify.prisma }))',
    ],
    text: `import * as path from 'node:path'
import AutoLoad, { AutoloadPluginOptions } from '@fastify/autoload'
import { FastifyPluginAsync } from 'fastify'

export type AppOptions = Partial<AutoloadPluginOptions>

const app: FastifyPluginAsync<AppOptions> = async (fastify, opts): Promise<void> => {
  // Do not touch the following lines

  // This loads all plugins defined in plugins
  void fastify.register(AutoLoad, {
    dir: path.join(__dirname, 'plugins'),
    options: opts
  })

  // This loads all plugins defined in routes
  void fastify.register(AutoLoad, {
    dir: path.join(__dirname, 'routes'),
    options: opts
  })
}

export default app
export { app }
`,
  },
  {
    name: 'an ES module in JavaScript without any plugin',
    path: 'app.js',
    instance: 'app',
    after: [],
    patch: [
      "  import Fastify from 'fastify'",
      "+ import { users } from './plugins/users.js'",
      '  })',
      '+',
      '+ app.register(users, (app) => ({ prisma: app.prisma }))',
      '+',
    ],
    text: `import Fastify from 'fastify'

const app = Fastify({
  logger: true
})
app.get('/', async () => ({ hello: 'world' }))

export default app
`,
  },
  {
    name: 'a module-level instance with a function that registers',
    path: 'src/index.ts',
    instance: 'server',
    after: ['@fastify/cookie'],
    patch: [
      "  import { registerRoutes } from './routes'",
      "+ import { users } from './plugins/users.js'",
      '  await server.register(cookie)',
      '+ await server.register(users, { prisma: server.prisma })',
    ],
    text: `import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance } from 'fastify'
import { registerRoutes } from './routes'

const server: FastifyInstance = Fastify()

const registerPlugins = async () => {
  await server.register(cookie)
}

const start = async () => {
  await registerPlugins()
  await registerRoutes(server)
  await server.listen({ port: 4000 })
}

start()
`,
  },
  {
    name: 'CommonJS with a function and a trailing block comment',
    path: 'src/app.cjs',
    instance: 'app',
    after: [],
    patch: [
      "  const cors = require('@fastify/cors')",
      "+ const { users } = require('./plugins/users.js')",
      '  to everybody */',
      '+ await app.register(users, { prisma: app.prisma })',
    ],
    text: `const Fastify = require('fastify')
const cors = require('@fastify/cors')

async function build(opts = {}) {
  const app = Fastify(opts)
  await app.register(cors) /* open
    to everybody */
  ;[1, 2].forEach((n) => app.get('/' + n, () => n))
  return app
}

module.exports = build
`,
  },
  {
    name: 'a decorator set after the plugins',
    path: 'src/app.ts',
    instance: 'app',
    after: [],
    patch: [
      "  import { prisma } from './prisma.ts'",
      "+ import { users } from './plugins/users.js'",
      '  ',
      '+ await app.register(users, { prisma: app.prisma })',
      '+',
    ],
    text: `import cors from '@fastify/cors'
import Fastify from 'fastify'
import { prisma } from './prisma.ts'

export default async function build() {
  const app = Fastify()
  await app.register(cors)
  app.decorate('prisma', prisma)

  app.addHook('onClose', () => prisma.$disconnect())
  return app
}
`,
  },
  {
    name: 'one line',
    path: 'src/app.ts',
    instance: 'app',
    after: [],
    patch: [
      "+ import fastify from 'fastify'; import { users } from './plugins/users.js'; export const build = () => { const app = fastify(); app.register(users, (app) => ({ prisma: app.prisma })); app.get('/', () => 1); return app }",
    ],
    text: `import fastify from 'fastify'; export const build = () => { const app = fastify(); app.get('/', () => 1); return app }`,
  },
]
