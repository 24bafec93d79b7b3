import { describe, expect, it } from 'vitest'
import { readFacts } from '../../../src/core/facts/read-facts.js'
import { factory } from './apps.js'

/** Where the line of ours goes in an app with these files. */
function assemblyOf(files: Record<string, string | null>) {
  const app = factory({ 'src/app.ts': null, 'src/server.ts': null, ...files })
  const { file, instance } = readFacts(app).fastify.assembly

  return { file, instance }
}

const MAKER = `import Fastify from 'fastify'
export function createServer() {
  return Fastify({ logger: true })
}
`

describe('a function that only makes the instance leaves the registering to', () => {
  it('the function that calls it', () => {
    const assembly = assemblyOf({
      'src/server.ts': MAKER,
      'src/app.ts': `import prisma from './plugins/prisma.js'
import { createServer } from './server.js'
export async function buildApp() {
  const server = createServer()
  await server.register(prisma)
  return server
}
`,
    })

    expect(assembly).toEqual({ file: 'src/app.ts', instance: 'server' })
  })

  it('the function that calls it, also when it sets compilers', () => {
    const assembly = assemblyOf({
      'src/server.ts': `import Fastify from 'fastify'
export const build = () => {
  const server = Fastify().withTypeProvider()
  server.setValidatorCompiler(compiler)
  return server
}
`,
      'src/app.ts': `import { build as make } from './server.js'
import prisma from './plugins/prisma.js'
export const app = make()
app.register(prisma)
`,
    })

    expect(assembly).toEqual({ file: 'src/app.ts', instance: 'app' })
  })

  it('a function that is given the instance and registers plugins and routes', () => {
    const assembly = assemblyOf({
      'src/create.ts': MAKER,
      'src/main.ts': `import { createServer } from './create.js'
import { configure, registerAll } from './configure.js'
async function main() {
  const server = createServer()
  await configure(server)
  await registerAll(server)
  await server.ready()
}
main()
`,
      'src/configure.ts': `import prisma from './plugins/prisma.js'
import routes from './routes/index.js'
export async function configure(app) {
  app.setErrorHandler(() => {})
}
export async function registerAll(app) {
  await registerPrisma(app)
  await app.register(routes, { prefix: '/api' })
}
async function registerPrisma(app) {
  await app.register(prisma)
}
`,
    })

    expect(assembly).toEqual({ file: 'src/configure.ts', instance: 'app' })
  })

  it('the caller that brings the client, when the maker registers other things', () => {
    const assembly = assemblyOf({
      'src/server.ts': `import Fastify from 'fastify'
import cors from '@fastify/cors'
export function createServer() {
  const app = Fastify()
  app.register(cors)
  return app
}
`,
      'src/main.ts': `import { createServer } from './server.js'
import prisma from './plugins/prisma.js'
import routes from './routes/index.js'
const server = createServer()
server.register(prisma)
server.register(routes, { prefix: '/' })
`,
    })

    expect(assembly).toEqual({ file: 'src/main.ts', instance: 'server' })
  })
})

describe('a file that hands the instance on', () => {
  const START = `import Fastify from 'fastify'
import { registerPlugins } from './plugins/index.js'
import { registerRoutes } from './router.js'
const app = Fastify()
app.get('/health', () => 'ok')
start([
  { name: 'plugins', action: async () => { await registerPlugins(app) } },
  { name: 'routes', action: async () => { await registerRoutes(app) } },
])
`
  const ROUTER = `export async function registerRoutes(app) {
  await app.register(posts, { prefix: '/posts' })
}
`

  it('in callbacks leaves the registering to the function with the plugins', () => {
    const assembly = assemblyOf({
      'src/server.ts': START,
      'src/router.ts': ROUTER,
      'src/plugins/index.ts': `export { registerPlugins } from './register.js'\n`,
      'src/plugins/register.ts': `import prisma from './prisma.js'
export async function registerPlugins(fastify: FastifyInstance) {
  await fastify.register(prisma)
}
`,
    })

    expect(assembly).toEqual({ file: 'src/plugins/register.ts', instance: 'fastify' })
  })

  it('one statement after the other stays the place, between plugins and routes', () => {
    const assembly = assemblyOf({
      'src/server.ts': START.replace(
        /^start[\s\S]*/m,
        'registerPlugins(app)\nregisterRoutes(app)\n',
      ),
      'src/router.ts': ROUTER,
      'src/plugins/index.ts': `import prisma from './prisma.js'
export const registerPlugins = (app) => { app.register(prisma) }
`,
    })

    expect(assembly).toEqual({ file: 'src/server.ts', instance: 'app' })
  })

  it('is followed through require, too', () => {
    const assembly = assemblyOf({
      'src/app.js': `const fastify = require('fastify')
const set = require('./set-up')
const app = fastify()
set.up(app)
module.exports = app
`,
      'src/set-up.js': `function up(instance) {
  instance.register(require('./plugins/prisma'))
  instance.register(require('./routes'), { prefix: '/' })
}
module.exports = { up }
`,
    })

    expect(assembly).toEqual({ file: 'src/set-up.js', instance: 'instance' })
  })

  it('under the name that it got with its types', () => {
    const assembly = assemblyOf({
      'src/app.ts': `import Fastify from 'fastify'
import { addAll } from './add-all.js'
export function buildApp() {
  const app = Fastify()
  const typed = app.withTypeProvider()
  addAll(typed)
  return typed
}
`,
      'src/add-all.ts': `import prisma from './plugins/prisma.js'
import routes from './routes.js'
export function addAll(server) {
  server.register(prisma)
  server.register(routes)
}
`,
    })

    expect(assembly).toEqual({ file: 'src/add-all.ts', instance: 'server' })
  })
})

describe('an instance that its file only makes', () => {
  const EXPORTED = `import Fastify from 'fastify'
export const app = Fastify()
`
  const USED = `import { app as server } from './app.js'
import prisma from './plugins/prisma.js'
server.register(prisma)
server.listen({ port: 3000 })
`

  it('is registered on where it is imported', () => {
    const assembly = assemblyOf({ 'src/app.ts': EXPORTED, 'src/server.ts': USED })

    expect(assembly).toEqual({ file: 'src/server.ts', instance: 'server' })
  })

  it('is found behind a file that passes it on', () => {
    const assembly = assemblyOf({
      'src/app/make.ts': EXPORTED,
      'src/app/index.ts': "export * from './make.js'\n",
      'src/server.ts': USED.replace('./app.js', './app/index.js'),
    })

    expect(assembly).toEqual({ file: 'src/server.ts', instance: 'server' })
  })

  it('may be given to a function of the same file by who knows whom', () => {
    const assembly = assemblyOf({
      'src/app.ts': `import Fastify from 'fastify'
import prisma from './plugins/prisma.js'
export class App {
  #app
  constructor() {
    this.#app = Fastify()
  }
  setUp(server) {
    server.register(prisma)
    server.register(import('./routes/posts.js'), { prefix: '/' })
  }
}
`,
    })

    expect(assembly).toEqual({ file: 'src/app.ts', instance: 'server' })
  })

  it('has no name where it is made for a container', () => {
    const assembly = assemblyOf({
      'src/container.ts': `import Fastify from 'fastify'
container.register({ server: asValue(Fastify({ logger: true })) })
`,
    })

    expect(assembly).toEqual({ file: 'src/container.ts', instance: null })
  })

  it('is a private field of a class', () => {
    const assembly = assemblyOf({
      'src/app.ts': `import Fastify from 'fastify'
class Server {
  readonly #app = Fastify()
  start() { this.#app.register(import('./plugins/prisma.js')) }
}
`,
    })

    expect(assembly).toEqual({ file: 'src/app.ts', instance: 'this.#app' })
  })
})

describe('a plugin that is all of the app', () => {
  const SERVER = `import Fastify from 'fastify'
import { app } from './app.js'
const server = Fastify()
await server.register(app)
await server.listen({ port: 3000 })
`
  const APP = `import fp from 'fastify-plugin'
import cookie from '@fastify/cookie'
import prisma from './plugins/prisma.js'
import routes from './routes/index.js'
export const app = fp(async (fastify) => {
  await fastify.register(cookie)
  await fastify.register(prisma)
  await fastify.register(routes)
})
`

  it('is where a plugin is registered, not the file that starts it', () => {
    const files = { 'src/server.ts': SERVER, 'src/app.ts': APP }

    expect(assemblyOf(files)).toEqual({ file: 'src/app.ts', instance: 'fastify' })
    const { registered } = readFacts(factory(files))
    expect(registered.get('@fastify/cookie')).toBe('src/app.ts')
  })

  it('is not one that stands beside others', () => {
    const server = SERVER.replace(
      'await server.reg',
      "server.register(import('@fastify/cors'))\n$&",
    )

    expect(assemblyOf({ 'src/server.ts': server, 'src/app.ts': APP })).toEqual({
      file: 'src/server.ts',
      instance: 'server',
    })
  })
})
