import { describe, expect, it } from 'vitest'
import { appFolder } from '../../../src/core/facts/app-folders.js'
import { readFacts } from '../../../src/core/facts/read-facts.js'
import { project } from '../../../src/core/project.js'
import { factory, packageJson, SCHEMA } from './apps.js'

const CLIENT_SCHEMA = SCHEMA.replace('"prisma-client"', '"prisma-client-js"').replace(
  /.*output.*\n/,
  '',
)

/** An app in apps/api of a repository; its schema is in packages/db. */
const AROUND = {
  '../../package.json': JSON.stringify({ workspaces: ['apps/*', 'packages/*'] }),
  '../../packages/db/package.json': JSON.stringify({
    name: '@shop/db',
    dependencies: { '@prisma/client': '^6.1.0' },
  }),
  '../../packages/db/prisma/schema.prisma': CLIENT_SCHEMA,
  '../../packages/db/src/index.ts': "export * from '@prisma/client'\nexport * from './client'\n",
  '../../packages/db/src/client.ts': `import { PrismaClient } from '@prisma/client'
export const db = new PrismaClient()
`,
}

function factsOf(
  around: Record<string, string | null>,
  changes: Record<string, string | null> = {},
) {
  const app = factory({
    'prisma/schema.prisma': null,
    'src/plugins/prisma.ts': null,
    'package.json': JSON.stringify({
      name: '@shop/api',
      dependencies: { fastify: '^5.0.0', '@shop/db': 'workspace:*' },
    }),
    ...changes,
  })
  const all = Object.entries({ ...AROUND, ...around })
  const files = all.filter((entry): entry is [string, string] => entry[1] !== null)

  return readFacts(app, { around: project(Object.fromEntries(files)) })
}

describe('an app whose database is another package', () => {
  it('has the schema, the client and the version of that package', () => {
    expect(factsOf({}).prisma).toMatchObject({
      major: 6,
      schemaFile: '../../packages/db/prisma/schema.prisma',
      client: '@shop/db',
      access: { kind: 'import', package: '@shop/db', exported: 'db' },
    })
  })

  it('imports the client from where that package has it, when it passes nothing on', () => {
    const { prisma } = factsOf({
      '../../packages/db/src/index.ts': "export { db } from './client'\n",
    })

    expect(prisma.client).toBe('@prisma/client')
  })

  it('has the schema that the package.json above both names', () => {
    const { prisma } = factsOf(
      {
        '../../package.json': JSON.stringify({
          devDependencies: { prisma: '^5.0.0' },
          prisma: { schema: 'database/app.prisma' },
        }),
        '../../packages/db/package.json': null,
        '../../packages/db/prisma/schema.prisma': null,
        '../../database/app.prisma': CLIENT_SCHEMA,
      },
      { 'package.json': packageJson({ dependencies: { fastify: '^5.0.0' } }) },
    )

    expect(prisma).toMatchObject({ major: 5, schemaFile: '../../database/app.prisma' })
  })

  it('is not given the schema of a package that it does not depend on', () => {
    expect(() =>
      factsOf({}, { 'package.json': packageJson({ dependencies: { fastify: '^5.0.0' } }) }),
    ).toThrow('This app does not use Prisma')
  })
})

describe('what is said for a whole repository', () => {
  const inFolder = { 'package.json': packageJson(), 'prisma/schema.prisma': SCHEMA }

  it('is its package manager', () => {
    const named = { '../../package.json': '{ "packageManager": "yarn@4.2.2" }' }

    expect(factsOf({ '../../pnpm-lock.yaml': '' }, inFolder).packageManager).toBe('pnpm')
    expect(factsOf(named, inFolder).packageManager).toBe('yarn')
    expect(
      factsOf({ '../../pnpm-lock.yaml': '' }, { ...inFolder, 'package-lock.json': '' })
        .packageManager,
    ).toBe('npm')
  })

  it('is its formatter', () => {
    expect(factsOf({ '../../.prettierrc': '{}' }, inFolder).formatter).toBe('prettier')
    expect(factsOf({ '../../biome.json': '{}' }, inFolder).formatter).toBe('biome')
    expect(factsOf({ '../../packages/db/biome.json': '{}' }, inFolder).formatter).toBeNull()
  })

  it('is the tsconfig that the one of the app extends', () => {
    const facts = factsOf(
      { '../../tsconfig.base.json': '{ "compilerOptions": { "moduleResolution": "bundler" } }' },
      {
        ...inFolder,
        'tsconfig.json': '{ "extends": "../../tsconfig.base.json" }',
        'src/app.ts': "import f from 'fastify'\nexport const app = f()\n",
        'src/server.ts': null,
        'test/posts.test.ts': null,
      },
    )

    expect(facts.importSuffix).toBe('')
  })
})

describe('at the top of a repository the app is', () => {
  const api = { 'apps/api/package.json': packageJson() }
  const root = { 'package.json': '{ "workspaces": ["apps/*"] }' }

  it('the one package that depends on Fastify', () => {
    expect(appFolder(project({ ...root, ...api, 'apps/web/package.json': '{}' }))).toBe('apps/api')
  })

  it('that one even where the workspace lists Fastify for all', () => {
    const lists = { 'package.json': packageJson({ workspaces: ['apps/*'] }) }

    expect(appFolder(project({ ...lists, ...api }))).toBe('apps/api')
  })

  it('the top itself, where Fastify is used in a file of its own', () => {
    const own = { 'package.json': packageJson(), 'src/app.ts': "import f from 'fastify'" }

    expect(appFolder(project({ ...own, ...api }))).toBeNull()
  })

  it('the one that starts, among those that depend on Fastify', () => {
    const files = {
      ...api,
      'apps/api/src/app.ts': "import fastify from 'fastify'\nexport const app = fastify()",
      'packages/plugin/package.json': packageJson(),
      'packages/plugin/index.ts': "import type { FastifyInstance } from 'fastify'",
    }

    expect(appFolder(project({ ...root, ...files }))).toBe('apps/api')
  })

  it('the one with a database, among those that start', () => {
    const start = "import fastify from 'fastify'\nfastify().listen()"
    const files = {
      ...api,
      'apps/api/src/app.ts': start,
      'apps/mock/package.json': JSON.stringify({ dependencies: { fastify: '^5.0.0' } }),
      'apps/mock/src/app.ts': start,
    }

    expect(appFolder(project({ ...root, ...files }))).toBe('apps/api')
  })

  it('not to be told, and said so, when several fit', () => {
    const two = { ...api, 'apps/admin/package.json': packageJson() }

    expect(() => appFolder(project({ ...root, ...two }))).toThrow(
      'This folder holds several Fastify apps: "apps/admin", "apps/api".',
    )
  })

  it('not a package that only plugs into one', () => {
    const plugin = JSON.stringify({ peerDependencies: { fastify: '^5.0.0' } })

    expect(appFolder(project({ ...root, 'packages/plugin/package.json': plugin }))).toBeNull()
  })
})

it('a package that plugs into other apps is refused', () => {
  const library = packageJson({ peerDependencies: { fastify: '^5.0.0' } })

  expect(() => readFacts(factory({ 'package.json': library }))).toThrow(
    'This package is a plugin for other apps: fastify is one of its peerDependencies.',
  )
})
