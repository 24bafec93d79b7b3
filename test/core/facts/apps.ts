import { type Project, project } from '../../../src/core/project.js'

/** Small apps, one for each shape that apps come in. */

export const SCHEMA = `generator client {
  provider = "prisma-client"
  output   = "../src/generated/prisma"
}

datasource db {
  provider = "sqlite"
}

model User {
  id    Int     @id @default(autoincrement())
  email String  @unique
  name  String?
  posts Post[]
}

model Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id])
  authorId Int
}
`

export function packageJson(more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    name: 'app',
    type: 'module',
    dependencies: { fastify: '^5.1.0', '@prisma/client': '^7.0.0' },
    ...more,
  })
}

const FACTORY = {
  'package.json': packageJson({
    scripts: { test: 'vitest run' },
    devDependencies: { vitest: '^4.0.0', prettier: '^3.0.0' },
  }),
  'tsconfig.json': '{ "compilerOptions": { "module": "NodeNext" } }',
  'prisma/schema.prisma': SCHEMA,
  'src/app.ts': `import Fastify from 'fastify'
import cors from '@fastify/cors'
import prisma from './plugins/prisma.js'
import { posts } from './routes/posts.js'

export async function buildApp(options: object = {}) {
  const app = Fastify(options).withTypeProvider()
  await app.register(cors)
  await app.register(prisma)
  await app.register(posts, { prefix: '/posts' })
  return app
}
`,
  'src/server.ts': `import { buildApp } from './app.js'
const app = await buildApp()
await app.listen({ port: 3000 })
`,
  'src/plugins/prisma.ts': `import fp from 'fastify-plugin'
import { PrismaClient } from '../generated/prisma/client.js'
export default fp(async (app) => {
  const client = new PrismaClient()
  app.decorate('prisma', client)
}, { name: 'database' })
`,
  'src/routes/posts.ts': `import type { FastifyInstance } from 'fastify'
import multipart from '@fastify/multipart'
export async function posts(app: FastifyInstance) {
  await app.register(multipart)
  app.get('/', () => app.prisma.post.findMany())
}
`,
  'test/posts.test.ts': "import { buildApp } from '../src/app.js'\n",
}

const AUTOLOAD = {
  'package.json': JSON.stringify({
    name: 'tasks',
    scripts: {
      start: 'fastify start -l info dist/app.js',
      test: 'node --test -r tsx test/**/*.ts',
    },
    dependencies: {
      fastify: '^5.0.0',
      '@fastify/autoload': '^6.0.0',
      '@fastify/cookie': '^11.0.0',
      '@prisma/client': '^6.0.0',
    },
  }),
  'tsconfig.json': '{ "extends": "fastify-tsconfig" }',
  'prisma/schema.prisma': SCHEMA.replace('"prisma-client"', '"prisma-client-js"').replace(
    /.*output.*\n/,
    '',
  ),
  'src/app.ts': `import { join } from 'node:path'
import AutoLoad from '@fastify/autoload'
import { FastifyPluginAsync } from 'fastify'
const app: FastifyPluginAsync = async (fastify, opts): Promise<void> => {
  void fastify.register(AutoLoad, { dir: join(__dirname, 'plugins'), options: opts })
  void fastify.register(AutoLoad, { dir: join(__dirname, 'routes'), options: opts })
}
export default app
`,
  'src/plugins/cookie.ts': `import fp from 'fastify-plugin'
import cookie from '@fastify/cookie'
export default fp(async (fastify) => { fastify.register(cookie) })
`,
  'src/plugins/prisma.ts': `import fp from 'fastify-plugin'
import { PrismaClient } from '@prisma/client'
declare module 'fastify' { interface FastifyInstance { db: PrismaClient } }
export default fp(async (fastify) => { fastify.decorate('db', makeClient()) })
`,
  'src/routes/root.ts': `export default async function (fastify) {
  fastify.register(require('@fastify/static'))
}
`,
  'test/routes/root.test.ts': "import { test } from 'node:test'\n",
}

const ONE_FILE = {
  'package.json': packageJson({
    dependencies: { fastify: '4.28.1', '@prisma/client': '6.19.0' },
    packageManager: 'pnpm@9.1.0',
    prisma: { schema: 'db/schema.prisma' },
  }),
  'db/schema.prisma': SCHEMA.replace('"prisma-client"', '"prisma-client-js"')
    .replace(/.*output.*\n/, '')
    .replace('sqlite', 'postgresql'),
  'index.js': `import fastify from 'fastify'
import { prisma } from './database.js'
const app = fastify({ logger: true })
app.get('/', () => prisma.post.count())
await app.listen({ port: 3000 })
`,
  'database.js': `import { PrismaClient } from '@prisma/client'
export const prisma = globalThis.prisma ?? new PrismaClient()
`,
}

const OWN_SESSION = {
  ...FACTORY,
  'src/app.ts': `import { fastify } from 'fastify'
import { registerSession } from '@/session'
export const build = () => {
  const server = fastify()
  registerSession(server)
  server.register(import('@fastify/formbody'))
  return server
}
`,
  'src/session.ts': `import cookie from '@fastify/cookie'
import session from '@fastify/session'
export function registerSession(app) {
  app.register(cookie)
  app.register(session, { secret: process.env.SECRET })
}
`,
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } } // aliases',
}

const COMMONJS = {
  'package.json': JSON.stringify({ dependencies: { fastify: '^5', '@prisma/client': '^5.9.0' } }),
  'yarn.lock': '',
  'schema.prisma': SCHEMA.replace('"prisma-client"', '"prisma-client-js"').replace('../src', './'),
  'app.js': `const fastify = require('fastify')({ logger: true })
fastify.register(require('@fastify/cookie'))
fastify.register(require('./prisma'))
module.exports = fastify
`,
  'prisma.js': `const fp = require('fastify-plugin')
const { PrismaClient } = require('@prisma/client')
module.exports = fp(async function (app) { app.decorate('prisma', new PrismaClient()) })
`,
}

export const factory = withFiles(FACTORY)
export const autoload = withFiles(AUTOLOAD)
export const oneFile = withFiles(ONE_FILE)
export const ownSession = withFiles(OWN_SESSION)
export const commonJs = withFiles(COMMONJS)

/** The app with files changed, added, or (null) taken away. */
function withFiles(files: Record<string, string>) {
  return (changes: Record<string, string | null> = {}): Project => {
    const merged = Object.entries({ ...files, ...changes })

    return project(
      Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== null)),
    )
  }
}
