import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

import { packagesToAdd, versionsIn } from '../../../src/core/plan/packages.js'
import { app, planFor, scaffolded, templates } from '../planning.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const tested = {
  4: read('examples/fastify-4/package.json'),
  5: read('examples/default/package.json'),
  jest: read('examples/jest/package.json'),
}

describe('the packages that an app gets', () => {
  const fragment = { 'package.json': read('templates/auth/package.json') }
  const addedTo = (fastify: string, test = 'vitest run') => {
    const manifest = JSON.stringify({
      type: 'module',
      scripts: { test },
      dependencies: { '@prisma/client': '^6.0.0', fastify },
      devDependencies: { typescript: '^5.9.0', vitest: '^4.0.0' },
    })

    return planFor(app({ 'package.json': manifest }), { templates: templates(fragment), tested })
      .packages
  }

  test('are plugins for its major of Fastify', () => {
    expect(addedTo('^5.2.0').dependencies).toMatchObject({
      '@fastify/cookie': '^11.1.5',
      '@fastify/session': '^11.1.3',
      typebox: '^1.4.3',
    })
    expect(addedTo('^4.17.0').dependencies).toMatchObject({
      '@fastify/cookie': '^9.4.0',
      '@fastify/session': '^10.9.0',
      '@sinclair/typebox': '^0.33.22',
    })
    expect(addedTo('^4.17.0').dependencies).not.toHaveProperty('typebox')
  })

  test('are such that Jest can load, where Jest tests the app', () => {
    const { dependencies } = addedTo('^5.2.0', 'jest')

    expect(dependencies).toMatchObject({
      '@fastify/cookie': '^11.1.5',
      '@fastify/type-provider-typebox': '^5.2.0',
      '@sinclair/typebox': expect.stringMatching(/^\^0\.34\./),
    })
    expect(dependencies).not.toHaveProperty('typebox')
  })

  test.each([
    '^4.17.0',
    '^5.2.0',
  ])('each have a version that was tested, on Fastify %s', (range) => {
    const { dependencies, devDependencies } = addedTo(range)
    const versions = Object.values({ ...dependencies, ...devDependencies })

    expect(versions.length).toBeGreaterThan(10)
    expect(versions).not.toContain('*')
  })

  test('have the version of the tests, whatever the template says', () => {
    const additions = packagesToAdd(
      '{ "dependencies": { "argon2": "*", "unknown": "*" } }',
      '{ "devDependencies": { "argon2": "1.0.0" } }',
      { types: true },
    )

    expect(additions.dependencies).toEqual({ argon2: '1.0.0', unknown: '*' })
  })
})

test('new models have no kind of id that Prisma 5 does not know', () => {
  const manifest = (prisma: string) =>
    JSON.stringify({ dependencies: { '@prisma/client': prisma, fastify: '^5.0.0' } })
  const schemaWith = (prisma: string) =>
    scaffolded(app({ 'package.json': manifest(prisma) }), {
      templates: templates({ 'prisma/schema.prisma': read('templates/auth/prisma/schema.prisma') }),
    }).get('prisma/schema.prisma')

  expect(schemaWith('^6.0.0')).toContain('@default(uuid(7))')
  expect(schemaWith('^5.0.0')).toContain('@default(uuid())')
  expect(schemaWith('^5.0.0')).not.toContain('uuid(7)')
})

test('what does not depend on Fastify has one version for all', () => {
  const [four, five] = [versionsIn(tested[4]), versionsIn(tested[5])]
  const jest = versionsIn(tested.jest)

  for (const name of ['@fastify/csrf', 'argon2', 'ejs', 'nodemailer', '@types/nodemailer']) {
    expect(four.get(name), name).toBe(five.get(name))
    expect(jest.get(name), name).toBe(five.get(name))
  }
})
