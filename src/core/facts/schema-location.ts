import { Problem } from '../problem.js'
import { quoted } from '../quoted.js'
import { type Manifest, recordIn, textIn } from './manifest.js'
import { folderOf, isInside, joined } from './paths.js'
import type { Sources } from './sources.js'
import { pathIn, propertyOf, walk } from './syntax.js'

/** The files that make up the schema, and the folder when it is a folder. */
export type SchemaLocation = { files: ReadonlyMap<string, string>; folder: string | null }

/** Finds the schema where Prisma itself would look: configured, in a script, or in its usual place. */
export function locateSchema(sources: Sources, manifest: Manifest): SchemaLocation {
  const configured = configuredPath(sources, manifest)
  if (configured) {
    const location = locationAt(sources, configured.path)
    if (location) return location
    throw new Problem(
      `${configured.by} names the Prisma schema ${quoted(configured.path, 100)}, which is not there.`,
      'Correct the path and run this again.',
    )
  }
  for (const path of USUAL_PLACES) {
    const location = locationAt(sources, path)
    if (location) return location
  }

  throw new Problem(
    `There is no Prisma schema; looked in ${USUAL_PLACES.join(', ')}, prisma.config.ts and package.json.`,
    'Create one with npx prisma init, or pass --cwd <dir> when it is in another folder.',
  )
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

function configuredPath(sources: Sources, manifest: Manifest): { path: string; by: string } | null {
  for (const by of CONFIGURATIONS) {
    const path = pathInConfiguration(sources, by)
    if (path !== null) return { path, by }
  }
  const inManifest = textIn(recordIn(manifest.entries, 'prisma'), 'schema')
  if (inManifest !== '') return { path: joined(inManifest), by: 'package.json' }

  for (const script of manifest.scripts.values()) {
    const [, path] = script.match(/\bprisma\b[^&|;]*\s--schema(?:=|\s+)["']?([^\s"'&|;]+)/) ?? []
    if (path && locationAt(sources, joined(path))) return { path: joined(path), by: 'package.json' }
  }

  return null
}

function pathInConfiguration(sources: Sources, file: string): string | null {
  const source = sources.project.has(file) ? sources.read(file) : null
  if (source === null) return null
  let path: string | null = null
  walk(source.program, (node) => {
    const value = propertyOf(node, 'schema')
    if (value && path === null) path = pathIn(source.program, value)
  })

  return path === null ? null : joined(folderOf(file), path)
}

function locationAt({ project }: Sources, path: string): SchemaLocation | null {
  const text = project.get(path)
  if (text !== undefined) return { files: new Map([[path, text]]), folder: null }
  const files = [...project]
    .filter(([file]) => file.endsWith('.prisma') && path !== '' && isInside(file, path))
    .sort(([one], [other]) => (one < other ? -1 : 1))

  return files.length === 0 ? null : { files: new Map(files), folder: path }
}
