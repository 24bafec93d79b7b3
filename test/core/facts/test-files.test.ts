import { describe, expect, test } from 'vitest'

import { readFacts } from '../../../src/core/facts/read-facts.js'
import { factory, packageJson } from './apps.js'

const NONE = { files: {}, script: 'vitest run' }

function testsOf({
  files = {},
  script,
}: {
  files?: Record<string, string>
  script: string
} = NONE) {
  const scripts = { test: script }
  const manifest = packageJson({ scripts, devDependencies: { vitest: '^4.0.0' } })

  return readFacts(new Map([...factory(), ['package.json', manifest], ...Object.entries(files)]))
    .tests
}

function configured(settings: string) {
  const text = `import { defineConfig } from 'vitest/config'
export default defineConfig({ plugins: [], test: { ${settings} } })
`

  return testsOf({ ...NONE, files: { 'vitest.config.ts': text } })
}

describe("tests go where the app's Vitest looks for them", () => {
  test('which is everywhere when nothing is said', () => {
    expect(testsOf()).toMatchObject({ folder: 'test', suffix: 'test' })
    expect(configured("environment: 'node'")).toMatchObject({ folder: 'test', suffix: 'test' })
  })

  test.each([
    ["include: ['src/**/*.test.ts']", 'src/test', 'test'],
    ["include: ['src/**/*.spec.ts']", 'src/test', 'spec'],
    ["include: ['./tests/**/*.test.ts']", 'tests', 'test'],
    ["include: ['**/*.spec.ts', '**/*.e2e-spec.ts']", 'test', 'spec'],
    ["include: ['src/**/*.{test,spec}.?(c|m)[jt]s?(x)']", 'src/test', 'test'],
    ["include: ['test/unit/**/*.test.ts', 'test/**/*.spec.ts']", 'test', 'spec'],
    ["dir: 'src'", 'src/test', 'test'],
    ["coverage: { include: ['src/**/*.ts'] }", 'test', 'test'],
    ['include: patterns', 'test', 'test'],
    ["projects: [{ test: { dir: 'src/service' } }]", 'src/service/test', 'test'],
    [
      "dir: 'src', projects: [{ test: { dir: 'src/http', environment: './db' } }, { test: { dir: 'src/service' } }]",
      'src/service/test',
      'test',
    ],
    ["projects: ['packages/*', { test: { include: ['test/**/*.spec.ts'] } }]", 'test', 'spec'],
    ["projects: ['packages/*']", 'test', 'test'],
  ])('%s', (settings, folder, suffix) => {
    expect(configured(settings)).toMatchObject({ folder, suffix })
  })

  test('which is the project that its script names', () => {
    const projects = ['unit', 'whole'].map(
      (name) => `{ test: { name: '${name}', dir: 'src/${name}' } }`,
    )
    const config = `export default { test: { projects: [${projects.join()}] } }`
    const files = { 'vitest.config.mjs': config }

    expect(testsOf({ files, script: 'vitest run --project whole' }).folder).toBe('src/whole/test')
  })

  test('also when its script says it', () => {
    expect(testsOf({ script: 'vitest run --dir src/tests' }).folder).toBe('src/tests')
  })
})

describe('beside a runner that takes every test for its own', () => {
  test('tests are called what it does not look for', () => {
    const files = { '__tests__/app.test.ts': "test('works', () => {})" }

    expect(testsOf({ files, script: 'jest' })).toMatchObject({
      runner: 'vitest',
      folder: 'test',
      suffix: 'vitest',
      besideOther: true,
    })
  })

  test('an app that has Vitest as well knows how to tell them apart', () => {
    const files = { 'vitest.config.ts': 'export default {}' }

    expect(testsOf({ files, script: 'jest' })).toMatchObject({ suffix: 'test', besideOther: false })
  })
})

test('a script that only says that there are no tests stays, and ours get another one', () => {
  const script = 'echo "Error: no test specified" && exit 1'

  expect(testsOf({ script })).toMatchObject({ suffix: 'test', otherScript: true })
  expect(testsOf()).toMatchObject({ otherScript: false })
})

describe('the paths of tsconfig.json', () => {
  const tsconfig = '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }'

  test('are unknown to a Vitest that nobody configured', () => {
    const files = { 'tsconfig.json': tsconfig }

    expect(testsOf({ ...NONE, files }).lacksPaths).toBe(true)
    expect(testsOf().lacksPaths).toBe(false)
  })

  test("are the business of the app's own configuration", () => {
    const files = { 'tsconfig.json': tsconfig, 'vite.config.ts': 'export default {}' }

    expect(testsOf({ ...NONE, files }).lacksPaths).toBe(false)
  })
})

test.each([
  ['0.33.0', true],
  ['^1.2.2', true],
  ['^1.3.1', false],
  ['>=2', false],
  ['latest', false],
])('a Vitest of the range %s is an old one: %s', (range, isOldVitest) => {
  const manifest = packageJson({ scripts: { test: 'vitest' }, devDependencies: { vitest: range } })

  expect(readFacts(factory({ 'package.json': manifest })).tests).toMatchObject({ isOldVitest })
})
