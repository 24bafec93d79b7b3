import type { Function as FunctionNode } from '@babel/types'
import { parseSource, type Source } from '../edits/source.js'
import { descend } from '../edits/syntax-tree.js'
import { Problem } from '../problem.js'
import { aliasInUse } from './alias-in-use.js'
import { findAssembly, isAssembled } from './assembly.js'
import {
  type AutoloadCall,
  findAutoloadCalls,
  foldersOf,
  MENTIONS_AUTOLOAD,
  takesOurs,
} from './autoload.js'
import { type Creation, findCreations, methodsCalledOn, recognizeCreation } from './creations.js'
import type { FastifyFacts, PrismaFacts } from './facts.js'
import { modulesIn } from './importers.js'
import { findMadeByHelpers } from './made-by-helpers.js'
import { type Manifest, readMajor, readMinor } from './manifest.js'
import { refuseUnfinishedMerge } from './merge-markers.js'
import { baseName } from './paths.js'
import { fileAt, type Sources } from './sources.js'
import { exportedNameOfFunction, functionAround, parameterNames, walk } from './syntax.js'

/** Where the app is put together, and how another module gets hold of it. */
export function readFastify(
  sources: Sources,
  manifest: Manifest,
  { access }: Pick<PrismaFacts, 'access'>,
): FastifyFacts {
  const major = readFastifyMajor(sources, manifest)
  const candidates = sources.paths.filter((path) => MENTIONS_FASTIFY.test(sources.textOf(path)))
  for (const path of candidates) refuseUnfinishedMerge(path, sources.textOf(path))

  const makers = candidates.filter((path) => MAY_CREATE.test(sources.textOf(path)))
  const creation = findCreation(sources, makers, access)
  const calls = candidates
    .filter((path) => MENTIONS_AUTOLOAD.test(sources.textOf(path)))
    .flatMap((path) => findIn(sources, path, findAutoloadCalls))
  const root = findRootPlugin(sources, manifest, calls, creation)
  const unnamed = (root ?? creation) ? null : findUnnamed(sources, makers)
  const entry = root ?? creation ?? unnamed
  if (entry === null) throw noInstance(sources, manifest, candidates)
  const { file, instance } =
    entry === unnamed ? { ...entry, instance: null } : findAssembly(sources, entry)
  const loading = callsFor(entry.file, calls)
  const autoload = foldersOf(loading)

  return {
    major,
    shape: shapeOf(entry, autoload.plugins),
    file: entry.file,
    creates: root === null,
    instance: entry.instance,
    assembly: { file, instance, alias: aliasInUse(sources, file) },
    exported: entry.exported,
    asynchronous: entry.within?.async ?? false,
    parameters: entry.within?.params.filter(({ type }) => type !== 'AssignmentPattern').length ?? 0,
    listens: entry.listens,
    autoload: {
      ...autoload,
      takesOurs: takesOurs(loading, autoload.plugins, sources.read(entry.file)),
    },
  }
}

/** https://github.com/fastify/fastify/releases/tag/v4.10.0 */
const FIRST_MINOR_OF_4 = 10

export function readFastifyMajor(sources: Sources, manifest: Manifest): 4 | 5 {
  if (!manifest.ranges.has('fastify')) {
    throw new Problem(
      'package.json of this folder does not list fastify.',
      'Go to the folder of a Fastify app or pass --cwd <dir>; create-auth new <dir> starts a new app.',
    )
  }
  const major = readMajor(sources.project, manifest, 'fastify') ?? 5
  refuseFirstOfFour(sources, manifest)
  if (major === 4 || major === 5) return major

  throw new Problem(
    `This app uses Fastify ${major}, and the generated code needs Fastify 4 or 5.`,
    major < 4
      ? 'Follow https://fastify.dev/docs/latest/Guides/Migration-Guide-V4/ first, then run this again.'
      : 'Look for a newer version of create-auth.',
  )
}

function refuseFirstOfFour({ project }: Sources, manifest: Manifest): void {
  const [major, minor = FIRST_MINOR_OF_4] = readMinor(project, manifest, 'fastify') ?? []
  if (major !== 4 || minor >= FIRST_MINOR_OF_4) return

  throw new Problem(
    `This app uses Fastify 4.${minor}, and the generated code needs 4.${FIRST_MINOR_OF_4} or newer, which has request.routeOptions.`,
    'Update it within its major (npm install fastify@4), and run this again.',
  )
}

const MENTIONS_FASTIFY = /['"](?:fastify|@fastify\/autoload|fastify-autoload)['"]/

/** Every route file imports Fastify's types; only what imports the function is worth parsing. */
const MAY_CREATE =
  /import\s+(?!type\s)[\w*][^;'"]*from\s*['"]fastify['"]|\{[^}]*\bfastify\b[^}]*\}\s*from\s*['"]fastify['"]|(?:require|import)\s*\(\s*['"]fastify['"]/

type Entry = Omit<Creation, 'weight'>

function findIn<T>(sources: Sources, path: string, find: (source: Source) => T[]): T[] {
  const source = sources.read(path)

  return source === null ? [] : find(source)
}

/** A function may make the instance and leave what we need, or everything, to those who call it. */
function findCreation(
  sources: Sources,
  files: readonly string[],
  access: PrismaFacts['access'],
): Creation | null {
  const best = bestOf(files.flatMap((path) => findIn(sources, path, findCreations)))
  const madeByHelpers = findMadeByHelpers(sources, files).filter((creation) =>
    isAssembled(sources, creation),
  )
  const isComplete = best !== null && isAssembled(sources, best)
  const later = isComplete
    ? madeByHelpers.filter(
        ({ file }) => file !== best.file && bringsWhatWeNeed(sources, file, best.file, access),
      )
    : madeByHelpers

  return bestOf(later) ?? best
}

/** Whether one file puts on the instance what our plugin uses, and the other one does not. */
function bringsWhatWeNeed(
  sources: Sources,
  file: string,
  other: string,
  access: PrismaFacts['access'],
): boolean {
  const needed = (path: string) =>
    modulesIn(sources.textOf(path)).filter(
      (module) =>
        /^@fastify\/(?:cookie|session)$/.test(module) ||
        (access.kind === 'decorator' && sources.resolve(path, module) === access.file),
    ).length

  return needed(file) > 0 && needed(other) === 0
}

/** The instance that most of the app is put on; a script that makes one for a moment is not it. */
function bestOf(creations: readonly Creation[]): Creation | null {
  const [best] = creations.toSorted(
    (one, other) => scoreOf(other) - scoreOf(one) || one.file.length - other.file.length,
  )

  return best ?? null
}

function scoreOf({ file, exported, weight }: Creation): number {
  const isNamedLikeIt = /^(?:app|server|index|main)\.[cm]?[jt]sx?$/.test(baseName(file))

  return weight + (isNamedLikeIt ? 3 : 0) + (exported === null ? 0 : 1)
}

/**
 * fastify-cli starts a plugin instead of an instance. A file beside it that only makes an
 * instance to hand to that plugin is not where the app is put together.
 */
function findRootPlugin(
  sources: Sources,
  manifest: Manifest,
  calls: readonly AutoloadCall[],
  creation: Creation | null,
): Entry | null {
  const started = pluginThatCliStarts(sources, manifest)
  if (started) return started
  const call = calls.find(({ exported, receiver }) => exported !== null && receiver !== null)
  if (!call?.receiver || calls.some(({ file }) => file === creation?.file)) return null
  if (creation && creation.weight > 1) return null

  return {
    file: call.file,
    instance: call.instance,
    within: call.receiver,
    exported: call.exported,
    listens: false,
  }
}

function pluginThatCliStarts(sources: Sources, manifest: Manifest): Entry | null {
  const command = [...manifest.scripts.values()].find((script) => /\bfastify start\b/.test(script))
  if (command === undefined) return null
  const named = command.match(/[\w./-]+\.[cm]?[jt]s(?=\s|$|["'&;])/g)?.at(-1) ?? 'app.js'
  const places = [named, named.replace(/^(?:\.\/)?(?:dist|build)\//, 'src/'), 'src/app', 'app']
  const file = places
    .map((place) => fileAt(sources.project, place.replace(/^\.\//, '')))
    .find((found) => found !== null && sources.paths.includes(found))

  return file ? exportedPlugin(sources, file) : null
}

/** The exported function of a file that uses its first parameter as an instance. */
function exportedPlugin(sources: Sources, file: string): Entry | null {
  const source = sources.read(file)
  const found: (Entry & { calls: number })[] = []
  if (source === null) return null
  walk(source.program, (node, around) => {
    const within = functionAround([node])
    const instance = within && parameterNames(within)[0]
    if (!within || !instance) return
    const exported = exportedNameOfFunction(source.program, within, around)
    const calls = methodsCalledOn(within, instance).length
    if (exported !== null && calls > 0) {
      found.push({ file, instance, within, exported, listens: false, calls })
    }
  })
  const [best] = found.toSorted((one, other) => other.calls - one.calls)

  return best ?? null
}

/** The entry's own autoload calls; an entry without any may leave them to another file. */
function callsFor(file: string, calls: readonly AutoloadCall[]): readonly AutoloadCall[] {
  const own = calls.filter((call) => call.file === file)

  return own.length > 0 ? own : calls
}

/** One that is made inside of another call has no name to register anything on: a person has to. */
function findUnnamed(sources: Sources, files: readonly string[]): Entry | null {
  const file = files.find((path) => {
    const source = sources.read(path)
    const creates = source && recognizeCreation(source)

    return source && descend(source.program).some((node) => creates?.(node))
  })
  if (file === undefined) return null

  return { file, instance: 'app', within: null, exported: null, listens: false }
}

function shapeOf(entry: { within: FunctionNode | null }, plugins: string | null) {
  if (plugins !== null) return 'autoload'

  return entry.within === null ? 'top-level' : 'factory'
}

function noInstance(sources: Sources, manifest: Manifest, candidates: readonly string[]): Problem {
  if (manifest.ranges.has('@nestjs/core')) {
    return new Problem(
      'This is a NestJS app, and the generated code is made of plain Fastify plugins.',
      'There is no way around that yet: keep the accounts in a Fastify app of their own (create-auth new <dir>).',
    )
  }
  for (const path of candidates) {
    const parsed = parseSource(path, sources.textOf(path))
    if ('unreadable' in parsed) return new Problem(parsed.unreadable, 'Mend it and run this again.')
  }

  return new Problem(
    `None of the ${sources.paths.length} source files here creates a Fastify instance.`,
    'Create one, as in const app = fastify(), or pass --cwd <dir> when the app is in another folder.',
  )
}
