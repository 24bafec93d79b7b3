import { withoutExtension } from '../edits/specifier.js'
import { Problem } from '../problem.js'
import { quoted } from '../quoted.js'
import type { PrismaFacts } from './facts.js'
import { writerOfSchema } from './generated-schema.js'
import { type Manifest, readMajor } from './manifest.js'
import { refuseUnfinishedMerge } from './merge-markers.js'
import { folderOf, joined } from './paths.js'
import { readAccess, readAccessAround } from './read-access.js'
import { type Block, readSchema, type Schema } from './read-schema.js'
import { locateSchema } from './schema-location.js'
import type { Sources } from './sources.js'
import { entryOf, neighboursOf, ownerOf } from './workspace.js'

/** The app's database as Prisma knows it. */
export function readPrisma(sources: Sources, manifest: Manifest): PrismaFacts {
  const { files, folder } = locateSchema(sources, manifest)
  for (const [path, text] of files) refuseUnfinishedMerge(path, text)
  const schema = readSchema(files)
  const datasource = datasourceIn(schema, folder ?? [...files.keys()].join())
  const provider = providerOf(datasource)
  const major = readPrismaMajor(sources, manifest, datasource.file)
  const generator = clientGenerator(schema, datasource.file)
  const access = accessTo(sources, manifest)

  return {
    major,
    schemaFile: datasource.file,
    schemaFolder: folder,
    schemaWriter: writerOfSchema(sources, manifest, datasource.file),
    provider,
    generator: isNewGenerator(generator) ? 'prisma-client' : 'prisma-client-js',
    client: passedOn(sources, manifest, clientOf(generator), datasource.file),
    access,
    isExtended: isExtended(sources, access),
    models: schema.models,
    enums: schema.enums,
  }
}

function readPrismaMajor(
  { everything }: Sources,
  manifest: Manifest,
  schemaFile: string,
): PrismaFacts['major'] {
  const owner = ownerOf(schemaFile, neighboursOf(everything, manifest))
  const known = [manifest, ...(owner ? [owner.manifest] : [])].flatMap((each) =>
    PACKAGES.filter((name) => each.ranges.has(name)).map((name) =>
      readMajor(everything, each, name),
    ),
  )
  if (known.length === 0) {
    throw new Problem(
      'package.json of this folder lists neither prisma nor @prisma/client.',
      'Install both, or pass --cwd <dir> when the app is in another folder.',
    )
  }
  const major = known.find((version) => version !== null) ?? 7
  if (major === 5 || major === 6 || major === 7) return major

  throw new Problem(
    `This app uses Prisma ${major}, and the generated code needs Prisma 5, 6 or 7.`,
    major < 5
      ? 'Upgrade it first, https://www.prisma.io/docs/orm/more/upgrade-guides says how, then run this again.'
      : 'Look for a newer version of create-auth.',
  )
}

const PACKAGES = ['@prisma/client', 'prisma']

function datasourceIn({ datasources }: Schema, where: string): Block {
  const [datasource] = datasources
  if (datasource) return datasource

  throw invalid(where, 'it has no datasource')
}

const PROVIDERS: ReadonlyMap<string, PrismaFacts['provider']> = new Map([
  ['sqlite', 'sqlite'],
  ['postgresql', 'postgresql'],
  ['postgres', 'postgresql'],
  ['mysql', 'mysql'],
  ['cockroachdb', 'cockroachdb'],
  ['sqlserver', 'sqlserver'],
])

function providerOf({ name, file, settings }: Block): PrismaFacts['provider'] {
  const written = settings.get('provider')
  if (written === undefined) throw invalid(file, `datasource ${name} has no provider`)
  const provider = PROVIDERS.get(written)
  if (provider) return provider
  if (written !== 'mongodb') {
    throw invalid(file, `datasource ${name} has the unknown provider ${quoted(written)}`)
  }

  throw new Problem(
    `${file} is for MongoDB, and the generated code needs an SQL database.`,
    'Use SQLite, PostgreSQL, MySQL or CockroachDB for the accounts.',
  )
}

function clientGenerator({ generators }: Schema, file: string): Block {
  const found = generators.find(({ settings }) =>
    /^prisma-client(?:-js)?$/.test(settings.get('provider') ?? ''),
  )
  if (found) return found

  throw invalid(file, 'it has no generator for Prisma Client')
}

function isNewGenerator({ settings }: Block): boolean {
  return settings.get('provider') === 'prisma-client'
}

/** A client outside node_modules is imported by path, from its own file: folders need a bundler. */
function clientOf(generator: Block): string {
  const output = generator.settings.get('output')
  if (!output || output.startsWith('env(')) return '@prisma/client'
  const folder = joined(folderOf(generator.file), output)
  const [, inPackages] = folder.match(/(?:^|\/)node_modules\/(.+)$/) ?? []
  if (inPackages === '.prisma/client') return '@prisma/client'
  if (inPackages) return inPackages

  return `${folder}/${isNewGenerator(generator) ? 'client' : 'index'}`
}

/** A package of the repository that owns the schema may export the client, and is then asked for it. */
function passedOn(
  sources: Sources,
  manifest: Manifest,
  client: string,
  schemaFile: string,
): string {
  const owner = ownerOf(schemaFile, neighboursOf(sources.everything, manifest))
  if (!owner || !manifest.ranges.has(owner.manifest.name)) return client
  const entry = entryOf(sources.everything, owner)
  const passes = [...sources.textOf(entry).matchAll(/export\s*\*\s*from\s*['"]([^'"\n]+)['"]/g)]
  const isPassed = passes.some(([, module = '']) =>
    client.startsWith('../')
      ? withoutExtension(joined(folderOf(entry), module)) === client
      : module === client,
  )

  return isPassed ? owner.manifest.name : client
}

function accessTo(sources: Sources, manifest: Manifest): PrismaFacts['access'] {
  const own = readAccess(sources)

  return own.kind === 'unknown' ? (readAccessAround(sources, manifest) ?? own) : own
}

function isExtended(sources: Sources, access: PrismaFacts['access']): boolean {
  if (access.kind === 'unknown') return false
  const files = access.kind === 'import' ? [access.file] : [access.file, access.singleton?.file]

  return files.some((file) => file && /\.\$extends\s*\(/.test(sources.textOf(file)))
}

function invalid(file: string, what: string): Problem {
  return new Problem(
    `${file} is not a valid Prisma schema: ${what}.`,
    'Run npx prisma validate to see more, mend it and run this again.',
  )
}
