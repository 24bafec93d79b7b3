import { describe, expect, it } from 'vitest'
import { readFacts } from '../../../src/core/facts/read-facts.js'
import { factory } from './apps.js'

const TEST = "import { test } from 'vitest'\n"

function folderIn(files: Record<string, string | null>): string {
  return readFacts(factory({ 'test/posts.test.ts': null, ...files })).tests.folder
}

describe('the folder of the tests is', () => {
  it.each([
    ['tests', { 'tests/a.test.ts': TEST }],
    ['__tests__', { '__tests__/app/a.ts': TEST }],
    ['src/test', { 'src/test/helpers/a.ts': TEST }],
    ['test', {}],
  ])('%s', (folder, files) => {
    expect(folderIn(files)).toBe(folder)
  })

  it('not one of a part of the app', () => {
    expect(folderIn({ 'src/modules/posts/__tests__/a.test.ts': TEST })).toBe('test')
  })

  it('beside the sources of a package further down', () => {
    const entry = factory().get('src/app.ts') ?? ''
    const files = { 'packages/api/src/app.ts': entry, 'src/app.ts': null, 'src/server.ts': null }

    expect(folderIn(files)).toBe('packages/api/test')
  })
})

describe('where the compiler reads everything', () => {
  const compiler = (options: object, more: object = {}) => ({
    'tsconfig.json': JSON.stringify({ compilerOptions: options, ...more }),
  })

  it('tests go into rootDir', () => {
    expect(folderIn(compiler({ rootDir: './src' }))).toBe('src/test')
    expect(folderIn(compiler({ rootDir: './' }))).toBe('test')
  })

  it('tests go into the one folder that all sources are in: dist keeps its shape', () => {
    expect(folderIn(compiler({ outDir: 'dist' }))).toBe('src/test')
    expect(folderIn(compiler({ outDir: 'dist', noEmit: true }))).toBe('test')
    expect(folderIn({ ...compiler({ outDir: 'dist' }), 'seed.ts': 'export {}' })).toBe('test')
  })

  it('tests stay beside the sources where the compiler does not look', () => {
    const options = { rootDir: 'src', outDir: 'dist' }

    expect(folderIn(compiler(options, { include: ['src'] }))).toBe('test')
    expect(folderIn(compiler(options, { include: ['src/**/*.ts', './types'] }))).toBe('test')
    expect(folderIn(compiler(options, { include: ['/src/**'] }))).toBe('test')
    expect(folderIn(compiler(options, { files: ['src/app.ts'] }))).toBe('test')
    expect(folderIn(compiler(options, { exclude: ['test'] }))).toBe('test')
    expect(folderIn(compiler(options, { exclude: ['**/*.test.ts'] }))).toBe('test')
    expect(folderIn(compiler(options, { include: ['src', 'test'] }))).toBe('src/test')
  })
})
