// An app's own Prisma, without a native engine: migrations go through the suite's stand-in, and
// clients of Prisma 5 and 6 get the driver adapter that Prisma 7 asks its owner for.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { readModels } from '../support/mysql/models.js'
import { tablesOf } from '../support/mysql/tables.js'
import { askForAdapters, clientEnv, giveAdapter } from './clients.js'
import { type Ending, lastWords, run } from './commands.js'
import { type Provider, runOnMysql } from './databases.js'
import { changesBetween } from './mysql-changes.js'
import { findPackageFile, installedVersion, readManifest } from './packages.js'

export type PrismaApp = {
  /** Where its owner calls Prisma. */
  cwd: string
  version: string
  major: number
  provider: Provider | 'other'
  /** The text of all schema files. */
  schema: string
  hasMigrations: boolean
  /** The variables that hold the address of the database. */
  variables: string[]
}

/** Null where Prisma is not installed, or has no schema. */
export function readPrisma(cwd: string): PrismaApp | null {
  const version = installedVersion(cwd, 'prisma')
  const files = schemaFiles(cwd)
  if (version === null || files.length === 0) return null
  const schema = files.map((path) => readFileSync(join(cwd, path), 'utf8')).join('\n')
  const provider = /datasource[^}]*?provider\s*=\s*"(\w+)"/.exec(schema)?.[1] ?? ''
  const config = ['prisma.config.ts', 'prisma.config.js', 'prisma.config.mjs']
    .map((name) => join(cwd, name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')

  return {
    cwd,
    version,
    major: Number(version.split('.')[0]),
    provider: isKnown(provider) ? provider : 'other',
    schema,
    hasMigrations:
      !pushes(cwd) && filesIn(cwd).some((path) => /migrations\/[^/]+\/migration\.sql$/.test(path)),
    variables: variablesIn(schema, config),
  }
}

/** A client that was generated into the sources has a copy of the schema. */
export function schemaFiles(cwd: string): string[] {
  return filesIn(cwd).filter(
    (path) => path.endsWith('.prisma') && !existsSync(join(cwd, dirname(path), 'runtime')),
  )
}

/** Some have a migration or two, and bring their tables by the schema all the same. */
function pushes(cwd: string): boolean {
  const scripts = Object.values(readManifest(cwd).scripts ?? {}).join('\n')

  return /\bdb push\b/.test(scripts) && !/\bmigrate (?:dev|deploy)\b/.test(scripts)
}

function isKnown(provider: string): provider is Provider {
  return ['sqlite', 'postgresql', 'mysql'].includes(provider)
}

function variablesIn(schema: string, config: string): string[] {
  const datasource = /datasource[^}]*}/.exec(schema)?.[0] ?? ''
  const inSchema = [...datasource.matchAll(/env\(\s*"(\w+)"/g)]
  const inConfig = [
    ...config.matchAll(/(?:process\.)?env(?:\.|\[?\(?['"])(\w*(?:URL|URI|DATABASE)\w*)/g),
  ]

  return [...new Set(['DATABASE_URL', ...[...inSchema, ...inConfig].map(([, name = '']) => name)])]
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', '.git', '.create-auth', 'dist'].includes(entry.name)) return []

    return entry.isDirectory()
      ? filesIn(join(folder, entry.name)).map((path) => `${entry.name}/${path}`)
      : [entry.name]
  })
}

/** The app's environment for a database. */
export function databaseEnv({ variables }: PrismaApp, url: string): Record<string, string> {
  return Object.fromEntries(variables.map((name) => [name, url]))
}

export async function prisma(
  app: PrismaApp,
  args: readonly string[],
  env: Record<string, string>,
  work: string,
): Promise<Ending> {
  const cli = join(dirname(findPackageFile(app.cwd, 'prisma') ?? ''), 'build/index.js')
  const putBack = askForAdapters(app)
  const ending = await run([process.execPath, cli, ...args], {
    cwd: app.cwd,
    env: { ...env, ...clientEnv(app) },
    within: 3,
  })
  putBack()
  // Migrating generates the client as well.
  if (ending.code === 0) await giveAdapter(app, work)

  return ending
}

/** The client of the app; one of Prisma 5 or 6 comes with a driver adapter in it. */
export function generate(
  app: PrismaApp,
  env: Record<string, string>,
  work: string,
): Promise<Ending> {
  return prisma(app, ['generate'], env, work)
}

/** Applies the migrations that an app has, or its schema where it has none. */
export function applySchema(
  app: PrismaApp,
  env: Record<string, string>,
  work: string,
): Promise<Ending> {
  if (app.provider === 'mysql') return createTables(app, env, work)

  return prisma(app, app.hasMigrations ? ['migrate', 'deploy'] : ['db', 'push'], env, work)
}

/** On MySQL, which the stand-in engine does not know: what the schema says, in an empty database. */
async function createTables(
  app: PrismaApp,
  env: Record<string, string>,
  work: string,
): Promise<Ending> {
  return runOnMysql(databaseIn(app, env), (await tablesFor(app, env, work)).join(';\n'))
}

/** On MySQL, what the schema of the second app adds to the tables of the first. */
export async function changeTables(
  from: PrismaApp,
  to: PrismaApp,
  env: Record<string, string>,
  work: string,
): Promise<Ending> {
  const [before, after] = [await tablesFor(from, env, work), await tablesFor(to, env, work)]

  return runOnMysql(databaseIn(to, env), changesBetween(before, after).join(';\n'))
}

function databaseIn({ variables }: PrismaApp, env: Record<string, string>): string {
  const url = variables.map((name) => env[name]).find(Boolean) ?? ''

  return new URL(url).pathname.slice(1)
}

async function tablesFor(
  app: PrismaApp,
  env: Record<string, string>,
  work: string,
): Promise<string[]> {
  const schema = await readModels(app.schema, async (file, more) => {
    const ending = await prisma(app, ['generate', '--schema', file], { ...env, ...more }, work)
    if (ending.code !== 0) throw new Error(lastWords(ending))
  })
  const hasForeignKeys = !/^\s*relationMode\s*=\s*"prisma"/m.test(app.schema)

  return tablesOf(schema, hasForeignKeys)
}

/** What the person is told to do after a scaffold; where there are no migrations, the schema. */
export function migrate(
  app: PrismaApp,
  env: Record<string, string>,
  work: string,
): Promise<Ending> {
  // Until Prisma 6 the rows of its owner came in as well, by a client that has no adapter yet.
  const noSeed = app.major < 7 ? ['--skip-seed'] : []
  const developed = ['migrate', 'dev', '--name', 'create_auth', ...noSeed]
  if (app.provider === 'mysql') return createTables(app, env, work)

  return prisma(app, app.hasMigrations ? developed : ['db', 'push'], env, work)
}
