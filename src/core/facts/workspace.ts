import type { Project } from '../project.js'
import { type Manifest, readForeignManifest } from './manifest.js'
import { folderOf, isInside, joined } from './paths.js'
import { fileAt } from './sources.js'

/** A package of the repository that the app is not in, by its folder from the app's root. */
export type Neighbour = { folder: string; manifest: Manifest }

/**
 * The packages around an app: first the folders that it lies in, then those that it depends on,
 * then those that these depend on. Others have nothing to do with it.
 */
export function neighboursOf(everything: Project, manifest: Manifest): Neighbour[] {
  const all = [...everything]
    .filter(([path]) => /^\.\.\/(?:.*\/)?package\.json$/.test(path))
    .map(([path, text]) => ({ folder: folderOf(path), manifest: readForeignManifest(text) }))
  const above = all
    .filter(({ folder }) => isAbove(folder))
    .toSorted((one, other) => one.folder.length - other.folder.length)
  const direct = dependenciesOf([manifest], all)
  const further = dependenciesOf(
    direct.map((each) => each.manifest),
    all,
  ).filter((each) => !direct.includes(each))

  return [...above, ...direct, ...further]
}

/** The package that a file outside the app is part of. */
export function ownerOf(file: string, neighbours: readonly Neighbour[]): Neighbour | null {
  if (!file.startsWith('../')) return null
  const [nearest] = neighbours
    .filter(({ folder }) => isInside(file, folder) && !isAbove(folder))
    .toSorted((one, other) => other.folder.length - one.folder.length)

  return nearest ?? neighbours.find(({ folder }) => isAbove(folder)) ?? null
}

/** The source file behind a package's name. */
export function entryOf(everything: Project, { folder }: Neighbour): string {
  const places = ['src/index', 'index', 'src/client', 'client']

  return (
    places
      .map((place) => fileAt(everything, joined(folder, place)))
      .find((file) => file !== null) ?? ''
  )
}

/** The folders that an app lies in, nearest first: `..`, `../..`. */
export function foldersAbove(everything: Project): string[] {
  const depths = [...everything.keys()].map((path) => /^(?:\.\.\/)*/.exec(path)?.[0].length ?? 0)
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0) / 3

  return Array.from({ length: deepest }, (_, index) => joined('../'.repeat(index + 1)))
}

function isAbove(folder: string): boolean {
  return /^\.\.(?:\/\.\.)*$/.test(folder)
}

function dependenciesOf(manifests: readonly Manifest[], all: readonly Neighbour[]): Neighbour[] {
  return all.filter(
    ({ folder, manifest: { name } }) =>
      name !== '' && !isAbove(folder) && manifests.some(({ ranges }) => ranges.has(name)),
  )
}
