import type { Facts } from './facts.js'
import type { Manifest } from './manifest.js'
import { folderOf } from './paths.js'
import type { Sources } from './sources.js'

/** How the app tests itself, and where. */
export function readTests(sources: Sources, manifest: Manifest): Facts['tests'] {
  const other = otherRunner(manifest)

  return { runner: runnerOf(sources, manifest, other), folder: testFolder(sources), other }
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

/** The outermost test folder that most test files are in; tests beside their sources name none. */
function testFolder(sources: Sources): string {
  const counts = new Map<string, number>()
  for (const path of sources.tests) {
    const [folder] =
      `${folderOf(path)}/`.match(/^(?:.*?\/)??(?:tests?|__tests__|specs?)(?=\/)/) ?? []
    if (folder) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one)

  return most?.[0] ?? 'test'
}
