// An app's own Prisma, without a native engine: migrations go through the suite's stand-in, and
// clients of Prisma 6 get the driver adapter that Prisma 7 asks its owner for.

import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { type Ending, run } from './commands.js'
import type { Provider } from './databases.js'
import { findPackageFile, installedVersion } from './packages.js'

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
  const files = filesIn(cwd).filter((path) => path.endsWith('.prisma'))
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
    hasMigrations: filesIn(cwd).some((path) => /migrations\/[^/]+\/migration\.sql$/.test(path)),
    variables: variablesIn(schema, config),
  }
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

function filesIn(folder: string): string[] {
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
  const wantsAdapter = canRun(app) && app.major === 6
  const ending = await run([process.execPath, cli, ...args], {
    cwd: app.cwd,
    env: { ...env, ...(wantsAdapter && { PRISMA_CLIENT_ENGINE_TYPE: 'client' }) },
    within: 3,
  })
  // Migrating generates the client as well.
  if (ending.code === 0 && wantsAdapter) await giveAdapter(app, work)

  return ending
}

/** The client of the app; one of Prisma 6 comes with a driver adapter in it. */
export function generate(
  app: PrismaApp,
  env: Record<string, string>,
  work: string,
): Promise<Ending> {
  return prisma(app, ['generate'], env, work)
}

/** Whether queries run without a native engine. */
export function canRun({ major, version }: PrismaApp): boolean {
  const minor = Number(version.split('.')[1])

  return major >= 7 || (major === 6 && minor >= 16)
}

const ADAPTER = { sqlite: 'libsql', postgresql: 'pg', mysql: 'mariadb' }

async function giveAdapter(app: PrismaApp, work: string): Promise<void> {
  if (app.provider === 'other') return
  const name = `@prisma/adapter-${ADAPTER[app.provider]}`
  const folder = join(work, 'tools', `adapter-${app.provider}-${app.version}`)
  if (!existsSync(join(folder, 'node_modules', name))) {
    mkdirSync(folder, { recursive: true })
    const install = ['npm', 'install', '--no-audit', '--no-fund', '--prefix', folder]
    await run([...install, `${name}@${app.version}`], { cwd: folder })
  }
  for (const file of clientsOf(app)) {
    if (readFileSync(file, 'utf8').includes(HELPER)) continue
    const address = JSON.stringify({
      variables: app.variables,
      adapter: join(folder, 'node_modules', name),
    })
    appendFileSync(file, `\nrequire(${JSON.stringify(HELPER)})(exports, ${address})\n`)
  }
}

const HELPER = fileURLToPath(new URL('give-adapter.cjs', import.meta.url))

function clientsOf({ cwd, schema }: PrismaApp): string[] {
  const outputs = [...schema.matchAll(/^\s*output\s*=\s*"([^"]+)"/gm)].map(([, path = '']) => path)
  const own = filesIn(cwd).filter(
    (path) =>
      path.endsWith('/index.js') &&
      outputs.some((output) => dirname(path).endsWith(output.replace(/^[./]+/, ''))),
  )
  const usual = findPackageFile(cwd, '@prisma/client')
  const generated = usual === null ? [] : [join(dirname(usual), '../../.prisma/client/index.js')]

  return [...own.map((path) => join(cwd, path)), ...generated].filter((path) => existsSync(path))
}

/** Applies the migrations that an app has, or its schema where it has none. */
export function applySchema(
  app: PrismaApp,
  env: Record<string, string>,
  work: string,
): Promise<Ending> {
  return prisma(app, app.hasMigrations ? ['migrate', 'deploy'] : ['db', 'push'], env, work)
}

/** What the person is told to do after a scaffold; where there are no migrations, the schema. */
export function migrate(
  app: PrismaApp,
  env: Record<string, string>,
  work: string,
): Promise<Ending> {
  const developed = ['migrate', 'dev', '--name', 'create_auth']

  return prisma(app, app.hasMigrations ? developed : ['db', 'push'], env, work)
}
