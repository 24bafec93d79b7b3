import { specifierOf } from '../edits/specifier.js'
import type { Facts } from '../facts/facts.js'

/** The templates that run without the app, and need its own database client. */
export const TEST_APP = 'test/support/build-app.ts'
export const PRUNE_SCRIPT = 'src/prune-users.ts'

/** What a person finds where nothing shows how such a file could have a client. */
export const NO_CLIENT = 'Return the Prisma client of this app.'

/**
 * Makes a template that runs without the app get at the database in the way that the app does.
 * It is written for an app whose plugin is a default export and decorates the instance with
 * `prisma`. Every other template stays as it is.
 */
export function adaptClient(
  template: string,
  text: string,
  path: string,
  { facts }: { facts: Facts },
): string {
  if (template === TEST_APP) return withOwnClient(text, path, facts)

  return template === PRUNE_SCRIPT ? withoutIdleApp(withOwnClient(text, path, facts)) : text
}

/** A script that needs no app for the client has none that closes it either. */
function withoutIdleApp(text: string): string {
  if (text.includes('connect(app)')) return text

  return text
    .replace(/^import Fastify[^\n]*\n\n/m, '')
    .replace(/^ *const app = Fastify\(\)\n/m, '')
    .replace('await app.close()', 'await db.$disconnect()')
}

function withOwnClient(text: string, path: string, facts: Facts): string {
  const way = findWay(facts)
  if (way === null) return withNewClient(text, facts.prisma)

  const imported = text.replace(IMPORT, () =>
    way.import(way.package ?? specifierOf(way.file, path, facts.importSuffix)),
  )

  return withConnect(
    imported,
    facts.prisma.isExtended
      ? way.connect.replace(/return (\S+)\n\}$/, 'return $1 as unknown as PrismaClient\n}')
      : way.connect,
  )
}

/** What needs no app to connect is called without one. */
function withConnect(text: string, connect: string): string {
  const replaced = text.replace(CONNECT, () => connect)

  return connect.startsWith('async')
    ? replaced
    : replaced.replace('await connect(app)', 'connect()')
}

/** Where the app has no client to share. Prisma 7 cannot make one without being told how. */
function withNewClient(text: string, { major }: Facts['prisma']): string {
  const body =
    major >= 7
      ? [`  throw new Error('${NO_CLIENT}')`]
      : [
          '  const client = new PrismaClient()',
          "  app.addHook('onClose', () => client.$disconnect())",
          '',
          '  return client',
        ]
  const connected = withConnect(
    text.replace(new RegExp(`${IMPORT.source}\\n`, 'm'), ''),
    major >= 7 ? printWithoutApp(body) : print('app: FastifyInstance', body),
  )

  return major >= 7
    ? connected
    : connected.replace('import type { PrismaClient }', 'import { PrismaClient }')
}

/** Where in an app its client is found. `file` replaces the module of the template. */
type Way = {
  file: string
  /** The name that the file goes by, when it is a package. */
  package?: string
  import: (from: string) => string
  connect: string
}

const IMPORT = /^import prisma from '[^'\n]*'$/m
const CONNECT = /^async function connect\([^\n]*\n[\s\S]*?^\}$/m

/** Null where the app has no client to share. */
export function findWay({ fastify, prisma }: Facts): Way | null {
  const { access } = prisma
  if (access.kind === 'import') return importedWay(access)
  if (access.kind === 'unknown') return null
  const { file, exported, name, singleton, handsOn } = access
  // Closing the app of one test would end the connections of the next one.
  if (singleton && handsOn) return importedWay(singleton)
  if (file !== null && exported !== null) return registeredWay(file, exported, name)

  return factoryWay(fastify, name) ?? (singleton && importedWay(singleton))
}

function registeredWay(file: string, exported: string, name: string): Way {
  return {
    file,
    import: (from) => `import ${bindingOf(exported, 'prisma')} from '${from}'`,
    connect: print('app: FastifyInstance', [
      '  await app.register(prisma)',
      '',
      `  return app.${name}`,
    ]),
  }
}

/** What stands between `import` and `from` for an export under a name of our own. */
function bindingOf(exported: string, name: string): string {
  if (exported === 'default') return name

  return exported === name ? `{ ${name} }` : `{ ${exported} as ${name} }`
}

function importedWay({
  file,
  exported,
  package: name,
}: {
  file: string
  exported: string
  package?: string
}): Way {
  return {
    file,
    ...(name === undefined ? {} : { package: name }),
    import: (from) => `import ${bindingOf(exported, 'prisma')} from '${from}'`,
    connect: printWithoutApp(['  return prisma']),
  }
}

/** The client of the whole app, where it cannot be had without: it closes with the tests' app. */
function factoryWay(
  { file, exported, creates, shape, parameters, listens }: Facts['fastify'],
  name: string,
): Way | null {
  if (shape !== 'factory' || !creates || exported === null || parameters > 0 || listens) return null

  return {
    file,
    import: (from) => `import ${bindingOf(exported, 'buildOwnApp')} from '${from}'`,
    connect: print('app: FastifyInstance', [
      '  const own = await buildOwnApp()',
      '  await own.ready()',
      "  app.addHook('onClose', () => own.close())",
      '',
      `  return own.${name}`,
    ]),
  }
}

function print(parameter: string, body: readonly string[]): string {
  return [`async function connect(${parameter}): Promise<PrismaClient> {`, ...body, '}'].join('\n')
}

function printWithoutApp(body: readonly string[]): string {
  return ['function connect(): PrismaClient {', ...body, '}'].join('\n')
}
