// An app whose own tests never ask the database: Vitest loads a stand-in for its client first.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

import { readFacts } from '../src/core/facts/read-facts.js'
import { withoutStandIn } from '../src/core/render/stand-in.js'
import { factory } from './core/facts/apps.js'
import { runIn } from './support/processes.js'

const root = fileURLToPath(new URL('..', import.meta.url))
mkdirSync(join(root, '.tmp'), { recursive: true })
const folder = mkdtempSync(join(root, '.tmp/stand-in-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BUILD_APP = `import Fastify from 'fastify'
import { prisma } from '../../src/db.js'

export type TestAppOptions = object

export const client = prisma
`

const APP = {
  'src/db.ts': 'export const prisma = new PrismaClient()',
  'src/plugins/prisma.ts': '',
  'vitest.config.ts': "export default { test: { setupFiles: './test/setup.ts' } }",
  'test/setup.ts': `import { vi } from 'vitest'
vi.mock('../src/db.js', () => ({ prisma: 'a stand-in' }))
await import('../src/db.js')
`,
}

test('the generated tests of an app get its client, not the stand-in of its own tests', async () => {
  const path = 'test/support/build-app.ts'
  const text = withoutStandIn(path, BUILD_APP, path, { facts: readFacts(factory(APP)) })
  write({
    ...APP,
    'src/db.ts': "export const prisma = 'the client'",
    [path]: text,
    'test/ours.test.ts': `import { expect, test } from 'vitest'
import { client } from './support/build-app.js'
test('ours', () => expect(client).toBe('the client'))
`,
    'test/theirs.test.ts': `import { expect, test } from 'vitest'
import { prisma } from '../src/db.js'
test('theirs', () => expect(prisma).toBe('a stand-in'))
`,
  })

  const { code, output } = await runIn(folder, ['npx', 'vitest', 'run', '--root', folder])
  expect({ code, output }).toMatchObject({ code: 0 })
})

function write(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}
