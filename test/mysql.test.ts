// MySQL and MariaDB: what is written for them is what Prisma accepts. Nothing is migrated, since
// the stand-in for Prisma's schema engine does not know them.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

import { runIn } from './support/processes.js'
import { appFolder, createAuth } from './support/real-app.js'

const APP = {
  'package.json': JSON.stringify({
    type: 'module',
    scripts: { test: 'vitest run' },
    dependencies: { fastify: '^5.0.0', '@prisma/client': '^7.0.0' },
    devDependencies: { prisma: '^7.0.0', typescript: '^5.0.0', vitest: '^4.0.0' },
  }),
  'prisma.config.ts': `import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  datasource: { url: 'mysql://root@127.0.0.1:3306/app' },
})
`,
  'prisma/schema.prisma': `generator client {
  provider = "prisma-client"
  output   = "../src/generated/prisma"
}

datasource db {
  provider = "mysql"
}
`,
  'src/app.ts': `import Fastify from 'fastify'
import { prisma } from './prisma.js'

export async function buildApp() {
  const app = Fastify()
  app.get('/', async () => prisma.$queryRaw\`SELECT 1\`)

  return app
}
`,
  'src/prisma.ts': `import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaClient } from './generated/prisma/client.js'

export const prisma = new PrismaClient({ adapter: new PrismaMariaDb(process.env.DATABASE_URL) })
`,
}

const folder = appFolder('on-mysql')

test('an app on MySQL gets a schema that Prisma accepts, and generates a client from', async () => {
  for (const [path, text] of Object.entries(APP)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const { code, output } = await createAuth(folder, 'scaffold', '--yes', '--skip-install')
  expect(code, output).toBe(0)

  const schema = readFileSync(join(folder, 'prisma/schema.prisma'), 'utf8')
  // Without a length MySQL makes no index, and a session does not fit into 191 characters.
  expect(schema).toMatch(/^ {2}token +Bytes +@db\.VarBinary\(32\)$/m)
  expect(schema).toMatch(/^ {2}data +String +@db\.LongText$/m)
  for (const command of ['validate', 'generate']) {
    const result = await runIn(folder, ['npx', 'prisma', command])
    expect(result.code, result.output).toBe(0)
  }
}, 120_000)
