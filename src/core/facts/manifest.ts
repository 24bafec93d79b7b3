import type { ParseError } from 'jsonc-parser'
import { parseJson } from '../edits/commonjs.js'
import { Problem } from '../problem.js'
import type { Project } from '../project.js'

/** What package.json says, with everything of an unexpected type left out. */
export type Manifest = {
  name: string
  type: string
  packageManager: string
  scripts: ReadonlyMap<string, string>
  /** Version ranges by package, of all kinds of dependencies. */
  ranges: ReadonlyMap<string, string>
  /** The whole object, for keys that only one reader asks for. */
  entries: Readonly<Record<string, unknown>>
}

export function readManifest(project: Project): Manifest {
  const text = project.get('package.json')
  if (text === undefined) {
    throw new Problem(
      'There is no package.json in this folder.',
      'Go to the folder of the app or pass --cwd <dir>; create-auth new <dir> starts a new app.',
    )
  }

  return manifestFrom(parseStrictly(text))
}

/** A package.json further down, which may be anything. */
export function readForeignManifest(text: string): Manifest {
  const value: unknown = parseJson(text.replace(/^\uFEFF/, ''))

  return manifestFrom(isRecord(value) ? value : {})
}

/** The object in a file with comments and trailing commas, as tsconfig.json may have them. */
export function readLenientJson(project: Project, path: string): Record<string, unknown> {
  const value: unknown = parseJson((project.get(path) ?? '').replace(/^\uFEFF/, ''), [], {
    allowTrailingComma: true,
  })

  return isRecord(value) ? value : {}
}

/** The major version in use: installed, asked for, or locked; null when nothing says. */
export function readMajor(project: Project, manifest: Manifest, name: string): number | null {
  const version = installedVersion(project, name)

  return majorIn(version) ?? majorIn(manifest.ranges.get(name) ?? '') ?? lockedMajor(project, name)
}

/**
 * The major and minor that is installed, or that no installation can be newer than: `~4.9.1` and
 * `4.9.1` are, `^4.9.1` is not. Null when neither says.
 */
export function readMinor(
  project: Project,
  { ranges }: Manifest,
  name: string,
): [major: number, minor: number] | null {
  const version = installedVersion(project, name) || (ranges.get(name) ?? '')
  const [, major, minor] = /^[=~]?(\d+)\.(\d+)/.exec(version.trim()) ?? []

  return major === undefined ? null : [Number(major), Number(minor)]
}

function installedVersion(project: Project, name: string): string {
  const installed = project.get(`node_modules/${name}/package.json`)

  return installed ? textIn(readForeignManifest(installed).entries, 'version') : ''
}

export function recordIn(parent: Readonly<Record<string, unknown>>, key: string) {
  const value = Object.hasOwn(parent, key) ? parent[key] : undefined

  return isRecord(value) ? value : {}
}

export function textIn(parent: Readonly<Record<string, unknown>>, key: string): string {
  const value = Object.hasOwn(parent, key) ? parent[key] : undefined

  return typeof value === 'string' ? value : ''
}

function parseStrictly(text: string): Record<string, unknown> {
  const body = text.replace(/^\uFEFF/, '')
  const errors: ParseError[] = []
  const value: unknown = parseJson(body, errors, { disallowComments: true })
  const [error] = errors
  if (error) throw notJson(` at ${placeIn(body, error.offset)}`)
  if (!isRecord(value)) throw notJson(': it holds no object')

  return value
}

function notJson(where: string): Problem {
  return new Problem(`package.json is not valid JSON${where}.`, 'Mend it and run this again.')
}

function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n')

  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}

function manifestFrom(entries: Record<string, unknown>): Manifest {
  const dependencies = [
    'peerDependencies',
    'optionalDependencies',
    'devDependencies',
    'dependencies',
  ].flatMap((kind) => texts(recordIn(entries, kind)))

  return {
    name: textIn(entries, 'name'),
    type: textIn(entries, 'type'),
    packageManager: textIn(entries, 'packageManager'),
    scripts: new Map(texts(recordIn(entries, 'scripts'))),
    ranges: new Map(dependencies),
    entries,
  }
}

function texts(record: Record<string, unknown>): [string, string][] {
  return Object.entries(record).filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string'
  })
}

/** The highest major that a range lets in: 5 of `^4.28 || ^5.1`, of `>=5 <6`, of `npm:x@5.1`. */
function majorIn(range: string): number | null {
  if (/^(?:workspace|catalog|file|link|git|github|https?)\b/.test(range)) return null
  const majors = [...range.replace(/^npm:.*@/, '').matchAll(/(<=?)?(?<![\w.+-])[v^~=]?\s*(\d+)/g)]
    .filter(([, below]) => below !== '<')
    .map(([, , major]) => Number(major))

  return majors.length === 0 ? null : Math.max(...majors)
}

/** For ranges like `latest` and `catalog:`, which say nothing themselves. */
function lockedMajor(project: Project, name: string): number | null {
  const locks: [file: string, pattern: string][] = [
    ['package-lock.json', `"node_modules/${name}":\\s*\\{\\s*"version":\\s*"(\\d+)`],
    ['pnpm-lock.yaml', `\\s'?${name}'?:\\s*\\n\\s+specifier:[^\\n]*\\n\\s+version:\\s*(\\d+)`],
    ['yarn.lock', `\\n"?${name}@[^\\n]*:\\r?\\n\\s+version:?\\s+"?(\\d+)`],
  ]
  const found = locks.map(([file, pattern]) => project.get(file)?.match(new RegExp(pattern))?.[1])
  const major = found.find((each) => each !== undefined)

  return major === undefined ? null : Number(major)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
