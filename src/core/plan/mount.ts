import { posix } from 'node:path'
import { registerPlugin } from '../edits/import-and-register.js'
import { quoted } from '../edits/source-style.js'
import { specifierOf } from '../edits/specifier.js'
import type { Facts } from '../facts/facts.js'
import { COOKIE_PLUGINS } from '../features.js'
import { casings, type Names } from '../names/names.js'
import { type ClientAccess, findClientAccess } from '../render/client-access.js'
import { inLanguageOf, withExtensionOf } from '../render/language.js'
import type { Generated, Rendering } from '../render/render-system.js'
import type { Step } from './plan-edits.js'
import { freeOf } from './strangers.js'
import { MOUNT_FILE } from './vouched.js'

/** The template of the plugin that holds all of the auth; the app registers this one. */
export const ROOT_PLUGIN = 'src/plugins/users.ts'

type Mounted = Pick<Rendering, 'project' | 'facts' | 'names' | 'beside' | 'recorded' | 'mounted'>

/** The one line in the app's own code: it registers our plugin and hands over the database client. */
export function mountStep(mounted: Mounted, plugin: string): Step | null {
  if (mountsByFile(mounted)) return null
  const { facts, names, beside } = mounted
  const { file: path, instance: named, alias } = facts.fastify.assembly
  const instance = named ?? 'app'
  const importName = casings(names).plural.camel
  const importFrom = specifierOf(plugin, path, facts.importSuffix)
  const access = findClientAccess(facts, { file: path, instance })
  const reason = objectionTo(path, named, access)
  const written = (from: string) => throughAlias(from, path, alias)

  return {
    id: 'mount',
    file: path,
    anchor: instance,
    note: `+ register ${importName}`,
    edit: (text) =>
      registerPlugin(text, {
        ...{ path, instance, importName, importFrom, importDefault: true },
        argument: access?.argument ?? '{ prisma: yourPrismaClient }',
        imports: (access?.imports ?? []).map((each) => ({ ...each, written: written(each.from) })),
        importWritten: written(importFrom),
        after: comesAfter(access, beside, (file) => specifierOf(file, path, facts.importSuffix)),
        uses: access?.variable === undefined ? [] : [access.variable],
        ...(reason === null ? {} : { byHand: reason }),
      }),
  }
}

/** What a file imports as `../a.js`, written as `@/a.js` where it writes its imports so. */
function throughAlias(
  from: string,
  path: string,
  alias: Facts['fastify']['assembly']['alias'],
): string {
  const target = posix.join(posix.dirname(path), from)

  return alias !== null && from.startsWith('.') && target.startsWith(`${alias.folder}/`)
    ? alias.prefix + target.slice(alias.folder.length + 1)
    : from
}

/** Why only a person can register the plugin, null where we can. */
function objectionTo(
  path: string,
  instance: string | null,
  access: ClientAccess | null,
): string | null {
  if (instance === null) return `The Fastify instance that ${path} makes has no name there.`

  return access === null ? `No Prisma client was found that ${path} could hand on.` : null
}

/** With fastify-cli's folders there is no line to add: a file in one of them does it. */
export function mountFile(mounted: Mounted, plugin: string): Generated | null {
  if (!mountsByFile(mounted)) return null
  const { facts, names, beside } = mounted
  const { plural } = casings(names)
  const path = pathOfMount(mounted)
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
      ({ name, from, default: isDefault, type }) =>
        `import ${type ? 'type ' : ''}${isDefault ? name : `{ ${name} }`} from ${quoted(from, "'")}`,
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

  return { template: MOUNT_FILE, path, text: inLanguageOf(facts, lines.join('\n')) }
}

function pathOfMount({ project, facts, names, recorded }: Mounted): string {
  const { kebab } = casings(names).plural
  const folder = facts.fastify.autoload.plugins ?? ''
  const pathOf = (name: string) => withExtensionOf(facts, posix.join(folder, `${name}.ts`))

  return recorded.get(MOUNT_FILE) ?? freeOf(project, [pathOf(kebab), pathOf(`${kebab}-mount`)])
}

/** As it was done once it stays done: by a file, or by a line in the entry. */
function mountsByFile(mounted: Mounted): boolean {
  const { fastify } = mounted.facts
  if (fastify.shape !== 'autoload' || fastify.autoload.plugins === null) return false
  if (mounted.recorded.has(MOUNT_FILE)) return true

  const { mounted: byLine, beside } = mounted
  // The second auth system depends on the file of the first one, so that has to be one.
  const firstByLine = beside !== null && !followsClient({ ...mounted, names: beside })

  return !byLine && !firstByLine && fastify.autoload.takesOurs && followsClient(mounted)
}

/** Files load in the order of their names, but for those that depend on a plugin by its name. */
function followsClient(mounted: Mounted): boolean {
  const { access } = mounted.facts.prisma
  if (access.kind === 'unknown') return mounted.facts.prisma.major < 7
  if (access.kind === 'import' || access.plugin !== null) return true

  return access.file !== null && access.file < pathOfMount(mounted)
}

/** What it needs, and what it has to know of: a plugin that the app registers is not ours to add. */
function comesAfter(
  access: ClientAccess | null,
  beside: Names | null,
  specifier: (file: string) => string,
): string[] {
  const { plugin = null, file = null } = access ?? {}
  const client = [plugin, file === null ? null : specifier(file)].filter((name) => name !== null)
  const first = beside === null ? [] : [casings(beside).plural.camel]

  return [...client, ...first, ...COOKIE_PLUGINS, '@fastify/session', '@fastify/formbody']
}
