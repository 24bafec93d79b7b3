import { describe, expect, test } from 'vitest'
import { moduleOf, specifierOf } from '../../../src/core/edits/specifier.js'
import { app, operationOn, planFor, scaffolded, templates, without } from '../planning.js'

const MANIFEST = {
  name: 'notes',
  dependencies: { '@prisma/client': '^7.0.0', fastify: '^5.0.0' },
  devDependencies: { prisma: '^7.0.0' },
}
const DATABASE = 'export const prisma = new PrismaClient()\n'
const FACTORY = [
  "import Fastify from 'fastify'",
  "import { prisma } from './db.js'",
  '',
  'export async function buildApp() {',
  '  const app = Fastify()',
  "  app.get('/', () => prisma.$queryRaw`SELECT 1`)",
  '',
  '  return app',
  '}',
  '',
].join('\n')

/** An app of plain JavaScript: its files, by name and in its way of saying `import`. */
function plain(files: Record<string, string>, manifest: object = {}) {
  const typed = app({ 'package.json': JSON.stringify({ ...MANIFEST, ...manifest }), ...files })

  return ['tsconfig.json', 'src/app.ts', 'src/db.ts'].reduce(without, typed)
}

const esm = plain({ 'src/app.js': FACTORY, 'src/db.js': DATABASE }, { type: 'module' })

describe('an app without TypeScript', () => {
  test('gets JavaScript, which imports what is there', () => {
    const after = scaffolded(esm)

    expect(after.get('src/plugins/users.js')).toContain("from '../accounts.js'")
    expect(after.get('src/accounts.js')).toMatch(/^export const first = 1\n/)
    expect(after.get('src/app.js')).toContain("import users from './plugins/users.js'")
    expect([...after.keys()].filter((path) => /(?<!\.config)\.ts$/.test(path))).toEqual([])
  })

  test('gets no packages of types', () => {
    const packages = '{ "devDependencies": { "@types/ejs": "*", "c8": "*" } }'
    const run = { templates: templates({ 'package.json': packages }) }

    expect(planFor(esm, run).packages.devDependencies).toEqual({ c8: '*' })
    expect(planFor(app(), run).packages.devDependencies).toHaveProperty('@types/ejs')
  })

  test('is left alone by a second run', () => {
    const verbs = planFor(scaffolded(esm)).operations.map(({ verb }) => verb)

    expect(new Set(verbs)).toEqual(new Set(['identical']))
  })

  test('gets files that are called like its own', () => {
    const after = scaffolded(
      plain({ 'src/app.mjs': FACTORY.replace('db.js', 'db.mjs'), 'src/db.mjs': DATABASE }),
    )

    expect(after.get('src/plugins/users.mjs')).toContain("from '../accounts.mjs'")
    expect(after.get('src/app.mjs')).toContain("import users from './plugins/users.mjs'")
  })

  test('gets require with the extension that Node would not add', () => {
    const after = scaffolded(
      plain({
        'src/app.cjs': FACTORY.replace("import { prisma } from './db.js'", '')
          .replace("import Fastify from 'fastify'", "const Fastify = require('fastify')")
          .replace('export async', 'exports.buildApp = buildApp\nasync')
          .replace(
            "  app.get('/', () => prisma.$queryRaw`SELECT 1`)\n",
            "  app.decorate('prisma', db)\n",
          ),
      }),
    )

    expect(after.get('src/plugins/users.cjs')).toContain("= require('../accounts.cjs')")
    expect(after.get('src/app.cjs')).toContain("require('./plugins/users.cjs')")
  })

  test('gets require where it says require', () => {
    const after = scaffolded(
      plain({
        'src/app.js': [
          "const Fastify = require('fastify')",
          "const { prisma } = require('./db')",
          '',
          'async function buildApp() {',
          '  const app = Fastify()',
          "  app.get('/', () => prisma.$queryRaw`SELECT 1`)",
          '',
          '  return app',
          '}',
          '',
          'module.exports = { buildApp }',
          '',
        ].join('\n'),
        'src/db.js': 'const prisma = new PrismaClient()\n\nmodule.exports = { prisma }\n',
      }),
    )

    expect(after.get('src/plugins/users.js')).toContain("const accounts = require('../accounts')")
    expect(after.get('src/accounts.js')).toContain('module.exports = { first, second, last }')
    expect(after.get('src/app.js')).toContain("const users = require('./plugins/users')")
  })

  test('has its sources where it likes: in no folder at all', () => {
    const after = scaffolded(plain({ 'app.js': FACTORY, 'db.js': DATABASE }, { type: 'module' }))

    expect(after.get('plugins/users.js')).toContain("from '../accounts.js'")
    expect(operationOn(planFor(after), 'plugins/users.js')?.verb).toBe('identical')
  })
})

describe('a specifier', () => {
  test.each([
    ['src/a.mjs', '.js', './a.mjs'],
    ['src/a.ts', '.js', './a.js'],
    ['src/a.ts', '.ts', './a.ts'],
    ['src/a.js', '', './a'],
    ['src/a', '.js', './a.js'],
  ] as const)('of %s with the suffix %j is %s', (path, suffix, specifier) => {
    expect(specifierOf(path, 'src/b.js', suffix)).toBe(specifier)
  })

  test('never looks like a package', () => {
    expect(moduleOf('accounts.ts')).toBe('./accounts')
    expect(moduleOf('app.js')).toBe('./app.js')
  })
})
