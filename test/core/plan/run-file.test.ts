import { describe, expect, test } from 'vitest'
import { commandFor } from '../../../src/core/plan/run-file.js'
import { project } from '../../../src/core/project.js'

type Manifest = {
  type?: string
  scripts?: Record<string, string>
  devDependencies?: Record<string, string>
}

function command(manifest: Manifest, path = 'src/prune-users.ts', entry = 'src/server.ts') {
  return commandFor(path, project({ 'package.json': JSON.stringify(manifest), [entry]: '' }))
}

describe('a file of an app is run', () => {
  test('by Node, when it is JavaScript', () => {
    expect(command({}, 'prune-users.cjs')).toBe('node prune-users.cjs')
  })

  test.each([
    [{ devDependencies: { tsx: '^4.0.0' } }, 'tsx src/prune-users.ts'],
    [{ scripts: { start: 'bun --watch src/server.ts' } }, 'bun src/prune-users.ts'],
    [{ devDependencies: { 'ts-node-dev': '^2.0.0' } }, 'ts-node src/prune-users.ts'],
    [
      { devDependencies: { 'ts-node': '^10.0.0', 'tsconfig-paths': '^4.0.0' } },
      'ts-node -r tsconfig-paths/register src/prune-users.ts',
    ],
    [{ scripts: { start: 'node dist/server.js' } }, 'node dist/prune-users.js'],
    [
      {
        type: 'module',
        devDependencies: { 'ts-node': '^10.0.0' },
        scripts: { start: 'tsc && node --enable-source-maps ./build/src/server.js' },
      },
      'node build/src/prune-users.js',
    ],
  ])('as the app runs its own: %j', (manifest, expected) => {
    expect(command(manifest)).toBe(expected)
  })

  test.each([
    {},
    { scripts: { start: 'node dist/bundle.js' } },
    { scripts: { start: 'next start', build: 'node scripts/check.js' } },
  ])('in no way that could be guessed: %j', (manifest) => {
    expect(command(manifest)).toBe(null)
  })
})
