import { Problem } from '../problem.js'
import { quoted } from '../quoted.js'
import { type Manifest, recordIn, textIn } from './manifest.js'
import { folderOf, isInside, joined } from './paths.js'
import type { Sources } from './sources.js'
import { pathIn, propertyOf, walk } from './syntax.js'
import { neighboursOf } from './workspace.js'

/** The files that make up the schema, and the folder when it is a folder. */
export type SchemaLocation = { files: ReadonlyMap<string, string>; folder: string | null }

/**
 * Finds the schema where Prisma itself would look: configured, in a script, or in its usual place;
 * in the app, else in the packages of its repository that it has to do with.
 */
export function locateSchema(sources: Sources, manifest: Manifest): SchemaLocation {
  const own = locateIn(sources, '', manifest)
  if (own) return own
  for (const { folder, manifest: theirs } of neighboursOf(sources.everything, manifest)) {
    const found = locateIn(sources, folder, theirs)
    if (found) return found
  }

  throw noSchema(manifest)
}

function noSchema({ ranges }: Manifest): Problem {
  if (!ranges.has('prisma') && !ranges.has('@prisma/client')) {
    return new Problem(
      'This app does not use Prisma: its package.json lists neither prisma nor @prisma/client.',
      'Set Prisma up first (https://www.prisma.io/docs/getting-started), or pass --cwd <dir> when the app is in another folder.',
    )
  }

  return new Problem(
    `There is no Prisma schema; looked in ${USUAL_PLACES.join(', ')}, prisma.config.ts and package.json.`,
    'Create one with npx prisma init, or pass --cwd <dir> when it is in another folder.',
  )
}

function locateIn(sources: Sources, folder: string, manifest: Manifest): SchemaLocation | null {
  const configured = configuredPath(sources, folder, manifest)
  if (configured) {
    const location = locationAt(sources, configured.path)
    if (location) return location
    throw new Problem(
      `${configured.by} names the Prisma schema ${quoted(configured.path, 100)}, which is not there.`,
      'Correct the path and run this again.',
    )
  }
  const locations = USUAL_PLACES.map((path) => locationAt(sources, joined(folder, path)))

  return locations.find((location) => location !== null) ?? null
}

const USUAL_PLACES = [
  'prisma/schema.prisma',
  'schema.prisma',
  'prisma/schema',
  'prisma',
  'src/prisma/schema.prisma',
]

const CONFIGURATIONS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].flatMap((extension) => [
  `prisma.config.${extension}`,
  `.config/prisma.${extension}`,
])

function configuredPath(
  sources: Sources,
  folder: string,
  manifest: Manifest,
): { path: string; by: string } | null {
  for (const by of CONFIGURATIONS.map((name) => joined(folder, name))) {
    const path = pathInConfiguration(sources, by)
    if (path !== null) return { path, by }
  }
  const by = joined(folder, 'package.json')
  const inManifest = textIn(recordIn(manifest.entries, 'prisma'), 'schema')
  if (inManifest !== '') return { path: joined(folder, inManifest), by }

  for (const script of manifest.scripts.values()) {
    const [, path] = script.match(/\bprisma\b[^&|;]*\s--schema(?:=|\s+)["']?([^\s"'&|;]+)/) ?? []
    if (path && locationAt(sources, joined(folder, path))) return { path: joined(folder, path), by }
  }

  return null
}

function pathInConfiguration(sources: Sources, file: string): string | null {
  const source = sources.everything.has(file) ? sources.read(file) : null
  if (source === null) return null
  let path: string | null = null
  walk(source.program, (node) => {
    const value = propertyOf(node, 'schema')
    if (value && path === null) path = pathIn(source.program, value)
  })

  if (path === null) return null
  const schema = joined(folderOf(file), path)

  // Others call a file of their own prisma.config.ts, and their `schema` may be anything.
  const isPrismas = /['"]@?prisma\/config['"]/.test(source.text) || /\.prisma$|\//.test(path)

  return isPrismas || locationAt(sources, schema) !== null ? schema : null
}

function locationAt({ everything }: Sources, path: string): SchemaLocation | null {
  const text = everything.get(path)
  if (text !== undefined) return { files: new Map([[path, text]]), folder: null }
  const files = [...everything]
    .filter(([file]) => file.endsWith('.prisma') && path !== '' && isInside(file, path))
    .sort(([one], [other]) => (one < other ? -1 : 1))

  return files.length === 0 ? null : { files: new Map(files), folder: path }
}
