// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFacts } from '../../../src/core/facts/read-facts.js'
import { Problem } from '../../../src/core/problem.js'
import { autoload, commonJs, factory, oneFile, ownSession, packageJson } from './apps.js'

describe('an app built by a function', () => {
  const facts = readFacts(factory())

  it('is found with the name of that function', () => {
    expect(facts.fastify).toEqual({
      major: 5,
      shape: 'factory',
      file: 'src/app.ts',
      creates: true,
      instance: 'app',
      assembly: { file: 'src/app.ts', instance: 'app', alias: null },
      exported: 'buildApp',
      asynchronous: true,
      parameters: 0,
      listens: false,
      autoload: { plugins: null, routes: null, takesOurs: false, open: [] },
    })
  })

  it('is described as it is written', () => {
    expect(facts).toMatchObject({
      name: 'app',
      packageManager: 'npm',
      language: 'ts',
      modules: 'esm',
      importSuffix: '.js',
      source: 'src',
      tests: { runner: 'vitest', folder: 'test', suffix: 'test', besideOther: false },
      formatter: 'prettier',
    })
  })

  it('has its database read from schema and sources', () => {
    expect(facts.prisma).toMatchObject({
      major: 7,
      schemaFile: 'prisma/schema.prisma',
      schemaFolder: null,
      provider: 'sqlite',
      generator: 'prisma-client',
      client: 'src/generated/prisma/client',
      access: {
        kind: 'decorator',
        name: 'prisma',
        plugin: 'database',
        file: 'src/plugins/prisma.ts',
      },
    })
    expect(facts.prisma.models.get('User')?.fields[0]).toMatchObject({
      name: 'id',
      type: 'Int',
      id: true,
    })
  })

  it('does not count what is registered in an encapsulated plugin', () => {
    expect([...facts.registered]).toEqual([['@fastify/cors', 'src/app.ts']])
  })
})

describe('an app of fastify-cli', () => {
  const facts = readFacts(autoload())

  it('is its root plugin, with the folders that load themselves', () => {
    expect(facts.fastify).toMatchObject({
      shape: 'autoload',
      file: 'src/app.ts',
      creates: false,
      instance: 'fastify',
      exported: 'default',
      autoload: { plugins: 'src/plugins', routes: 'src/routes', takesOurs: true },
    })
  })

  it('is still the root plugin when a file beside it makes an instance for it', () => {
    const project = autoload({
      'package.json': packageJson(),
      'src/server.ts': `import Fastify from 'fastify'
import app from './app'
const server = Fastify()
server.register(app)
server.listen({ port: 3000 })
`,
    })

    expect(readFacts(project).fastify).toMatchObject({
      file: 'src/app.ts',
      creates: false,
      listens: false,
    })
  })

  it('runs as CommonJS, whatever its sources look like', () => {
    expect(facts).toMatchObject({
      modules: 'cjs',
      importSuffix: '',
      tests: { runner: 'node:test', folder: 'test' },
    })
  })

  it('has what its autoloaded plugins register, not what its routes do', () => {
    expect(facts.registered.get('@fastify/cookie')).toBe('src/plugins/cookie.ts')
    expect(facts.registered.has('@fastify/static')).toBe(false)
  })

  it('has what the files of a folder register that is not encapsulated', () => {
    const open = new Map(autoload())
    const dir = "dir: join(__dirname, 'routes'), options: opts"
    open.set(
      'src/app.ts',
      (open.get('src/app.ts') ?? '').replace(dir, `${dir}, encapsulate: false`),
    )

    expect(readFacts(open).registered.get('@fastify/static')).toBe('src/routes/root.ts')
  })

  it('may call its client something else', () => {
    expect(facts.prisma.access).toEqual({
      kind: 'decorator',
      name: 'db',
      plugin: null,
      file: 'src/plugins/prisma.ts',
      exported: 'default',
      singleton: null,
      handsOn: false,
    })
  })
})

it.each([
  ['wants options that only the app knows', 'async (fastify, { url })', ''],
  ['reads options of a type of the app', 'async (fastify, env: Env)', 'env.url.trim()'],
])('is no client to register where its plugin %s', (_what, parameters, line) => {
  const plugin = 'src/plugins/prisma.ts'
  const told = new Map(autoload())
  const text = (told.get(plugin) ?? '').replace('async (fastify)', parameters)
  told.set(plugin, text.replace('=> {', `=> { ${line};`))

  expect(readFacts(told).prisma.access).toMatchObject({ name: 'db', exported: null })
})

it('is no client to register alone where its plugin depends on others', () => {
  const plugin = 'src/plugins/prisma.ts'
  const told = new Map(autoload())
  const text = told.get(plugin) ?? ''
  told.set(plugin, text.replace(/\}\)\s*$/, "}, { name: 'db', dependencies: ['config'] })\n"))

  expect(readFacts(told).prisma.access).toMatchObject({ plugin: 'db', exported: null })
})

describe('an app in one file', () => {
  const facts = readFacts(oneFile())

  it('listens as soon as it is loaded', () => {
    expect(facts.fastify).toMatchObject({
      major: 4,
      shape: 'top-level',
      file: 'index.js',
      instance: 'app',
      exported: null,
      listens: true,
    })
  })

  it('is described as it is written', () => {
    expect(facts).toMatchObject({
      packageManager: 'pnpm',
      language: 'js',
      modules: 'esm',
      importSuffix: '.js',
      source: '',
      tests: { runner: 'vitest', folder: 'test' },
      prisma: {
        major: 6,
        schemaFile: 'db/schema.prisma',
        provider: 'postgresql',
        client: '@prisma/client',
        access: { kind: 'import', file: 'database.js', exported: 'prisma' },
      },
    })
  })
})

describe('an app with sessions of its own', () => {
  it('has the plugins that its helpers register, also behind an alias', () => {
    expect([...readFacts(ownSession()).registered]).toEqual(
      expect.arrayContaining([
        ['@fastify/cookie', 'src/session.ts'],
        ['@fastify/session', 'src/session.ts'],
        ['@fastify/formbody', 'src/app.ts'],
      ]),
    )
  })

  it('is an arrow function here', () => {
    expect(readFacts(ownSession()).fastify).toMatchObject({
      exported: 'build',
      instance: 'server',
      asynchronous: false,
    })
  })
})

describe('a CommonJS app in its root folder', () => {
  it('is read like the others', () => {
    expect(readFacts(commonJs())).toMatchObject({
      packageManager: 'yarn',
      language: 'js',
      modules: 'cjs',
      importSuffix: '',
      source: '',
      fastify: { shape: 'top-level', instance: 'fastify', exported: 'default', listens: false },
      prisma: {
        major: 5,
        schemaFile: 'schema.prisma',
        client: 'generated/prisma/index',
        access: { kind: 'decorator', name: 'prisma' },
      },
    })
    expect([...readFacts(commonJs()).registered]).toEqual([['@fastify/cookie', 'app.js']])
  })
})

describe('the instance is found', () => {
  it.each([
    [
      "import fastify from 'fastify'\nexport const app = fastify()",
      { shape: 'top-level', exported: 'app' },
    ],
    [
      "import * as f from 'fastify'\nexport default () => { const a = f.fastify(); return a }",
      { shape: 'factory', instance: 'a', exported: 'default' },
    ],
    [
      "import fastify from 'fastify'\nexport function make(app = fastify()) { return app }",
      { shape: 'factory', instance: 'app', exported: 'make', parameters: 0 },
    ],
    [
      "import fastify from 'fastify'\nlet app\napp = await fastify<Server>({}) as App\nexport { app as server }",
      { instance: 'app', exported: 'server' },
    ],
    [
      "import fastify from 'fastify'\nexport class Server { app = fastify() }",
      { instance: 'this.app' },
    ],
    [
      "import Fastify = require('fastify')\nasync function main(port: number) { const app = Fastify(); app.listen({ port }) }\nmain(1)",
      { shape: 'factory', exported: null, listens: true, parameters: 1 },
    ],
    [
      "import fastify from 'fastify'\nexport default (() => { const app = fastify(); return app })()",
      { exported: null },
    ],
    [
      "import fastify from 'fastify'\nexport const app = fastify()\nif (import.meta.filename === process.argv[1]) app.listen({})",
      { listens: false },
    ],
  ])('in %s', (text, expected) => {
    expect(readFacts(factory({ 'src/app.ts': text })).fastify).toMatchObject(expected)
  })

  it('where most of the app is put together', () => {
    const project = factory({
      'src/metrics.ts': "import f from 'fastify'\nexport const metrics = f()\nmetrics.get('/', x)",
    })

    expect(readFacts(project).fastify.file).toBe('src/app.ts')
  })

  it('not in tests, in built files and in other packages', () => {
    const project = factory({
      'src/app.ts': null,
      'test/app.ts': "import f from 'fastify'\nexport const app = f()",
      'dist/app.js': "import f from 'fastify'\nexport const app = f()",
      'web/package.json': '{ "name": "web" }',
      'web/app.js': "import f from 'fastify'\nexport const app = f()",
    })

    expect(() => readFacts(project)).toThrow('creates a Fastify instance')
  })
})

describe('the folders that load themselves', () => {
  it.each([
    "path.join(import.meta.dirname, 'plugins')",
    '`${__dirname}/plugins`',
    "new URL('./plugins', import.meta.url)",
    "fileURLToPath(new URL('plugins', import.meta.url))",
    "join(process.cwd(), 'src', 'plugins')",
    'folder',
  ])('are read from dir: %s', (dir) => {
    const project = factory({
      'src/app.ts': `import fastify from 'fastify'
import AutoLoad from '@fastify/autoload'
const folder = join(__dirname, 'plugins')
export const app = fastify()
app.register(AutoLoad, { dir: ${dir} })
`,
    })

    expect(readFacts(project).fastify).toMatchObject({
      shape: 'autoload',
      creates: true,
      autoload: { plugins: 'src/plugins', routes: null, takesOurs: true },
    })
  })
})

describe('the client is found', () => {
  it.each([
    ['export const db = new PrismaClient()', { kind: 'import', exported: 'db' }],
    [
      'const db = new PrismaClient().$extends({})\nexport default db',
      { kind: 'import', exported: 'default' },
    ],
    [
      'const make = () => new PrismaClient()\nconst db = globalThis.db ?? make()\nexport { db as database }',
      { kind: 'import', exported: 'database' },
    ],
    [
      'let db\nif (x) { db = new PrismaClient() }\nexport { db }',
      { kind: 'import', exported: 'db' },
    ],
    [
      'if (!global.db) { global.db = new PrismaClient() }\nexport default global.db',
      { kind: 'import', exported: 'default' },
    ],
    ['global.db = new PrismaClient()\nexport default global.dc', { kind: 'unknown' }],
    ['module.exports = new PrismaClient()', { kind: 'import', exported: 'default' }],
    ['exports.db = new PrismaClient()', { kind: 'import', exported: 'db' }],
    ['export const makeClient = () => new PrismaClient()', { kind: 'unknown' }],
    [
      'export const db = new PrismaClient()\nexport async function plugin(app) { app.decorate("db", db) }',
      { kind: 'import', exported: 'db' },
    ],
    [
      'export const db = new PrismaClient()\nexport const plugin = fp(async (app) => { app.decorate("db", db) }) // fastify-plugin',
      { kind: 'decorator', name: 'db', exported: 'plugin', singleton: { exported: 'db' } },
    ],
    [
      'const client = new PrismaClient()\nserver.decorate("db", client)',
      { kind: 'decorator', name: 'db', exported: null, singleton: null },
    ],
    [
      "const client = new PrismaClient()\nexport default async (app) => app.decorate('store', client)",
      { kind: 'decorator', name: 'store' },
    ],
  ])('in %s', (text, expected) => {
    const project = factory({ 'src/plugins/prisma.ts': text })

    expect(readFacts(project).prisma.access).toMatchObject(expected)
  })
})

describe('the schema is found', () => {
  const { 'prisma/schema.prisma': schema = '' } = Object.fromEntries(factory())

  it.each([
    ["export default defineConfig({ schema: 'data/app.prisma' })"],
    ["export default { schema: path.join('data', 'app.prisma') }"],
  ])('where prisma.config.ts says: %s', (config) => {
    const project = factory({
      'prisma/schema.prisma': null,
      'prisma.config.ts': config,
      'data/app.prisma': schema,
    })

    expect(readFacts(project).prisma).toMatchObject({
      schemaFile: 'data/app.prisma',
      schemaFolder: null,
    })
  })

  it('not where a file of that name says that is not for Prisma', () => {
    const project = factory({
      'prisma.config.ts': "export const client = { schema: 'public', log: ['warn'] }\n",
    })

    expect(readFacts(project).prisma.schemaFile).toBe('prisma/schema.prisma')
  })

  it('where a script says', () => {
    const project = factory({
      'prisma/schema.prisma': null,
      'package.json': packageJson({
        scripts: { generate: 'prisma generate --schema=./data/app.prisma' },
      }),
      'data/app.prisma': schema,
    })

    expect(readFacts(project).prisma.schemaFile).toBe('data/app.prisma')
  })

  it('in a folder of several files', () => {
    const [head = '', models = ''] = schema.split(/(?=model User)/)
    const project = factory({
      'prisma.config.ts': "export default { schema: './prisma' }",
      'prisma/schema.prisma': head,
      'prisma/models/user.prisma': models,
    })
    const { prisma } = readFacts(project)

    expect(prisma).toMatchObject({ schemaFile: 'prisma/schema.prisma', schemaFolder: 'prisma' })
    expect(prisma.models.get('User')?.file).toBe('prisma/models/user.prisma')
  })

  it('or its configured path is named when nothing is there', () => {
    const project = factory({ 'prisma.config.ts': "export default { schema: 'gone.prisma' }" })

    expect(() => readFacts(project)).toThrow(
      'prisma.config.ts names the Prisma schema "gone.prisma", which is not there.',
    )
  })
})

describe('how the app is written', () => {
  it.each([
    [{ 'pnpm-lock.yaml': '' }, 'pnpm'],
    [{ 'yarn.lock': '' }, 'yarn'],
    [{ 'bun.lock': '' }, 'bun'],
    [{ 'package-lock.json': '' }, 'npm'],
    [{}, 'npm'],
  ])('package manager of %j is %s', (files, manager) => {
    expect(readFacts(factory(files)).packageManager).toBe(manager)
  })

  const ALONE = {
    'src/app.ts': "import fastify from 'fastify'\nexport const app = fastify()",
    'src/server.ts': null,
    'src/plugins/prisma.ts': null,
    'src/routes/posts.ts': null,
    'test/posts.test.ts': null,
  }

  it.each([
    ['{ "compilerOptions": { "module": "NodeNext" } }', 'module', '.js'],
    ['{ "compilerOptions": { "module": "ESNext", "moduleResolution": "bundler" } }', 'module', ''],
    [
      '{ "compilerOptions": { "module": "nodenext", "rewriteRelativeImportExtensions": true } }',
      'module',
      '.ts',
    ],
    ['{ /* c */ "compilerOptions": { "module": "commonjs", }, }', 'commonjs', ''],
  ])('imports without an example end as %s, %s asks for', (tsconfig, type, suffix) => {
    const project = factory({
      ...ALONE,
      'tsconfig.json': tsconfig,
      'package.json': packageJson({ type }),
    })

    expect(readFacts(project).importSuffix).toBe(suffix)
  })

  it('imports end as most of the app’s own do', () => {
    const project = factory({
      ...ALONE,
      'src/a.ts': "import './b.ts'\nimport c from './c.ts'\nimport './d.js'\nimport './e.json'",
    })

    expect(readFacts(project).importSuffix).toBe('.ts')
  })

  it.each([
    [{ scripts: { test: 'vitest' }, devDependencies: {} }, 'vitest', null],
    [
      { scripts: { test: 'node --import tsx --test test/*.ts' }, devDependencies: { vitest: '4' } },
      'node:test',
      null,
    ],
    [{ scripts: { test: 'jest' }, devDependencies: { jest: '29' } }, 'vitest', 'jest'],
    [{ scripts: { test: 'tap test/**/*.js' } }, 'node:test', 'tap'],
    [{}, 'vitest', null],
  ])('tests of %j run with %s', (manifest, runner, other) => {
    expect(readFacts(factory({ 'package.json': packageJson(manifest) })).tests).toMatchObject({
      runner,
      other,
    })
  })

  it.each([
    [{ 'tests/a.test.ts': '', 'tests/unit/b.test.ts': '' }, 'tests'],
    [{ 'src/__tests__/a.ts': '', 'src/__tests__/b/c.ts': '' }, 'src/__tests__'],
    [{ 'src/a.test.ts': '', 'src/b.spec.ts': '', 'test/posts.test.ts': null }, 'test'],
  ])('tests of %j are in %s', (files, folder) => {
    expect(readFacts(factory(files)).tests.folder).toBe(folder)
  })

  it.each([
    [{ 'biome.json': '{}' }, 'biome'],
    [
      { 'biome.json': '{ "formatter": { "enabled": false } }', 'package.json': packageJson() },
      null,
    ],
    [{ '.prettierrc': '', 'package.json': packageJson() }, 'prettier'],
    [{ 'package.json': packageJson() }, null],
    [{ 'package.json': packageJson({ devDependencies: { eslint: '^8.0.0' } }) }, 'eslint'],
  ])('the formatter of %j is %s', (files, formatter) => {
    expect(readFacts(factory(files)).formatter).toBe(formatter)
  })

  it.each([
    ['src/infra/http/app.ts', 'src'],
    ['lib/app.ts', 'lib'],
    ['app.ts', ''],
  ])('the sources around %s are in "%s"', (file, source) => {
    const text = ALONE['src/app.ts']

    expect(readFacts(factory({ ...ALONE, 'src/app.ts': null, [file]: text })).source).toBe(source)
  })
})

describe('versions', () => {
  it.each([
    ['^5.1.0', 5],
    ['4.x', 4],
    ['>=4.0.0 <6', 4],
    ['^4.28.1 || ^5.0.0', 5],
    ['npm:fastify@5.2.0', 5],
    ['latest', 5],
    ['workspace:*', 5],
  ])('of the range %s is %i', (range, major) => {
    const project = factory({
      'package.json': packageJson({ dependencies: { fastify: range, prisma: '7' } }),
    })

    expect(readFacts(project).fastify.major).toBe(major)
  })

  it('are the installed ones where there are any', () => {
    const project = factory({ 'node_modules/fastify/package.json': '{ "version": "4.29.0" }' })

    expect(readFacts(project).fastify.major).toBe(4)
  })

  it('are the locked ones where the range says nothing', () => {
    const dependencies = { fastify: 'catalog:', prisma: 'latest' }
    const project = factory({
      'package.json': packageJson({ dependencies }),
      'package-lock.json': '{ "packages": { "node_modules/prisma": { "version": "6.2.0" } } }',
      'pnpm-lock.yaml':
        "importers:\n  .:\n    dependencies:\n      fastify:\n        specifier: 'catalog:'\n        version: 4.28.1\n",
    })

    expect(readFacts(project)).toMatchObject({ fastify: { major: 4 }, prisma: { major: 6 } })
  })
})

describe('refused in one sentence', () => {
  const dependencies = (versions: Record<string, string>) => packageJson({ dependencies: versions })

  it.each([
    ['no package.json', { 'package.json': null }, 'There is no package.json in this folder.'],
    [
      'broken JSON',
      { 'package.json': '{\n  "name": oops\n}' },
      'package.json is not valid JSON at line 2, column 11.',
    ],
    [
      'JSON that is no object',
      { 'package.json': '[]' },
      'package.json is not valid JSON: it holds no object.',
    ],
    [
      'no Fastify',
      { 'package.json': dependencies({ prisma: '7' }) },
      'package.json of this folder does not list fastify.',
    ],
    [
      'Fastify 3',
      { 'package.json': dependencies({ fastify: '^3.29.0', prisma: '7' }) },
      'This app uses Fastify 3,',
    ],
    [
      'Fastify before 4.10',
      { 'package.json': dependencies({ fastify: '~4.9.2', prisma: '7' }) },
      'This app uses Fastify 4.9, and the generated code needs 4.10 or newer',
    ],
    [
      'Fastify of the future',
      { 'package.json': dependencies({ fastify: '^6.0.0', prisma: '7' }) },
      'This app uses Fastify 6,',
    ],
    [
      'no Prisma',
      { 'package.json': dependencies({ fastify: '5' }) },
      'lists neither prisma nor @prisma/client.',
    ],
    [
      'Prisma 4',
      { 'package.json': dependencies({ fastify: '5', prisma: '^4.16.0' }) },
      'This app uses Prisma 4,',
    ],
    [
      'no schema',
      { 'prisma/schema.prisma': null },
      'There is no Prisma schema; looked in prisma/schema.prisma,',
    ],
    [
      'an open brace',
      { 'prisma/schema.prisma': 'datasource db { provider = "sqlite" }\nmodel User {\n' },
      'line 2 begins model User, which is not closed.',
    ],
    [
      'a brace too many',
      { 'prisma/schema.prisma': 'model A {\n}\n}\n' },
      'line 3 begins something that is no block.',
    ],
    [
      'no datasource',
      { 'prisma/schema.prisma': 'model A {\n id Int @id\n}' },
      'prisma/schema.prisma is not a valid Prisma schema: it has no datasource.',
    ],
    [
      'no provider',
      { 'prisma/schema.prisma': 'datasource db {\n}' },
      'datasource db has no provider.',
    ],
    [
      'an unknown provider',
      { 'prisma/schema.prisma': 'datasource db { provider = "oracle" }' },
      'has the unknown provider "oracle".',
    ],
    [
      'no client',
      { 'prisma/schema.prisma': 'datasource db { provider = "sqlite" }' },
      'it has no generator for Prisma Client.',
    ],
    [
      'MongoDB',
      { 'prisma/schema.prisma': 'datasource db { provider = "mongodb" }' },
      'prisma/schema.prisma is for MongoDB,',
    ],
    [
      'a merge in package.json',
      { 'package.json': '{\n<<<<<<< HEAD\n=======\n>>>>>>> x\n}' },
      'package.json holds an unfinished merge (line 2).',
    ],
    [
      'a merge in the schema',
      { 'prisma/schema.prisma': '\n<<<<<<< HEAD\n' },
      'prisma/schema.prisma holds an unfinished merge (line 2).',
    ],
    [
      'a merge in the entry',
      { 'src/app.ts': "import Fastify from 'fastify'\n<<<<<<< HEAD\r\n=======\n>>>>>>> x" },
      'src/app.ts holds an unfinished merge (line 2).',
    ],
    [
      'an entry that does not parse',
      { 'src/app.ts': "import Fastify from 'fastify'\nconst app = = Fastify()" },
      'src/app.ts',
    ],
    ['no instance', { 'src/app.ts': '' }, 'creates a Fastify instance.'],
  ])('%s', (_name, files, message) => {
    const read = () => readFacts(factory(files))

    expect(read).toThrow(Problem)
    expect(read).toThrow(message)
  })

  it('an app of NestJS', () => {
    const project = factory({
      'package.json': packageJson({
        dependencies: { fastify: '^5.0.0', '@nestjs/core': '^11.0.0', '@prisma/client': '^7.0.0' },
      }),
      'src/app.ts': "import { NestFactory } from '@nestjs/core'\n",
    })

    expect(() => readFacts(project)).toThrow('This is a NestJS app')
  })

  it('a repository of several apps, which are named', () => {
    const project = factory({
      'package.json': '{ "workspaces": ["apps/*"] }',
      'apps/api/package.json': packageJson(),
      'apps/admin/package.json': packageJson(),
      'apps/web/package.json': '{}',
      'apps/api/node_modules/x/package.json': packageJson(),
    })

    expect(() => readFacts(project)).toThrow('several Fastify apps: "apps/admin", "apps/api".')
  })

  it('a repository with its app in a folder, which is named', () => {
    const project = factory({ 'package.json': null, 'server/package.json': packageJson() })

    expect(() => readFacts(project)).toThrow('The Fastify app of this repository is in "server".')
  })

  it('and each problem says what to do', () => {
    try {
      readFacts(factory({ 'package.json': null }))
    } catch (problem) {
      expect(problem).toMatchObject({ exitCode: 1, next: expect.stringContaining('--cwd') })
    }
    expect.assertions(1)
  })
})

describe('whatever the files hold', () => {
  it('the answer is facts or a problem, never a crash', { timeout: 60_000 }, () => {
    const files = [...factory().keys()]
    const change = fc.record({
      path: fc.constantFrom(...files),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 0, max: 40 }),
      text: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 10 }),
        fc.constantFrom(
          '{',
          '}',
          '"',
          '`',
          '(',
          '__proto__',
          '\n',
          '${',
          '//',
          '/*',
          '@map("',
          'null',
          '[]',
        ),
      ),
    })

    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const project = new Map(factory())
        for (const { path, at, length, text } of changes) {
          const before = project.get(path) ?? ''
          const start = Math.floor(at * before.length)
          project.set(path, before.slice(0, start) + text + before.slice(start + length))
        }
        try {
          expect(readFacts(project).fastify.file).toBeTypeOf('string')
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('hostile text in the schema stays text', () => {
    const { 'prisma/schema.prisma': schema = '' } = Object.fromEntries(factory())
    const hostile = schema
      .replace('model User {', '/// model Evil { "\nmodel User {\n  // } "')
      .replace('@unique', '@unique @map("e\\"mail { } @id // ")')
      .replace('posts Post[]', 'posts Post[]\n\n  @@map("us`${1}`ers")')
    const user = readFacts(factory({ 'prisma/schema.prisma': hostile })).prisma.models.get('User')

    expect(user).toMatchObject({ table: 'us`${1}`ers' })
    expect(user?.fields.map(({ name, column, id }) => [name, column, id])).toEqual([
      ['id', 'id', true],
      ['email', 'e"mail { } @id // ', false],
      ['name', 'name', false],
      ['posts', 'posts', false],
    ])
  })

  it('a schema of two thousand models is read whole', () => {
    const { 'prisma/schema.prisma': schema = '' } = Object.fromEntries(factory())
    const models = Array.from(
      { length: 2000 },
      (_, index) => `model M${index} {\n  id Int @id\n${'  a String // b\n'.repeat(40)}}\n`,
    )

    expect(
      readFacts(factory({ 'prisma/schema.prisma': schema + models.join('') })).prisma.models.size,
    ).toBe(2002)
  })
})
