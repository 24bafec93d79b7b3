import type { Project } from '../project.js'
import { readLenientJson, recordIn, textIn } from './manifest.js'
import { isInside, joined } from './paths.js'
import type { Sources } from './sources.js'

/**
 * The folder that all files which the app compiles have to stay in, `''` for anywhere. It is
 * `rootDir`, or the one folder that all of them are in: a file outside of that would move what
 * is compiled from `dist/app.js` to `dist/src/app.js`.
 */
export function compiledFolder({ project, everything, paths, tests }: Sources): string {
  const { rootDir, outDir, exclude } = readTsconfig(project, everything)
  if (rootDir !== null) return rootDir
  if (outDir === null) return ''
  const compiled = [...paths, ...tests].filter(
    (path) => /\.[cm]?tsx?$/.test(path) && !exclude.some((pattern) => covers(pattern, path)),
  )
  const [first = ''] = compiled
  const [folder = ''] = first.split('/')

  return first.includes('/') && compiled.every((path) => isInside(path, folder)) ? folder : ''
}

/** Whether the compiler reads a file because of where it is. */
export function isCompiled({ project, everything }: Sources, path: string): boolean {
  if (!project.has('tsconfig.json')) return false
  const { include, exclude } = readTsconfig(project, everything)

  return (
    include.some((pattern) => covers(pattern, path)) &&
    !exclude.some((pattern) => covers(pattern, path))
  )
}

type Tsconfig = {
  rootDir: string | null
  outDir: string | null
  include: string[]
  exclude: string[]
}

function readTsconfig(project: Project, everything: Project): Tsconfig {
  const config = readLenientJson(project, 'tsconfig.json')
  const base = baseOf(everything, config.extends)
  const options = { ...recordIn(base, 'compilerOptions'), ...recordIn(config, 'compilerOptions') }
  const own = recordIn(config, 'compilerOptions')
  const emits = options.noEmit !== true && textIn(options, 'outDir') !== ''
  const outDir = emits ? joined(textIn(options, 'outDir')) : null
  const lists = (key: string) => listIn(config, key) ?? listIn(base, key)

  return {
    // One that is inherited is relative to the file that says it, and that is another folder.
    rootDir: textIn(own, 'rootDir') === '' ? null : joined(textIn(own, 'rootDir')),
    outDir,
    include: lists('include') ?? (lists('files') === null ? ['**/*'] : []),
    exclude: [...(lists('exclude') ?? ['node_modules']), ...(outDir === null ? [] : [outDir])],
  }
}

function baseOf(everything: Project, value: unknown): Record<string, unknown> {
  const [name] = [value].flat().filter((each) => typeof each === 'string')

  return name?.startsWith('.') ? readLenientJson(everything, joined(name)) : {}
}

function listIn(config: Record<string, unknown>, key: string): string[] | null {
  const value = config[key]

  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : null
}

/** A folder means all that is in it. One star is a name, two are any folders. */
function covers(pattern: string, path: string): boolean {
  const relative = joined(pattern)
  if (relative.startsWith('/')) return false
  if (!/[*?]/.test(relative)) return isInside(path, relative)
  const source = relative
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*$|\*|\?/g, (star) => STARS[star] ?? '[^/]*')

  return new RegExp(`^${source}$`).test(path)
}

const STARS: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '?': '[^/]',
}
