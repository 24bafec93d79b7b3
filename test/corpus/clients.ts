// Clients of Prisma 5 and 6 that need no native engine: the newest of either major has one compiled
// to WebAssembly, which asks a driver adapter.

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { run } from './commands.js'
import { findPackageFile } from './packages.js'
import { filesIn, type PrismaApp, schemaFiles } from './prisma.js'

/** The newest of each major, with the first that runs here. */
export const NEWEST: Record<number, string> = { 5: '5.22.0', 6: '6.19.0' }

/** Whether queries run without a native engine. */
export function canRun({ major, version, provider }: PrismaApp): boolean {
  if (provider === 'other') return false
  const minor = Number(version.split('.')[1])
  // Its engine for MySQL has an adapter for PlanetScale alone.
  if (major === 5) return minor >= 22 && provider !== 'mysql'

  return major >= 7 || (major === 6 && minor >= 16)
}

export function clientEnv(app: PrismaApp): Record<string, string> {
  return canRun(app) && app.major === 6 ? { PRISMA_CLIENT_ENGINE_TYPE: 'client' } : {}
}

/** Prisma 5 generates such a client where the schema says so; the schema is put back afterwards. */
export function askForAdapters(app: PrismaApp): () => void {
  if (!canRun(app) || app.major !== 5) return () => {}
  const files = schemaFiles(app.cwd).map((path) => join(app.cwd, path))
  const texts = files.map((file) => [file, readFileSync(file, 'utf8')] as const)
  for (const [file, text] of texts) {
    const others = text.replace(/^\s*(?:previewFeatures|engineType)\s*=.*$/gm, '')
    writeFileSync(file, others.replace(CLIENT_GENERATOR, `$&\n  ${WITH_ADAPTERS}`))
  }

  return () => {
    for (const [file, text] of texts) writeFileSync(file, text)
  }
}

const CLIENT_GENERATOR = /^\s*provider\s*=\s*"prisma-client-js".*$/m
const WITH_ADAPTERS = 'previewFeatures = ["driverAdapters"]'

const ADAPTER = { sqlite: 'libsql', postgresql: 'pg', mysql: 'mariadb' }
// In Prisma 5 an adapter is given the driver, in Prisma 6 it makes it.
const DRIVER = { sqlite: '@libsql/client', postgresql: 'pg', mysql: '' }
const DRIVERS = ['pg@8', '@libsql/client@0.8']

/** Whoever constructs the generated client gets a driver adapter with it. */
export async function giveAdapter(app: PrismaApp, work: string): Promise<void> {
  const { provider, version, major } = app
  if (!canRun(app) || major >= 7 || provider === 'other') return
  const name = `@prisma/adapter-${ADAPTER[provider]}`
  const folder = join(work, 'tools', `adapter-${provider}-${version}`)
  if (!existsSync(join(folder, 'node_modules', name))) {
    mkdirSync(folder, { recursive: true })
    const packages = [`${name}@${version}`, ...(major === 5 ? DRIVERS : [])]
    const install = ['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts']
    await run([...install, '--prefix', folder, ...packages], { cwd: folder })
  }
  for (const file of clientsOf(app)) {
    if (readFileSync(file, 'utf8').includes(HELPER)) continue
    const address = {
      variables: app.variables,
      adapter: join(folder, 'node_modules', name),
      ...(major === 5 && { driver: join(folder, 'node_modules', DRIVER[provider]) }),
    }
    if (major === 5) useWasm(file)
    appendFileSync(
      file,
      `\nrequire(${JSON.stringify(HELPER)})(module.exports, ${JSON.stringify(address)})\n`,
    )
  }
}

const HELPER = fileURLToPath(new URL('give-adapter.cjs', import.meta.url))

/** What Prisma 5 generates for runtimes that import WebAssembly as a module, for Node as well. */
function useWasm(file: string): void {
  writeFileSync(file, "module.exports = { ...require('./wasm.js') }\n")
  writeFileSync(
    join(dirname(file), 'wasm-worker-loader.mjs'),
    `import { readFileSync } from 'node:fs'

const code = readFileSync(new URL('query_engine_bg.wasm', import.meta.url))
export default { default: new WebAssembly.Module(code) }
`,
  )
}

function clientsOf({ cwd, schema }: PrismaApp): string[] {
  const outputs = [...schema.matchAll(/^\s*output\s*=\s*"([^"]+)"/gm)].map(([, path = '']) => path)
  const own = filesIn(cwd).filter(
    (path) =>
      path.endsWith('/index.js') &&
      outputs.some((output) => dirname(path).endsWith(output.replace(/^[./]+/, ''))),
  )
  const usual = findPackageFile(cwd, '@prisma/client')
  // pnpm has a link there: what is generated lies beside what it leads to.
  const generated =
    usual === null ? [] : [join(dirname(realpathSync(usual)), '../../.prisma/client/index.js')]

  return [...own.map((path) => join(cwd, path)), ...generated].filter((path) => existsSync(path))
}
