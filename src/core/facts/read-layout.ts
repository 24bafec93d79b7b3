import type { Project } from '../project.js'
import type { Facts } from './facts.js'
import { modulesIn } from './importers.js'
import {
  type Manifest,
  readForeignManifest,
  readLenientJson,
  recordIn,
  textIn,
} from './manifest.js'
import { folderOf, joined } from './paths.js'
import type { Sources } from './sources.js'
import { foldersAbove } from './workspace.js'

type Layout = Pick<
  Facts,
  'packageManager' | 'language' | 'modules' | 'importSuffix' | 'source' | 'formatter'
>

/** How the app's files are written and where they are, seen from the file that makes the app. */
export function readLayout(sources: Sources, manifest: Manifest, entry: string): Layout {
  const compiler = readCompiler(sources.everything, 'tsconfig.json')
  const language = /\.[cm]?tsx?$/.test(entry) ? 'ts' : 'js'
  const modules = modulesOf(sources, manifest, entry, language)

  return {
    packageManager: packageManagerOf(sources.everything, manifest),
    language,
    modules,
    importSuffix: NEEDS_SUFFIX.test(entry)
      ? '.js'
      : (suffixInUse(sources) ?? usualSuffix(language, modules, compiler)),
    source: sourceFolder(sources, entry),
    formatter: formatterOf(sources.everything, manifest),
  }
}

// Node finds no such file without its extension, from `require` either.
const NEEDS_SUFFIX = /\.[cm]js$/

const LOCK_FILES: readonly [file: string, manager: Facts['packageManager']][] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
]

/** Said in the app, else in the nearest folder above it that says something. */
function packageManagerOf(everything: Project, manifest: Manifest): Facts['packageManager'] {
  const folders = ['', ...foldersAbove(everything)]
  const said = folders.map((folder) => {
    const above = everything.get(joined(folder, 'package.json')) ?? ''
    const { packageManager } = folder === '' ? manifest : readForeignManifest(above)

    return namedIn(packageManager) ?? lockedBy(everything, folder)
  })

  return said.find((each) => each !== null) ?? 'npm'
}

function namedIn(packageManager: string): Facts['packageManager'] | null {
  const [, named] = packageManager.match(/^(npm|pnpm|yarn|bun)(?:@|$)/) ?? []

  return named === 'npm' || named === 'pnpm' || named === 'yarn' || named === 'bun' ? named : null
}

function lockedBy(everything: Project, folder: string): Facts['packageManager'] | null {
  const lock = LOCK_FILES.find(([file]) => everything.has(joined(folder, file)))

  return lock?.[1] ?? null
}

type Compiler = { module: string; resolution: string; importsTypeScript: boolean }

/** The options that matter, from tsconfig.json and the app's own files that it extends. */
function readCompiler(project: Project, path: string, depth = 0): Compiler {
  const config = readLenientJson(project, path)
  const options = recordIn(config, 'compilerOptions')
  const base = extendedFile(project, path, config.extends)
  const inherited =
    base !== null && depth < 5
      ? readCompiler(project, base, depth + 1)
      : { module: '', resolution: '', importsTypeScript: false }

  return {
    module: textIn(options, 'module').toLowerCase() || inherited.module,
    resolution: textIn(options, 'moduleResolution').toLowerCase() || inherited.resolution,
    importsTypeScript:
      options.allowImportingTsExtensions === true ||
      options.rewriteRelativeImportExtensions === true ||
      inherited.importsTypeScript,
  }
}

function extendedFile(project: Project, path: string, value: unknown): string | null {
  const [name] = [value].flat().filter((each) => typeof each === 'string')
  if (!name?.startsWith('.')) return null
  const file = joined(folderOf(path), name)

  return [file, `${file}.json`].find((candidate) => project.has(candidate)) ?? null
}

/**
 * What runs, not what is written: a TypeScript file with `import` in it becomes CommonJS when
 * package.json does not say `module`, and then has no `import.meta`.
 */
function modulesOf(
  sources: Sources,
  manifest: Manifest,
  entry: string,
  language: Facts['language'],
): Facts['modules'] {
  if (/\.m[jt]s$/.test(entry)) return 'esm'
  if (/\.c[jt]s$/.test(entry)) return 'cjs'
  if (manifest.type === 'module') return 'esm'
  if (language === 'ts') return 'cjs'

  return /^\s*(?:import\b(?!\s*\()|export\b)/m.test(sources.textOf(entry)) ? 'esm' : 'cjs'
}

/** What most of the app's imports of its own files end with, null when there are none. */
function suffixInUse(sources: Sources): Facts['importSuffix'] | null {
  const counts = { '': 0, '.js': 0, '.ts': 0 }
  for (const path of [...sources.paths, ...sources.tests]) {
    for (const specifier of modulesIn(sources.textOf(path))) {
      if (!isOwn(sources, path, specifier)) continue
      const [, kind] = specifier.match(/\.[cm]?([jt])sx?$/) ?? []
      counts[kind === 'j' ? '.js' : kind === 't' ? '.ts' : ''] += 1
    }
  }
  const suffixes = ['', '.js', '.ts'] as const
  const [most] = suffixes.toSorted((one, other) => counts[other] - counts[one])

  return most === undefined || counts[most] === 0 ? null : most
}

/** A file of the app's sources, by where it is or through a path alias. */
function isOwn(sources: Sources, path: string, specifier: string): boolean {
  if (/\.(?:json|css|node|html|sql|graphql)$/.test(specifier)) return false
  if (/^\.\.?\//.test(specifier)) return true
  const isAlias = sources.aliases.some(
    ({ prefix }) => prefix !== '' && specifier.startsWith(prefix),
  )

  return isAlias && sources.resolve(path, specifier) !== null
}

function usualSuffix(
  language: Facts['language'],
  modules: Facts['modules'],
  compiler: Compiler,
): Facts['importSuffix'] {
  if (modules === 'cjs') return ''
  if (language === 'js') return '.js'
  if (compiler.importsTypeScript) return '.ts'
  const resolution = compiler.resolution || compiler.module

  return /^(?:bundler|node|node10|preserve)$/.test(resolution) ? '' : '.js'
}

/**
 * `src` of `src/http/app.ts` and `apps/api/src` of `apps/api/src/app.ts`; else the first folder.
 * An entry may stand outside of the `src` that all it puts together is in.
 */
function sourceFolder({ paths }: Sources, entry: string): string {
  const folders = folderOf(entry).split('/')
  const source = folders.lastIndexOf('src')
  if (source !== -1) return folders.slice(0, source + 1).join('/')
  const others = paths.filter(
    (path) => path !== entry && !/(?:^|\/)[\w.-]+\.config\.\w+$/.test(path),
  )
  const inSource = others.filter((path) => path.startsWith('src/'))

  return folders[0] === '' && inSource.length * 2 > others.length ? 'src' : (folders[0] ?? '')
}

/** A formatter is set up in the app, or for the whole repository above it. */
function formatterOf(everything: Project, manifest: Manifest): Facts['formatter'] {
  const manifests = ['', ...foldersAbove(everything)].map((folder) => {
    const above = everything.get(joined(folder, 'package.json')) ?? ''

    return { folder, manifest: folder === '' ? manifest : readForeignManifest(above) }
  })
  for (const { folder, manifest } of manifests) {
    const found = formatterIn(everything, folder, manifest)
    if (found !== null) return found
  }

  return manifests.some(({ manifest }) => manifest.ranges.has('eslint')) ? 'eslint' : null
}

function formatterIn(everything: Project, folder: string, manifest: Manifest): Facts['formatter'] {
  const biome = ['biome.json', 'biome.jsonc', '.biome.json']
    .map((file) => joined(folder, file))
    .find((file) => everything.has(file))
  if (biome && recordIn(readLenientJson(everything, biome), 'formatter').enabled !== false) {
    return 'biome'
  }
  const prefix = folder === '' ? '' : `${folder}/`
  const isPrettier =
    'prettier' in manifest.entries ||
    manifest.ranges.has('prettier') ||
    [...everything.keys()].some(
      (path) =>
        path.startsWith(prefix) &&
        /^(?:\.prettierrc(?:\.\w+)?|prettier\.config\.\w+)$/.test(path.slice(prefix.length)),
    )
  if (isPrettier) return 'prettier'

  return manifest.ranges.has('@biomejs/biome') && !biome ? 'biome' : null
}
