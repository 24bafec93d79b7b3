import { expect, test } from 'vitest'

import { readFacts } from '../../../src/core/facts/read-facts.js'
import { factory } from './apps.js'

const CONFIG = `import { defineConfig } from 'vitest/config'
export default defineConfig({ test: { setupFiles: ['test/setup.ts'] } })
`
const SETUP = "import './mocks/client.js'\nimport '../src/app.js'\n"

function standIns(files: Record<string, string>): readonly string[] {
  return readFacts(factory({ 'vitest.config.ts': CONFIG, 'test/setup.ts': SETUP, ...files })).tests
    .standIns
}

test('what a setup file mocks has a stand-in in every test, also by a file that it imports', () => {
  const mock = "vi.mock('../../src/plugins/prisma.js', () => ({ default: mockDeep() }))"

  expect(standIns({ 'test/mocks/client.ts': mock })).toEqual(['src/plugins/prisma.ts'])
  expect(standIns({ 'test/setup.ts': mock.replace('../../', '../') })).toEqual([
    'src/plugins/prisma.ts',
  ])
})

test('what a single test mocks, or a package, has none', () => {
  const mock = "vi.mock('../src/plugins/prisma.js')"

  expect(standIns({ 'test/posts.test.ts': mock })).toEqual([])
  expect(standIns({ 'test/mocks/client.ts': "vi.mock('@prisma/client')" })).toEqual([])
})
