import { withoutExtension } from '../edits/specifier.js'
import { readManifest } from '../facts/manifest.js'
import type { Project } from '../project.js'

/**
 * The command that runs a file of the app's sources, in the way that the app runs its own: null
 * where none of its scripts and packages shows one.
 */
export function commandFor(path: string, project: Project): string | null {
  if (/\.[cm]?js$/.test(path)) return `node ${path}`

  return commandOfRunner(path, project) ?? commandOfCompiled(path, project)
}

/** From a checkout, as in development: nothing has to be built before. */
function commandOfRunner(path: string, project: Project): string | null {
  const { ranges, scripts, type } = readManifest(project)
  const lines = [...scripts.values()].join('\n')
  if (ranges.has('tsx') || /\btsx\b/.test(lines)) return `tsx ${path}`
  if (/\bbun (?:--\S+ |run )*\S+\.ts\b/.test(lines)) return `bun ${path}`
  // What ts-node does with modules depends on the version of Node, so it is not proposed there.
  if (type === 'module' || !(ranges.has('ts-node') || ranges.has('ts-node-dev'))) return null

  return ranges.has('tsconfig-paths')
    ? `ts-node -r tsconfig-paths/register ${path}`
    : `ts-node ${path}`
}

const COMPILED = /\bnode (?:-\S+ )*(?:\.\/)?([\w./-]+\.[cm]?js)\b/g

/** Of `node dist/server.js` and `src/server.ts` follows where other files are. */
function commandOfCompiled(path: string, project: Project): string | null {
  const { scripts } = readManifest(project)
  for (const [, compiled = ''] of [...scripts.values()].join('\n').matchAll(COMPILED)) {
    const parts = withoutExtension(compiled).split('/')
    for (const [index] of parts.entries()) {
      const [above, below] = [parts.slice(0, index), parts.slice(index).join('/')]
      const folder = FOLDERS.find((each) => project.has(`${each}${below}.ts`))
      if (above.length === 0 || folder === undefined || !path.startsWith(folder)) continue

      return `node ${[...above, withoutExtension(path.slice(folder.length))].join('/')}.js`
    }
  }

  return null
}

/** Where sources are, as seen from the app's root. */
const FOLDERS = ['', 'src/']
