// A small app around a user model, for what has to compile whatever that model is like.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'

import { runIn } from './processes.js'
import { appFolder, createAuth } from './real-app.js'

const HEAD = `generator client {
  provider = "prisma-client"
  output   = "../src/generated/prisma"
}

`

type Shape = {
  schema: string
  provider?: string
  files?: Record<string, string>
  dependencies?: Record<string, string>
}

/** Writes the app into a folder of its own. */
export function writeApp(name: string, { schema, provider, files, dependencies }: Shape): string {
  const folder = appFolder(name)
  const datasource = `datasource db {\n  provider = "${provider ?? 'sqlite'}"\n}\n\n`
  const all = {
    'package.json': JSON.stringify({
      name,
      type: 'module',
      scripts: { test: 'vitest run' },
      dependencies: { fastify: '^5.0.0', '@prisma/client': '^7.0.0', ...dependencies },
      devDependencies: { prisma: '^7.0.0', typescript: '^5.0.0', vitest: '^4.0.0' },
    }),
    'prisma.config.ts': `import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  datasource: { url: 'file:./dev.db' },
})
`,
    'prisma/schema.prisma': schema.includes('generator client')
      ? schema
      : `${HEAD}${datasource}${schema}`,
    'src/app.ts': `import Fastify from 'fastify'
import { prisma } from './prisma.js'

export async function buildApp() {
  const app = Fastify()
  app.get('/', async () => prisma.$queryRaw\`SELECT 1\`)

  return app
}
`,
    'src/prisma.ts': `import { PrismaClient } from './generated/prisma/client.js'

export const prisma = new PrismaClient({ accelerateUrl: 'prisma://example.com' })
`,
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2023',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        noUncheckedIndexedAccess: true,
        erasableSyntaxOnly: true,
        exactOptionalPropertyTypes: true,
        noUnusedLocals: true,
        noUnusedParameters: true,
        types: ['node'],
      },
      include: ['src', 'test'],
    }),
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  return folder
}

/** Scaffolds, and has Prisma and the compiler read all of it. A second run has nothing to do. */
export async function expectToCompile(folder: string, ...names: string[]): Promise<string> {
  const flags = ['--yes', '--skip-install', '--allow-dirty']
  const { code, output } = await createAuth(folder, 'scaffold', ...names, ...flags)
  expect(code, output).toBe(output.includes('by hand') ? 1 : 0)
  for (const command of [
    ['npx', 'prisma', 'validate'],
    ['npx', 'prisma', 'generate'],
    ['npx', 'tsc', '-p', '.'],
  ]) {
    const result = await runIn(folder, command)
    expect(result.code, result.output).toBe(0)
  }
  const again = await createAuth(folder, 'scaffold', ...names, ...flags)
  expect(again.code, again.output).toBe(code)
  expect(again.output).not.toContain('update')

  return output
}

export function readIn(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8')
}
