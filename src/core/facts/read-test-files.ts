import type { Node, ObjectExpression } from '@babel/types'
import type { Source } from '../edits/source.js'
import { childrenOf } from '../edits/syntax-tree.js'
import type { Project } from '../project.js'
import type { Facts } from './facts.js'
import type { Manifest } from './manifest.js'
import { isInside } from './paths.js'
import type { Sources } from './sources.js'
import { propertyOf } from './syntax.js'

type TestFiles = Pick<Facts['tests'], 'folder' | 'suffix'>

/**
 * Where Vitest looks for tests, when that is not everywhere: a test that it does not find is never
 * run. `usual` is the folder that tests would go to otherwise.
 */
export function readTestFiles(sources: Sources, manifest: Manifest, usual: string): TestFiles {
  const places = placesIn(sources, manifest)
  const [first] = places
  if (first === undefined) return { folder: usual, suffix: 'test' }
  const found = places.find(({ folder }) => isInside(usual, folder))
  if (found !== undefined) return { folder: usual, suffix: found.suffix }

  // Among the sources they get a folder of their own; one that is for tests already is that.
  const isForTests = /(?:^|\/)(?:tests?|__tests__|specs?)$/.test(first.folder)

  return { ...first, folder: isForTests ? first.folder : `${first.folder}/test` }
}

/** What Vitest loads before each file of tests. */
export function readSetupFiles(sources: Sources, manifest: Manifest): string[] {
  const settings = settingsOf(sources, manifest)

  return settings.flatMap((each) => textsOf(each, 'setupFiles').map(withoutDot))
}

/** Those that count for ours: of one project, and before them those of all. */
function settingsOf(sources: Sources, manifest: Manifest): ObjectExpression[] {
  const config = configOf(sources)
  const shared = config && settingsIn(config.program)
  if (shared === null) return []
  const project = projectIn(shared, manifest)

  return project === null ? [shared] : [shared, project]
}

function placesIn(sources: Sources, manifest: Manifest): TestFiles[] {
  const settings = settingsOf(sources, manifest).at(-1)
  const folder = folderOnCommandLine(manifest) ?? (settings && textOf(settings, 'dir')) ?? ''
  const patterns = settings ? textsOf(settings, 'include') : []
  const places = patterns.flatMap((pattern) => placeOf(pattern) ?? [])
  if (places.length > 0) return places

  return folder === '' ? [] : [{ folder: withoutDot(folder), suffix: 'test' }]
}

// Vitest reads the first of these that is there.
const CONFIG = /^(?:vitest|vite)\.config\.[cm]?[jt]s$/

export function hasTestConfig(project: Project): boolean {
  return [...project.keys()].some((path) => CONFIG.test(path))
}

function configOf({ project, read }: Sources): Source | null {
  const paths = [...project.keys()].filter((path) => CONFIG.test(path)).sort()
  const path = paths.at(-1)

  return path === undefined ? null : read(path)
}

function folderOnCommandLine({ scripts }: Manifest): string | null {
  return /\bvitest\b.*?--dir[= ](\S+)/.exec(scripts.get('test') ?? '')?.[1] ?? null
}

/** The object under `test` in the configuration. What a second one in it says is of one project. */
function settingsIn(node: Node): ObjectExpression | null {
  const value = propertyOf(node, 'test')
  if (value?.type === 'ObjectExpression') return value
  for (const child of childrenOf(node)) {
    const found = settingsIn(child)
    if (found !== null) return found
  }

  return null
}

/**
 * Where there are several projects, each has tests of its own: the one that `npm test` names, or
 * the first that needs no environment, as ours.
 */
function projectIn(settings: ObjectExpression, { scripts }: Manifest): ObjectExpression | null {
  const list = propertyOf(settings, 'projects') ?? propertyOf(settings, 'workspace')
  if (list?.type !== 'ArrayExpression') return null
  const projects = list.elements.flatMap((element) => (element && settingsIn(element)) ?? [])
  const [, wanted] = /\bvitest\b.*?--project[= ](\S+)/.exec(scripts.get('test') ?? '') ?? []
  const isPlain = (project: ObjectExpression) =>
    (textOf(project, 'environment') ?? 'node') === 'node' && !propertyOf(project, 'browser')

  return (
    projects.find((project) => textOf(project, 'name') === wanted) ??
    projects.find(isPlain) ??
    projects[0] ??
    null
  )
}

function textOf(object: ObjectExpression, name: string): string | null {
  const value = propertyOf(object, name)

  return value?.type === 'StringLiteral' ? value.value : null
}

function textsOf(object: ObjectExpression, name: string): string[] {
  const value = propertyOf(object, name)
  if (value?.type === 'StringLiteral') return [value.value]
  if (value?.type !== 'ArrayExpression') return []

  return value.elements.flatMap((element) =>
    element?.type === 'StringLiteral' ? [element.value] : [],
  )
}

/** `src/**` + `/*.spec.ts` is the folder `src` and the suffix `spec`; null for what names no suffix. */
function placeOf(pattern: string): TestFiles | null {
  const segments = withoutDot(pattern).split('/')
  const globs = segments.findIndex((segment) => /[*?{}[\]()!]/.test(segment))
  if (globs === -1) return null
  const [star, ...ending] = (segments.at(-1) ?? '').split('.').slice(0, -1)
  const suffix = star === '*' ? suffixIn(ending.join('.')) : null

  return suffix === null ? null : { folder: segments.slice(0, globs).join('/'), suffix }
}

function suffixIn(ending: string): string | null {
  if (/^[{(@].*\btest\b/.test(ending)) return 'test'

  return /^[\w.-]+$/.test(ending) ? ending : null
}

function withoutDot(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '')
}
