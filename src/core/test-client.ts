import type { Facts } from './facts/facts.js'
import type { Project } from './project.js'
import { specifierOf } from './specifier.js'

/** The template whose tests need the app's own database client. */
export const TEST_APP = 'test/support/build-app.ts'

/**
 * Makes the generated tests get at the database in the way that this app does. The template is
 * for an app whose plugin is a default export and decorates the instance with `prisma`.
 */
export function adaptTestClient(
  text: string,
  path: string,
  { facts, project }: { facts: Facts; project: Project },
): string {
  if (facts.prisma.access.kind === 'unknown') return withNewClient(text, facts.prisma)
  const way = findWay(facts, project)
  if (way === null) return text

  return text
    .replace(IMPORT, () =>
      way.import(way.package ?? specifierOf(way.file, path, facts.importSuffix)),
    )
    .replace(CONNECT, () => way.connect)
}

/** Where the app has no client to share. Prisma 7 cannot make one without being told how. */
function withNewClient(text: string, { major }: Facts['prisma']): string {
  const body =
    major >= 7
      ? ["  throw new Error('Return the Prisma client of this app.')"]
      : [
          '  const client = new PrismaClient()',
          "  app.addHook('onClose', () => client.$disconnect())",
          '',
          '  return client',
        ]
  const parameter = major >= 7 ? '_app: FastifyInstance' : 'app: FastifyInstance'
  const connected = text
    .replace(new RegExp(`${IMPORT.source}\\n`, 'm'), '')
    .replace(CONNECT, () => print(parameter, body))

  return major >= 7
    ? connected
    : connected.replace('import type { PrismaClient }', 'import { PrismaClient }')
}

/** Where in an app the tests find the client. `file` replaces the module of the template. */
type Way = {
  file: string
  /** The name that the file goes by, when it is a package. */
  package?: string
  import: (from: string) => string
  connect: string
}

const IMPORT = /^import prisma from '[^'\n]*'$/m
const CONNECT = /^async function connect\([^\n]*\n[\s\S]*?^\}$/m

// A plugin that is all that its file exports.
const IS_ITS_MODULE = /^(?:export default\b|module\.exports\s*=(?!\s*\{))/m

function findWay({ fastify, prisma }: Facts, project: Project): Way | null {
  const { access } = prisma
  if (access.kind === 'import') return importedWay(access)
  if (access.kind === 'unknown' || access.file === null) return factoryWay(fastify, 'prisma')
  if (!IS_ITS_MODULE.test(project.get(access.file) ?? '')) {
    return factoryWay(fastify, access.name)
  }

  return {
    file: access.file,
    import: (from) => `import prisma from '${from}'`,
    connect: print('app: FastifyInstance', [
      '  await app.register(prisma)',
      '',
      `  return app.${access.name}`,
    ]),
  }
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
  const binding =
    exported === 'default'
      ? 'prisma'
      : exported === 'prisma'
        ? '{ prisma }'
        : `{ ${exported} as prisma }`

  return {
    file,
    ...(name === undefined ? {} : { package: name }),
    import: (from) => `import ${binding} from '${from}'`,
    connect: print('_app: FastifyInstance', ['  return prisma']),
  }
}

/** The client of the whole app, where it cannot be had without: it closes with the tests' app. */
function factoryWay(
  { file, exported, creates, shape, parameters, listens }: Facts['fastify'],
  name: string,
): Way | null {
  if (shape !== 'factory' || !creates || exported === null || parameters > 0 || listens) return null
  const binding = exported === 'default' ? 'buildOwnApp' : `{ ${exported} as buildOwnApp }`

  return {
    file,
    import: (from) => `import ${binding} from '${from}'`,
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
