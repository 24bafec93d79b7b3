import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keepRelease } from '../examples/keep-release.js'
import { readReleases } from '../src/shell/read-releases.js'
import { readTemplates } from '../src/shell/read-templates.js'

function write(root: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

/** A repository with a release of two templates that changed since, and one that went. */
function repository(): string {
  const root = mkdtempSync(join(tmpdir(), 'create-auth-releases-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' })
  write(root, {
    'package.json': '{ "version": "1.0.0" }',
    'templates/auth/src/same.ts': 'same\n',
    'templates/auth/src/other.ts': 'one\n',
    'templates/auth/src/gone.ts': 'gone\n',
  })
  git('init')
  git('add', '.')
  git('-c', 'user.name=a', '-c', 'user.email=a@b.test', 'commit', '-m', 'one')
  git('tag', 'v1.0.0')
  write(root, {
    'package.json': '{ "version": "1.1.0" }',
    'templates/auth/src/other.ts': 'two\n',
  })
  rmSync(join(root, 'templates/auth/src/gone.ts'))

  return root
}

test('a release is kept as what it wrote otherwise, and read back as it was', () => {
  const root = repository()

  expect(keepRelease(root, 'v1.0.0')).toEqual({
    version: '1.0.0',
    kept: ['src/gone.ts', 'src/other.ts'],
  })
  const templates = readTemplates(join(root, 'templates/auth'))
  const [, release] = readReleases(root, { version: '1.1.0', templates })
  expect(release?.version).toBe('1.0.0')
  expect(Object.fromEntries(release?.templates ?? [])).toEqual({
    'src/same.ts': 'same\n',
    'src/other.ts': 'one\n',
    'src/gone.ts': 'gone\n',
  })
})

test('a release is kept again where the next version changed more since', () => {
  const root = repository()
  keepRelease(root, 'v1.0.0')
  write(root, { 'templates/auth/src/other.ts': 'one\n', 'templates/auth/src/same.ts': 'new\n' })

  expect(keepRelease(root, 'v1.0.0').kept).toEqual(['src/gone.ts', 'src/same.ts'])
})

test('the version that is being worked on is no release', () => {
  const root = repository()
  write(root, { 'package.json': '{ "version": "1.0.0" }' })

  expect(() => keepRelease(root, 'v1.0.0')).toThrow('raise the version first')
})
