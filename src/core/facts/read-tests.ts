import { compiledFolder, isCompiled } from './compiled-files.js'
import type { Facts } from './facts.js'
import { type Manifest, readLenientJson, recordIn, textIn } from './manifest.js'
import { folderOf, isInside, joined } from './paths.js'
import { hasTestConfig, readSetupFiles, readTestFiles } from './read-test-files.js'
import type { Sources } from './sources.js'
import { readStandIns } from './stand-ins.js'

/** How the app tests itself, and where. */
export function readTests(sources: Sources, manifest: Manifest, source: string): Facts['tests'] {
  const other = otherRunner(manifest)
  const runner = runnerOf(sources, manifest, other)
  const usual = testFolder(sources, source)
  if (runner === 'node:test') {
    const none = {
      isOldVitest: false,
      lacksPaths: false,
      besideOther: false,
      otherScript: false,
      standIns: [],
    }

    return { runner, folder: usual, suffix: 'test', ...none, other }
  }
  const besideOther = isBesideOther(sources, manifest)
  const files = besideOther ? unseen(usual) : readTestFiles(sources, manifest, usual)

  const otherScript = !/^$|\bvitest\b/.test(manifest.scripts.get('test') ?? '')

  const isOldVitest = isOld(manifest.ranges.get('vitest'))
  const standIns = readStandIns(sources, readSetupFiles(sources, manifest))
  const vitest = { isOldVitest, lacksPaths: lacksPaths(sources), besideOther, standIns }

  return { runner, ...files, ...vitest, otherScript, other }
}

/** What `npm test` runs takes every test that it finds for its own. */
function isBesideOther({ project }: Sources, { scripts }: Manifest): boolean {
  return /\b(?:jest|mocha|ava)\b/.test(scripts.get('test') ?? '') && !hasTestConfig(project)
}

/** Jest takes every file in a folder `__tests__` for a test. */
function unseen(usual: string): Pick<Facts['tests'], 'folder' | 'suffix'> {
  return { folder: /(?:^|\/)__tests__$/.test(usual) ? 'test' : usual, suffix: 'vitest' }
}

function isOld(range: string | undefined): boolean {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(range ?? '') ?? []
  if (major === undefined) return false

  return Number(major) < 1 || (Number(major) === 1 && Number(minor) < 3)
}

function lacksPaths({ project }: Sources): boolean {
  if (hasTestConfig(project)) return false
  const options = recordIn(readLenientJson(project, 'tsconfig.json'), 'compilerOptions')

  return Object.keys(recordIn(options, 'paths')).length > 0 || textIn(options, 'baseUrl') !== ''
}

function runnerOf(
  sources: Sources,
  manifest: Manifest,
  other: string | null,
): Facts['tests']['runner'] {
  const scripts = [...manifest.scripts]
    .filter(([name]) => /^test\b/.test(name))
    .map(([, script]) => script)
    .join('\n')
  if (/\bvitest\b/.test(scripts)) return 'vitest'
  if (/(?:^|\s)--test(?:\s|=|$)|\bborp\b/m.test(scripts)) return 'node:test'
  if (manifest.ranges.has('vitest')) return 'vitest'

  // tap runs any file that speaks TAP or exits with a code, as files for node:test do.
  const usesNodeTest = sources.tests.some((path) => /['"]node:test['"]/.test(sources.textOf(path)))

  return usesNodeTest || other === 'tap' ? 'node:test' : 'vitest'
}

function otherRunner(manifest: Manifest): string | null {
  const script = manifest.scripts.get('test') ?? ''

  return (
    ['jest', 'tap', 'mocha', 'ava'].find(
      (name) => new RegExp(`\\b${name}\\b`).test(script) || manifest.ranges.has(name),
    ) ?? null
  )
}

/**
 * The test folder that most test files are in, among those beside or in the sources: a folder
 * deeper down is for one part of the app. Where it has none, tests go beside the sources, or into
 * them where the compiler is to find everything there.
 */
function testFolder(sources: Sources, source: string): string {
  const counts = new Map<string, number>()
  for (const path of sources.tests) {
    const folder = folderIn(path, source)
    if (folder !== null) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one)
  const usual = joined(besides(source), 'test')
  const folder = most?.[0] ?? usual
  const compiled = compiledFolder(sources)
  const isAstray = !isInside(folder, compiled) && isCompiled(sources, `${folder}/a.test.ts`)

  return isAstray ? joined(compiled, 'test') : folder
}

function folderIn(path: string, source: string): string | null {
  for (const place of ['', source, besides(source)]) {
    const inside = isInside(path, place) ? path.slice(place === '' ? 0 : place.length + 1) : ''
    const [name] = /^(?:tests?|__tests__|specs?)(?=\/)/.exec(inside) ?? []
    if (name !== undefined) return joined(place, name)
  }

  return null
}

/** Where a package keeps what is not its sources. */
function besides(source: string): string {
  return /(?:^|\/)src$/.test(source) ? joined(folderOf(source)) : ''
}
