import type { NeededImport } from '../edits/plugin-import.js'
import { specifierOf } from '../edits/specifier.js'
import type { Facts } from '../facts/facts.js'
import { isPackage } from './relocate.js'

/** How a file of the app gets at the app's own Prisma client. */
export type ClientAccess = {
  /** The options of our plugin, as source text: `{ prisma: app.prisma }`. */
  argument: string
  imports: NeededImport[]
  /** The plugin that decorates the instance with the client, by its name and by its file. */
  plugin: string | null
  file: string | null
  /** A variable of the same file that holds the client. */
  variable?: string
}

/** `null` when the app's code does not show where its client is. */
export function findClientAccess(
  facts: Facts,
  { file, instance }: { file: string; instance: string },
): ClientAccess | null {
  const found = clientOf(facts, { file, instance })

  return found !== null && facts.prisma.isExtended && facts.language === 'ts'
    ? asPrismaClient(found, facts, file)
    : found
}

/** An extended client does all that ours needs, and the compiler has to be told so. */
function asPrismaClient(found: ClientAccess, facts: Facts, file: string): ClientAccess {
  const value = found.argument.replace(
    /^\{ prisma(?:: (.*))? \}$/,
    (_match, name = 'prisma') => name,
  )

  return {
    ...found,
    argument: `{ prisma: ${value} as unknown as PrismaClient }`,
    imports: [...found.imports, { ...classOf(facts, file), type: true }],
  }
}

function clientOf(
  facts: Facts,
  { file, instance }: { file: string; instance: string },
): ClientAccess | null {
  const { access } = facts.prisma
  if (access.kind === 'decorator' && IDENTIFIER.test(access.name)) {
    return {
      argument: `{ prisma: ${instance}.${access.name} }`,
      imports: [],
      plugin: access.plugin,
      file: access.file,
    }
  }
  if (access.kind === 'unknown')
    return localClient(access.locals.get(file)) ?? newClient(facts, file)
  if (access.kind !== 'import' || !IDENTIFIER.test(access.exported)) return null

  const isDefault = access.exported === 'default'
  const name = isDefault ? 'prisma' : access.exported
  const from = access.package ?? specifierOf(access.file, file, facts.importSuffix)

  return {
    argument: name === 'prisma' ? '{ prisma }' : `{ prisma: ${name} }`,
    imports: access.file === file ? [] : [{ name, from, default: isDefault }],
    plugin: null,
    file: null,
    ...(access.file === file ? { variable: name } : {}),
  }
}

function localClient(name: string | undefined): ClientAccess | null {
  if (name === undefined || !IDENTIFIER.test(name)) return null

  return {
    argument: name === 'prisma' ? '{ prisma }' : `{ prisma: ${name} }`,
    imports: [],
    plugin: null,
    file: null,
    variable: name,
  }
}

/**
 * One more client, for an app that makes one in each place it needs one. Prisma 7 asks for an
 * adapter, and which one, with which settings, only the app's own code could say.
 */
function newClient(facts: Facts, file: string): ClientAccess | null {
  if (facts.prisma.major >= 7) return null

  return {
    argument: '{ prisma: new PrismaClient() }',
    imports: [classOf(facts, file)],
    plugin: null,
    file: null,
  }
}

function classOf({ prisma, importSuffix }: Facts, file: string): NeededImport {
  const from = isPackage(prisma.client)
    ? prisma.client
    : specifierOf(prisma.client, file, importSuffix)

  return { name: 'PrismaClient', from, default: false }
}

// A name that was read from the app is written into code only when it is nothing but a name.
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/
