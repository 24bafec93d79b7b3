import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { committedFiles } from './support/examples.js'

const LARGEST = 500 * 1000
const MOST_PACKAGES = 15

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'create-auth-package-'))
const installed = join(folder, 'node_modules/create-auth')
const command = join(installed, 'bin/create-auth.js')

afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Packed = { filename: string; size: number; files: { path: string }[] }
let packed: Packed

beforeAll(() => {
  packed = pack()
  install(packed)
}, 120_000)

describe('the package', () => {
  test('is under 500 KB', () => {
    expect(packed.size).toBeLessThan(LARGEST)
  })

  test('holds the command, its templates and what a reader looks for, and nothing else', () => {
    const own = packed.files
      .map(({ path }) => path)
      .filter((path) => !/^(advisories|bin|dist|releases|templates)\//.test(path))

    expect(own.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'examples/default/package.json',
      'examples/fastify-4/package.json',
      'examples/jest/package.json',
      'package.json',
    ])
    expect(filesIn(join(installed, 'bin'))).toEqual(filesIn(join(root, 'bin')))
  })

  // npm drops or renames some names (.gitignore, .npmrc), and never says so.
  test('holds every template byte for byte, dot-files too', () => {
    const forEditors = new Set(['tsconfig.json', 'bcryptjs.d.ts'])
    const templates = filesIn(join(root, 'templates')).filter((path) => !forEditors.has(path))

    expect(filesIn(join(installed, 'templates'))).toEqual(templates)
    expect(templates).toContain('app/.env.example')
    expect(templates).toContain('app/_gitignore')
    expect(templates).toContain('auth/.create-auth/manifest.json')
    for (const path of templates) {
      const [theirs, ours] = [installed, root].map((at) =>
        readFileSync(join(at, 'templates', path)),
      )
      expect(theirs, path).toEqual(ours)
    }
  })

  test.each(['advisories', 'releases'])('holds all %s', (name) => {
    expect(filesIn(join(installed, name))).toEqual(filesIn(join(root, name)))
  })

  test('holds the compiled form of every source, and of no source that is gone', () => {
    const sources = filesIn(join(root, 'src')).map((path) => path.replace(/\.ts$/, '.js'))

    expect(filesIn(join(installed, 'dist')), 'remove dist, and build again').toEqual(sources)
  })
})

describe('its installation', () => {
  const packages = productionPackages()

  test('brings at most 15 packages, itself among them', () => {
    expect(packages.length + 1).toBeLessThanOrEqual(MOST_PACKAGES)
  })

  test('runs no script of any of them', () => {
    expect(packages.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([])
  })
})

describe('the installed command', () => {
  test('helps', () => {
    const { status, stdout } = run('--help')

    expect(status).toBe(0)
    expect(stdout).toContain('Usage: create-auth')
  })

  test('writes the app that the repository shows as its example', () => {
    const app = join(folder, 'my-app')
    const { status, stderr } = run('new', app, '--yes', '--skip-install')

    expect(stderr).toBe('')
    expect(status).toBe(0)
    const example = join(root, 'examples/default')
    expect(committedFiles(app)).toEqual(committedFiles(example))
    for (const path of committedFiles(app)) {
      expect(readFileSync(join(app, path), 'utf8'), path).toBe(
        readFileSync(join(example, path), 'utf8'),
      )
    }
  })

  test('shows what it would write into an app that exists, and writes nothing', () => {
    const host = join(folder, 'by-hand')
    cpSync(join(root, 'test/hosts/by-hand'), host, { recursive: true })
    const before = filesIn(host)

    const { status, stdout } = run('scaffold', '--dry-run', '--yes', '--cwd', host)

    expect(stdout).toMatch(/create +src\/accounts\.ts/)
    expect(status).toBeLessThanOrEqual(1)
    expect(filesIn(host)).toEqual(before)
  })
})

function pack(): Packed {
  const output = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: root, encoding: 'utf8', stdio: 'pipe', shell: process.platform === 'win32' },
  )

  return JSON.parse(output)[0]
}

/** As `npm install` would lay it out, with the packages it needs and no others beside it. */
function install({ filename }: Packed) {
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1'])

  for (const [path] of productionPackages()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    symlinkSync(join(root, path), join(folder, path), 'junction')
  }
}

type Locked = { dev?: boolean; devOptional?: boolean; hasInstallScript?: boolean }

function productionPackages(): [string, Locked][] {
  const { packages }: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  )

  return Object.entries(packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional,
  )
}

function run(...args: string[]) {
  return spawnSync(process.execPath, [command, ...args], { cwd: folder, encoding: 'utf8' })
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join('/'))
    .sort()
}
