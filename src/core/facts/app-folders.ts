import { Problem } from '../problem.js'
import type { Project } from '../project.js'
import { quoted } from '../quoted.js'
import { type Manifest, readForeignManifest, recordIn } from './manifest.js'
import { isInside } from './paths.js'

/** The one folder with a Fastify app in a repository that is none itself, null when there is none. */
export function appFolder(project: Project): string | null {
  const folders = isAppItself(project) ? [] : appsBelow(project)
  if (folders.length > 1) throw severalApps(folders)

  return folders[0] ?? null
}

/** Refuses a folder that holds apps without being one, and names them. */
export function refuseFolderOfApps(project: Project): void {
  const folder = appFolder(project)
  if (folder === null) return

  throw new Problem(
    `The Fastify app of this repository is in ${quoted(folder)}.`,
    `Say so with --cwd ${quoted(folder)}.`,
  )
}

/** A package that leaves Fastify or the client to whoever installs it is a plugin, and has no app. */
export function refuseLibrary({ entries, scripts }: Manifest): void {
  const peers = recordIn(entries, 'peerDependencies')
  const [peer] = ['fastify', '@prisma/client'].filter((name) => Object.hasOwn(peers, name))
  if (peer === undefined || scripts.has('start') || entries.private === true) return

  throw new Problem(
    `This package is a plugin for other apps: ${peer} is one of its peerDependencies.`,
    'Run this in the app that registers the plugin, or pass its folder with --cwd <dir>.',
  )
}

function severalApps(folders: readonly string[]): Problem {
  const [first = ''] = folders

  return new Problem(
    `This folder holds several Fastify apps: ${folders
      .slice(0, 10)
      .map((folder) => quoted(folder))
      .join(', ')}.`,
    `Say which one with --cwd, as in --cwd ${quoted(first)}.`,
  )
}

/** A workspace may list Fastify for all its packages; an app also has a file that uses it. */
function isAppItself(project: Project): boolean {
  const { ranges } = readForeignManifest(project.get('package.json') ?? '')
  if (!ranges.has('fastify')) return false
  const packages = packagesBelow(project).map(({ folder }) => folder)

  return (
    packages.length === 0 ||
    [...project].some(
      ([path, text]) =>
        USES_FASTIFY.test(text) &&
        /\.[cm]?[jt]sx?$/.test(path) &&
        !packages.some((folder) => isInside(path, folder)),
    )
  )
}

const USES_FASTIFY = /['"](?:fastify|@fastify\/[\w-]+)['"]/

/** Where several depend on Fastify, those that start an app; of these, those with a database. */
function appsBelow(project: Project): string[] {
  const all = packagesBelow(project).filter(({ manifest }) => dependsOnFastify(manifest))
  const apps = narrowed(all, ({ folder, manifest }) => {
    const isStarted = [...manifest.scripts.values()].some((script) => /fastify start/.test(script))
    return isStarted || filesIn(project, folder).some(([, text]) => CREATES.test(text))
  })
  const withDatabase = narrowed(
    apps,
    ({ folder, manifest }) =>
      manifest.ranges.has('@prisma/client') ||
      filesIn(project, folder).some(([path]) => path.endsWith('.prisma')),
  )

  return withDatabase.map(({ folder }) => folder)
}

type Package = { folder: string; manifest: Manifest }

/** Those that pass, or all of them when none does. */
function narrowed(packages: readonly Package[], passes: (one: Package) => boolean) {
  const passing = packages.length > 1 ? packages.filter(passes) : packages

  return passing.length === 0 ? packages : passing
}

const CREATES = /\bfastify\s*(?:<[^(]*>)?\(|require\(['"]fastify['"]\)\s*\(/i

/** A plugin for other apps has it among its peerDependencies alone. */
function dependsOnFastify({ entries }: Manifest): boolean {
  return ['dependencies', 'devDependencies'].some((kind) =>
    Object.hasOwn(recordIn(entries, kind), 'fastify'),
  )
}

function packagesBelow(project: Project): Package[] {
  return [...project]
    .filter(([path]) => /\/package\.json$/.test(path) && !/(^|\/)node_modules\//.test(path))
    .map(([path, text]) => ({
      folder: path.slice(0, -'/package.json'.length),
      manifest: readForeignManifest(text),
    }))
    .sort((one, other) => (one.folder < other.folder ? -1 : 1))
}

function filesIn(project: Project, folder: string): [string, string][] {
  return [...project].filter(([path]) => isInside(path, folder))
}
