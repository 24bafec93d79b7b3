// Code that people were given to own and have edited for years: the components of shadcn/ui, in
// apps. The base of a file is the version that it is nearest to, and the new version is the one
// after that. Nothing of it is kept here; whoever measures has the git directories.

import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isClassList } from '../../src/core/merging/class-keys.js'
import { readDocument } from '../../src/core/merging/document.js'

export type Owned = {
  id: string
  /** Whether the owner only formatted it. */
  isFormatted: boolean
  base: string
  ours: string
  next: string
  latest: string
}

const UPSTREAM = 'shadcn-ui+ui'
const SERIES = [
  'apps/www/registry/*/ui/*.tsx',
  'apps/v4/registry/new-york-v4/ui/*.tsx',
  'apps/www/components/ui/*.tsx',
  'templates/next-template/components/ui/*.tsx',
]

/** Less alike, and the base is a guess. */
const LEAST_ALIKE = 0.7

type Version = { text: string; keys: readonly string[] }
type Series = { name: string; versions: Version[] }

/** Every file that its owner changed and that the next version changed as well. */
export function ownedFiles(folder: string): Owned[] {
  const series = readSeries(folder)

  return readdirSync(folder)
    .filter((name) => name.includes('+') && name !== UPSTREAM)
    .flatMap((name) => filesOf(folder, name, series))
}

function readSeries(folder: string): Series[] {
  const git = gitOf(folder, UPSTREAM)
  const log = git(
    'log',
    '--reverse',
    '--format=',
    '--raw',
    '--no-renames',
    '--no-abbrev',
    '--',
    ...SERIES,
  )
  const byPath = new Map<string, string[]>()
  for (const [, blob = '', path = ''] of log.matchAll(/^:\d+ \d+ \w+ (\w+) [AM]\t(.*)$/gm)) {
    byPath.set(path, [...(byPath.get(path) ?? []), blob])
  }

  return [...byPath].map(([path, blobs]) => {
    const texts = blobs.map((blob) => withUsualImports(git('cat-file', 'blob', blob)))

    return {
      name: path.split('/').at(-1) ?? '',
      versions: texts.flatMap((text, index) => {
        const keys = keysOf(text)

        return keys === null || text === texts[index - 1] ? [] : [{ text, keys }]
      }),
    }
  })
}

function filesOf(folder: string, name: string, series: readonly Series[]): Owned[] {
  const git = gitOf(folder, name)
  const names = new Set(series.map((one) => one.name))
  const paths = git('ls-tree', '-r', '--name-only', 'HEAD')
    .split('\n')
    .filter((path) => /(?:^|\/)(?:ui|primitives|components)\/[\w-]+\.tsx$/.test(path))
    .filter((path) => names.has(path.split('/').at(-1) ?? ''))

  return paths.flatMap((path) => {
    const ours = withUsualImports(git('show', `HEAD:${path}`))
    const known = series.filter((one) => one.name === path.split('/').at(-1))
    const owned = findBase(ours, known)

    return owned ? [{ id: `${name}:${path}`, ours, ...owned }] : []
  })
}

function findBase(ours: string, known: readonly Series[]): Omit<Owned, 'id' | 'ours'> | null {
  const keys = keysOf(ours)
  if (keys === null) return null
  const nearest = known
    .flatMap(({ versions }) =>
      versions.map((version, index) => ({
        version,
        later: versions.slice(index + 1),
        likeness: likeness(keys, version.keys),
      })),
    )
    .reduce((best, one) => (one.likeness > best.likeness ? one : best), {
      version: { text: '', keys: [] as readonly string[] },
      later: [] as Version[],
      likeness: 0,
    })
  const [next] = nearest.later
  const latest = nearest.later.at(-1)
  const isSame = nearest.version.text.trim() === ours.trim()
  if (!next || !latest || isSame || nearest.likeness < LEAST_ALIKE) return null

  return {
    isFormatted: nearest.version.keys.join(' ') === keys.join(' '),
    base: nearest.version.text,
    next: next.text,
    latest: latest.text,
  }
}

/** How many tokens two texts share, of all that they have: 0 to 1. */
function likeness(left: readonly string[], right: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const key of left) counts.set(key, (counts.get(key) ?? 0) + 1)
  const shared = right.filter((key) => {
    const count = counts.get(key) ?? 0
    counts.set(key, count - 1)

    return count > 0
  })

  return (2 * shared.length) / (left.length + right.length)
}

function keysOf(text: string): string[] | null {
  const tokens = readDocument('component.tsx', text)?.tokens
  // A list of classes is many decisions: what is alike in it counts as well.
  return (
    tokens?.flatMap(({ key }) => (isClassList(key) ? key.slice(1, -1).split(' ') : [key])) ?? null
  )
}

/** Every app names the folders of its own code; a command that writes it would know how. */
function withUsualImports(text: string): string {
  return text
    .replace(
      /from ["']@?[~.\w/-]*\/(?:lib\/)?(?:utils?|cn|lib)(?:\/\w+)?["']/g,
      'from "@/lib/utils"',
    )
    .replace(/from ["'][^"']*registry\/[\w-]+\/ui\//g, 'from "@/components/ui/')
    .replace(/from ["'][@~.\w/-]*\/ui\/(?=[\w-]+["'])/g, 'from "@/components/ui/')
}

function gitOf(folder: string, name: string) {
  return (...args: string[]) =>
    execFileSync('git', ['--git-dir', join(folder, name, 'repo'), ...args], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    })
}
