import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

import { readFacts } from '../../../src/core/facts/read-facts.js'
import { adaptClient } from '../../../src/core/render/own-client.js'
import { factory } from '../facts/apps.js'

const TEMPLATE = `import prisma from '../../src/plugins/prisma.js'

async function build(app: FastifyInstance) {
  const db = await connect(app)

  return db
}

async function connect(app: FastifyInstance): Promise<PrismaClient> {
  await app.register(prisma)

  return app.prisma
}
`

function adapted(files: Record<string, string>): string {
  const path = 'test/support/build-app.ts'

  return adaptClient(path, TEMPLATE, path, { facts: readFacts(factory(files)) })
}

describe('a test gets at the client', () => {
  test('that a plugin only hands on from the module that has it', () => {
    const text = adapted({
      'src/db.ts': 'export const client = new PrismaClient()',
      'src/plugins/prisma.ts': `import fp from 'fastify-plugin'
import { client } from '../db.js'
export default fp(async (app) => { app.decorate('prisma', client) })`,
    })

    // Closing the app of one test would end the connections of the next one.
    expect(text).toContain("import { client as prisma } from '../../src/db.js'")
    expect(text).toContain('const db = connect()')
    expect(text).toContain('function connect(): PrismaClient {\n  return prisma\n}')
  })

  test('of a plugin that makes one for each app by registering it', () => {
    const text = adapted({
      'src/plugins/prisma.ts': `import fp from 'fastify-plugin'
export default fp(async (app) => { app.decorate('prisma', new PrismaClient()) })`,
    })

    expect(text).toBe(TEMPLATE)
  })
})

describe('the script that prunes', () => {
  const SCRIPT = readFileSync('templates/auth/src/prune-users.ts', 'utf8')

  function script(files: Record<string, string>): string {
    const path = 'src/prune-users.ts'

    return adaptClient(path, SCRIPT, path, { facts: readFacts(factory(files)) })
  }

  test('makes an app where only that gives it the client, and closes it', () => {
    const text = script({
      'src/plugins/prisma.ts': `import fp from 'fastify-plugin'
export default fp(async (app) => { app.decorate('prisma', new PrismaClient()) })`,
    })

    expect(text).toBe(SCRIPT)
  })

  test('makes none where the client can be imported', () => {
    const text = script({ 'src/plugins/prisma.ts': 'export const prisma = new PrismaClient()' })

    expect(text).not.toMatch(/Fastify|\bapp\./)
    expect(text).toContain("import { prisma } from './plugins/prisma.js'")
    expect(text).toContain('  const db = connect()\n')
    expect(text).toContain('await db.$disconnect()')
  })
})
