// The package managers of the apps. They come as packages, none of them from Corepack.

import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { type Ending, run } from './commands.js'

export type PackageManager = {
  name: 'npm' | 'pnpm' | 'yarn' | 'berry' | 'bun'
  /** What npm calls it, with its version; null for the npm of this machine. */
  package: string | null
}

/** Which one an app wants: by `packageManager` in package.json, or by the lock file's version. */
export function managerOf(folder: string): PackageManager {
  const { packageManager = '' } = readManifest(folder)
  const [, name, major] = /^(pnpm|yarn)@(\d+)/.exec(packageManager) ?? []
  if (name === 'pnpm') return { name, package: `pnpm@${major}` }
  if (name === 'yarn' && major !== '1') return BERRY

  const lock = (file: string) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : null
  if (lock('package-lock.json') !== null) return { name: 'npm', package: null }
  const pnpm = lock('pnpm-lock.yaml')
  if (pnpm !== null) {
    return { name: 'pnpm', package: /^lockfileVersion: '?9/m.test(pnpm) ? 'pnpm@9' : 'pnpm@8' }
  }
  const yarn = lock('yarn.lock')
  if (yarn !== null) return yarn.includes('__metadata:') ? BERRY : YARN
  if (lock('bun.lock') !== null || lock('bun.lockb') !== null) return BUN

  return { name: 'npm', package: null }
}

const BERRY = { name: 'berry', package: '@yarnpkg/cli-dist@4' } as const
const YARN = { name: 'yarn', package: 'yarn@1' } as const
const BUN = { name: 'bun', package: 'bun@1' } as const

/** The newest of each, for an app whose lock files do not tell. */
export const MANAGERS: Record<PackageManager['name'], PackageManager> = {
  npm: { name: 'npm', package: null },
  pnpm: { name: 'pnpm', package: 'pnpm@9' },
  yarn: YARN,
  berry: BERRY,
  bun: BUN,
}

export type Manifest = {
  packageManager?: string
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

export function readManifest(folder: string): Manifest {
  const file = join(folder, 'package.json')

  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) : {}
}

/** A folder for the PATH with what package.json files may call; fetched once. */
export async function provideTool(work: string, specifier: string): Promise<string> {
  const folder = join(work, 'tools', specifier.replaceAll('/', '+'))
  const bin = join(folder, 'node_modules/.bin')
  if (!existsSync(bin)) {
    mkdirSync(folder, { recursive: true })
    await run(['npm', 'install', '--no-audit', '--no-fund', '--prefix', folder, specifier], {
      cwd: folder,
    })
  }

  return bin
}

// With the lock file as it is, and otherwise with what is in the registry today.
const INSTALL: Record<PackageManager['name'], readonly (readonly string[])[]> = {
  npm: [
    ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund'],
    ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'],
  ],
  pnpm: [
    ['pnpm', 'install', '--ignore-scripts', '--frozen-lockfile'],
    ['pnpm', 'install', '--ignore-scripts', '--no-frozen-lockfile'],
  ],
  yarn: [
    ['yarn', 'install', '--ignore-scripts', '--frozen-lockfile', '--non-interactive'],
    ['yarn', 'install', '--ignore-scripts', '--non-interactive', '--ignore-engines'],
  ],
  berry: [['yarn', 'install', '--mode=skip-build']],
  bun: [['bun', 'install', '--ignore-scripts']],
}

const QUIET = {
  HUSKY: '0',
  YARN_ENABLE_SCRIPTS: 'false',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  YARN_ENABLE_TELEMETRY: 'false',
}

/** How an install ended, and in which way: the first that works, or the last. */
export async function install(
  folder: string,
  manager: PackageManager,
  path: readonly string[],
  firstWay = 0,
): Promise<Ending & { way: number }> {
  const ways = INSTALL[manager.name]
  const way = Math.min(firstWay, ways.length - 1)
  const ending = await run(ways[way] ?? [], { cwd: folder, env: QUIET, path })
  if (ending.code === 0 || way === ways.length - 1) return { ...ending, way }

  return install(folder, manager, path, way + 1)
}

const ADD: Record<PackageManager['name'], readonly string[]> = {
  npm: ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'],
  pnpm: ['pnpm', 'add', '--ignore-scripts', '-w'],
  yarn: ['yarn', 'add', '--ignore-scripts', '--non-interactive', '--ignore-engines', '-W'],
  berry: ['yarn', 'add', '--mode=skip-build'],
  bun: ['bun', 'add', '--ignore-scripts'],
}

/** Adds packages to the app in a folder. */
export function addPackages(
  folder: string,
  packages: readonly string[],
  manager: PackageManager,
  path: readonly string[],
): Promise<Ending> {
  const isRoot = existsSync(join(folder, 'pnpm-workspace.yaml'))
  const command = ADD[manager.name].filter((word) => isRoot || !/^-[wW]$/.test(word))

  return run([...command, ...packages], { cwd: folder, env: QUIET, path })
}

/** What is installed, as the app in a folder finds it; null when it does not. */
export function installedVersion(folder: string, name: string): string | null {
  const file = findPackageFile(folder, name)

  return file === null ? null : JSON.parse(readFileSync(file, 'utf8')).version
}

export function findPackageFile(folder: string, name: string): string | null {
  const { resolve } = createRequire(join(folder, 'package.json'))
  const folders = resolve.paths(name) ?? []
  const files = folders.map((path) => join(path, name, 'package.json'))

  return files.find((path) => existsSync(path)) ?? null
}
