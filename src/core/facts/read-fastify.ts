import type { Function as FunctionNode } from '@babel/types'
import { parseSource } from '../edits/source.js'
import { Problem } from '../problem.js'
import { aliasInUse } from './alias-in-use.js'
import { findAssembly } from './assembly.js'
import {
  type AutoloadCall,
  findAutoloadCalls,
  foldersOf,
  MENTIONS_AUTOLOAD,
  takesOurs,
} from './autoload.js'
import type { FastifyFacts, PrismaFacts } from './facts.js'
import { readFastifyMajor } from './fastify-version.js'
import { findCreation, findUnnamed } from './find-creation.js'
import type { Manifest } from './manifest.js'
import { refuseUnfinishedMerge } from './merge-markers.js'
import { findRootPlugin } from './root-plugin.js'
import { findIn, type Sources } from './sources.js'

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

const MENTIONS_FASTIFY = /['"](?:fastify|@fastify\/autoload|fastify-autoload)['"]/

/** Every route file imports Fastify's types; only what imports the function is worth parsing. */
const MAY_CREATE =
  /import\s+(?!type\s)[\w*][^;'"]*from\s*['"]fastify['"]|\{[^}]*\bfastify\b[^}]*\}\s*from\s*['"]fastify['"]|(?:require|import)\s*\(\s*['"]fastify['"]/

/** The entry's own autoload calls; an entry without any may leave them to another file. */
function callsFor(file: string, calls: readonly AutoloadCall[]): readonly AutoloadCall[] {
  const own = calls.filter((call) => call.file === file)

  return own.length > 0 ? own : calls
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
