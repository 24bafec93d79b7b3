import { posix } from 'node:path'
import { type ClientAccess, findClientAccess } from './client-access.js'
import { registerPlugin } from './edits/import-and-register.js'
import { quoted } from './edits/source-style.js'
import type { Facts } from './facts/facts.js'
import { inLanguageOf, withExtensionOf } from './language.js'
import { casings, type Names } from './names.js'
import type { Step } from './plan-edits.js'
import type { Generated, Rendering } from './render-system.js'
import { specifierOf } from './specifier.js'

/** The template of the plugin that holds all of the auth; the app registers this one. */
export const ROOT_PLUGIN = 'src/plugins/users.ts'

type Mounted = Pick<Rendering, 'facts' | 'names' | 'beside'>

/** The one line in the app's own code: it registers our plugin and hands over the database client. */
export function mountStep({ facts, names, beside }: Mounted, plugin: string): Step | null {
  if (mountsByFile(facts)) return null
  const { file: path, instance } = facts.fastify.assembly
  const importName = casings(names).plural.camel
  const importFrom = specifierOf(plugin, path, facts.importSuffix)
  const access = findClientAccess(facts, { file: path, instance })
  const registration = { path, instance, importName, importFrom, importDefault: true }

  return {
    id: 'mount',
    file: path,
    anchor: instance,
    note: `+ register ${importName}`,
    edit: (text) =>
      access === null
        ? cannotFindClient(registration)
        : registerPlugin(text, {
            ...registration,
            argument: access.argument,
            imports: access.imports,
            after: comesAfter(access, beside, (file) =>
              specifierOf(file, path, facts.importSuffix),
            ),
          }),
  }
}

/** With fastify-cli's folders there is no line to add: a file in one of them does it. */
export function mountFile({ facts, names, beside }: Mounted, plugin: string): Generated | null {
  if (!mountsByFile(facts)) return null
  const { plural } = casings(names)
  const path = posix.join(
    facts.fastify.autoload.plugins ?? '',
    withExtensionOf(facts, `${plural.kebab}.ts`),
  )
  const access = findClientAccess(facts, { file: path, instance: 'app' })
  const needed = [
    ...(access?.imports ?? []),
    { name: plural.camel, from: specifierOf(plugin, path, facts.importSuffix), default: true },
  ]
  const dependencies = [
    ...(access?.plugin ? [access.plugin] : []),
    ...(beside === null ? [] : [`mount-${casings(beside).plural.kebab}`]),
  ].map((name) => quoted(name, "'"))
  const lines = [
    "import fp from 'fastify-plugin'",
    '',
    ...needed.map(
      ({ name, from, default: isDefault }) =>
        `import ${isDefault ? name : `{ ${name} }`} from ${quoted(from, "'")}`,
    ),
    '',
    '/** Brings in the log-in, which lies outside the folders that load themselves. */',
    'export default fp(',
    `  async function mount${plural.pascal}(app) {`,
    `    await app.register(${plural.camel}, ${access?.argument ?? '{ prisma: app.prisma }'})`,
    '  },',
    `  { name: 'mount-${plural.kebab}', dependencies: [${dependencies.join(', ')}] },`,
    ')',
    '',
  ]

  return { template: 'src/autoload/users.ts', path, text: inLanguageOf(facts, lines.join('\n')) }
}

function mountsByFile({ fastify }: Facts): boolean {
  return fastify.shape === 'autoload' && fastify.autoload.plugins !== null
}

/** What it needs, and what it has to know of: a plugin that the app registers is not ours to add. */
function comesAfter(
  { plugin, file }: ClientAccess,
  beside: Names | null,
  specifier: (file: string) => string,
): string[] {
  const client = [plugin, file === null ? null : specifier(file)].filter((name) => name !== null)
  const first = beside === null ? [] : [casings(beside).plural.camel]

  return [...client, ...first, '@fastify/cookie', '@fastify/session', '@fastify/formbody']
}

function cannotFindClient(registration: {
  path: string
  instance: string
  importName: string
  importFrom: string
}): ReturnType<typeof registerPlugin> {
  const { path, instance, importName, importFrom } = registration

  return {
    kind: 'cannot',
    reason: `No Prisma client was found that ${path} could hand on.`,
    paste: [
      `import ${importName} from ${quoted(importFrom, "'")}`,
      '',
      `await ${instance}.register(${importName}, { prisma: yourPrismaClient })`,
    ].join('\n'),
  }
}
