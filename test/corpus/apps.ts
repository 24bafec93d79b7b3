// The apps of a folder of checkouts. What cannot be read from one is in known-apps.json, for the apps
// that were measured before, and in a file apps.json of the folder, which has the last word.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { HandEdit } from './by-hand.js'
import type { PackageManager } from './packages.js'

export const KINDS = ['without auth', 'with auth', 'to be refused'] as const

export type Kind = (typeof KINDS)[number]

export type App = {
  /** `owner__repository`, the name of its folder. */
  name: string
  checkout: string
  kind: Kind
  /** The folder of the Fastify app in the checkout. */
  folder: string
  /** What its owner installs with, where there are lock files of several. */
  manager?: PackageManager['name']
  /** Folders of other packages of its workspace, which cannot be installed. */
  without: string[]
  /** The folder from which the app's owner calls Prisma. */
  prismaFolder: string
  /**
   * What the app's own environment has to say before it starts. `{database}` is its address, and
   * `{private key}` and `{public key}` are a pair, in base64.
   */
  env: Record<string, string>
  /** The file to start from where there is no `.env`. */
  envFile?: string
  /**
   * What builds the packages of its repository that it imports, or compiles native ones, whose
   * install scripts do not run; in the folder of its lock file.
   */
  prepare: string[]
  /** What fills tables that it reads as it starts; in its own folder. */
  seed?: string
  /** How it is started, where none of its scripts does it. */
  start?: string
  /** Flags that answer what the command would ask a person. */
  answers: string[]
  /** What a person changes after a refusal, before the second try. */
  asked: HandEdit[]
  /** What a person does with an edit that is left, where its text alone does not say where. */
  left: HandEdit[]
}

type Known = Partial<Omit<App, 'name' | 'checkout'>>

const KNOWN_APPS = fileURLToPath(new URL('known-apps.json', import.meta.url))

/** @throws {Error} when a name is none of the checkouts */
export function findApps(checkouts: string, names: readonly string[]): App[] {
  const known = { ...readKnown(KNOWN_APPS), ...readKnown(join(checkouts, 'apps.json')) }
  const apps = readdirSync(checkouts, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => describe(name, join(checkouts, name), known[name] ?? {}))
  const missing = names.find((name) => !apps.some((app) => app.name === name))
  if (missing !== undefined) throw new Error(`There is no checkout ${missing} in ${checkouts}.`)

  return names.length === 0
    ? apps.toSorted(byKind)
    : apps.filter(({ name }) => names.includes(name))
}

function readKnown(file: string): Record<string, Known> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

function describe(name: string, checkout: string, known: Known): App {
  const folder = known.folder ?? '.'

  return {
    kind: 'without auth',
    env: {},
    without: [],
    prepare: [],
    answers: [],
    asked: [],
    left: [],
    ...known,
    name,
    checkout,
    folder,
    prismaFolder: known.prismaFolder ?? folder,
  }
}

function byKind(one: App, other: App): number {
  return KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || one.name.localeCompare(other.name)
}

/** The nearest folder with a lock file, from the app's own up to the checkout's. */
export function installFolder(root: string, folder: string): string {
  for (let path = join(root, folder); ; path = dirname(path)) {
    if (LOCK_FILES.some((name) => existsSync(join(path, name)))) return path
    if (relative(root, path) === '') return join(root, folder)
  }
}

export const LOCK_FILES = [
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
]
