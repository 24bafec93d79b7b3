import { parseSource, type Source } from '../edits/source.js'
import type { Project } from '../project.js'
import { readForeignManifest, readLenientJson, recordIn, textIn } from './manifest.js'
import { folderOf, isInside, joined } from './paths.js'

/** The files that the app's authors wrote, parsed when asked for and only once. */
export type Sources = {
  project: Project
  /** The app, and what was read of the repository around it, under paths that begin with `../`. */
  everything: Project
  /** Paths of the sources without tests, sorted. */
  paths: readonly string[]
  tests: readonly string[]
  textOf(path: string): string
  /** Null when there is no such file or it does not parse. */
  read(path: string): Source | null
  /** The file of the app that an import means, null for a package. */
  resolve(from: string, specifier: string): string | null
  /** What imports of the app's own files may begin with instead of dots. */
  aliases: readonly Alias[]
}

export function openSources(project: Project, around: Project = new Map()): Sources {
  const everything = around.size === 0 ? project : new Map([...around, ...project])
  const nested = packagesBelow(project)
  const all = [...project.keys()]
    .filter((path) => SOURCE.test(path) && !NOT_OURS.test(path))
    .filter((path) => !nested.some((folder) => isInside(path, folder)))
    .sort()
  const parsed = new Map<string, Source | null>()
  const aliases = readAliases(project)

  return {
    project,
    everything,
    paths: all.filter((path) => !TEST.test(path)),
    tests: all.filter((path) => TEST.test(path)),
    textOf: (path) => everything.get(path) ?? '',
    read(path) {
      const known = parsed.get(path)
      if (known !== undefined) return known
      const source = parseFile(everything, path)
      parsed.set(path, source)

      return source
    },
    aliases,
    resolve: (from, specifier) => resolveImport(everything, aliases, from, specifier),
  }
}

const SOURCE = /(?<!\.d)\.[cm]?[jt]sx?$/
const NOT_OURS = /(?:^|\/)(?:node_modules|dist|build|out|coverage|generated|\.[^/]+)\//
const TEST =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e)\/|[.-](?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)(?:vitest|jest)[^/]*$/

/** Nobody writes such a file by hand, and parsing it takes longer than all others. */
const LONGEST_SOURCE = 400_000

function parseFile(project: Project, path: string): Source | null {
  const text = project.get(path)
  if (text === undefined || text.length > LONGEST_SOURCE) return null
  const source = parseSource(path, text)

  return 'unreadable' in source ? null : source
}

/** Folders with a package of their own. A package.json that only sets `type` makes none. */
function packagesBelow(project: Project): string[] {
  return [...project]
    .filter(([path]) => /\/package\.json$/.test(path) && !/(?:^|\/)node_modules\//.test(path))
    .filter(([, text]) => {
      const { name, ranges } = readForeignManifest(text)
      return name !== '' || ranges.size > 0
    })
    .map(([path]) => folderOf(path))
}

/** A prefix that imports begin with, and the folders it may stand for. */
export type Alias = { prefix: string; suffix: string; targets: string[] }

function readAliases(project: Project): Alias[] {
  const options = recordIn(readLenientJson(project, 'tsconfig.json'), 'compilerOptions')
  const base = textIn(options, 'baseUrl')
  const imports = recordIn(readLenientJson(project, 'package.json'), 'imports')
  const fromBase: Alias[] = base === '' ? [] : [{ prefix: '', suffix: '', targets: [`${base}/*`] }]

  return [...aliasesIn(recordIn(options, 'paths'), base), ...aliasesIn(imports, ''), ...fromBase]
}

function aliasesIn(record: Record<string, unknown>, base: string): Alias[] {
  return Object.entries(record).map(([pattern, value]) => {
    const [prefix = '', suffix = ''] = pattern.split('*')
    const targets = [value].flat(2).filter((target) => typeof target === 'string')

    return { prefix, suffix, targets: targets.map((target) => joined(base, target)) }
  })
}

function resolveImport(
  project: Project,
  aliases: readonly Alias[],
  from: string,
  specifier: string,
): string | null {
  if (/^\.\.?(?:\/|$)/.test(specifier)) {
    return fileAt(project, joined(folderOf(from), specifier))
  }

  for (const { prefix, suffix, targets } of aliases) {
    if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) continue
    const rest = specifier.slice(prefix.length, specifier.length - suffix.length)
    for (const target of targets) {
      const found = fileAt(project, joined(target.replace('*', () => rest)))
      if (found !== null) return found
    }
  }

  return null
}

const EXTENSIONS = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx']

/** The file that a path without, or with the compiled, extension means. */
export function fileAt(project: Project, path: string): string | null {
  const bare = path.replace(/\.([cm]?)[jt]sx?$/, '')
  const typed = path.replace(/\.([cm]?)js$/, '.$1ts')
  const candidates = [
    path,
    typed,
    ...EXTENSIONS.map((extension) => path + extension),
    ...EXTENSIONS.map((extension) => `${path === '' ? '' : `${path}/`}index${extension}`),
    ...(bare === path ? [] : EXTENSIONS.map((extension) => bare + extension)),
  ]

  return candidates.find((candidate) => project.has(candidate)) ?? null
}

/** What a search finds in a file; nothing in one that cannot be read. */
export function findIn<T>(sources: Sources, path: string, find: (source: Source) => T[]): T[] {
  const source = sources.read(path)

  return source === null ? [] : find(source)
}
