import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readFacts } from '../../../src/core/facts/read-facts.js'
import type { Project } from '../../../src/core/project.js'

const HOSTS = new URL('../../hosts/', import.meta.url)

function host(name: string): Project {
  const root = fileURLToPath(new URL(`${name}/`, HOSTS))
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('//', '/'))
    .filter((path) => !/\/(?:node_modules|dist|generated)\//.test(path))

  return new Map(files.map((path) => [path.slice(root.length), readFileSync(path, 'utf8')]))
}

describe('the hosts are read as what they are', () => {
  it('by hand', () => {
    expect(readFacts(host('by-hand'))).toMatchObject({
      modules: 'esm',
      importSuffix: '.js',
      formatter: 'prettier',
      tests: { runner: 'vitest', folder: 'test' },
      fastify: { shape: 'factory', file: 'src/app.ts', instance: 'app', exported: 'buildApp' },
      prisma: { major: 7, access: { kind: 'decorator', name: 'prisma', plugin: 'prisma' } },
    })
  })

  it('autoload', () => {
    expect(readFacts(host('autoload'))).toMatchObject({
      modules: 'cjs',
      importSuffix: '',
      tests: { runner: 'node:test', folder: 'test' },
      fastify: {
        shape: 'autoload',
        file: 'src/app.ts',
        creates: false,
        autoload: { plugins: 'src/plugins', routes: 'src/routes' },
      },
      prisma: { access: { kind: 'decorator', name: 'prisma' } },
    })
  })

  it('single file', () => {
    expect(readFacts(host('single-file'))).toMatchObject({
      fastify: { shape: 'top-level', file: 'src/server.ts', instance: 'app', listens: true },
      prisma: {
        major: 6,
        provider: 'postgresql',
        client: '@prisma/client',
        access: { kind: 'import', file: 'src/db.ts', exported: 'prisma' },
      },
    })
  })

  it('fastify 4', () => {
    expect(readFacts(host('fastify-4'))).toMatchObject({
      modules: 'cjs',
      importSuffix: '',
      fastify: {
        major: 4,
        shape: 'top-level',
        file: 'src/app.ts',
        exported: 'app',
        listens: false,
      },
      prisma: {
        major: 6,
        provider: 'sqlite',
        access: { kind: 'import', file: 'src/lib/prisma.ts', exported: 'prisma' },
      },
    })
  })

  it('prisma 5', () => {
    expect(readFacts(host('prisma-5'))).toMatchObject({
      fastify: { major: 4, shape: 'factory', file: 'src/main.ts', exported: 'main' },
      prisma: {
        major: 5,
        schemaFile: 'src/database/schema.prisma',
        client: 'src/database/client/index',
        access: { kind: 'decorator', name: 'prisma', file: 'src/plugins/prisma.plugin.ts' },
      },
    })
  })

  it('commonjs', () => {
    expect(readFacts(host('commonjs'))).toMatchObject({
      language: 'js',
      modules: 'cjs',
      importSuffix: '',
      source: '',
      tests: { runner: 'vitest', folder: 'test' },
      fastify: { shape: 'top-level', file: 'app.js', exported: 'default', listens: false },
      prisma: { access: { kind: 'decorator', name: 'prisma', file: 'plugins/prisma.js' } },
    })
  })

  it('own session', () => {
    const facts = readFacts(host('own-session'))

    expect(facts.fastify).toMatchObject({ shape: 'factory', instance: 'server', exported: 'build' })
    expect(facts.prisma.models.get('User')?.table).toBe('app_users')
    expect([...facts.registered.keys()]).toEqual(
      expect.arrayContaining(['@fastify/cookie', '@fastify/session', '@fastify/formbody']),
    )
  })
})
