import { moduleOf } from '../edits/specifier.js'
import { openSources } from '../facts/sources.js'
import { advice, type Check, type Examined, problem } from './check.js'

/** A file that its owner deleted stays deleted; another one may still need it. */
export const files: Check = {
  name: 'files',
  healthy: 'every generated file is there',
  examine: (app) => {
    const gone = [
      ...new Set(app.record.systems.flatMap((system) => system.files.map(({ path }) => path))),
    ].filter((path) => !app.project.has(path))
    const wanted = importedFrom(app, gone)

    return gone.map((path) => {
      const by = wanted.get(path)
      if (by === undefined) return advice(`${path} was deleted, and stays so.`, restore(path))

      return problem(`${path} was deleted, and ${by} imports it.`, restore(path))
    })
  },
}

function restore(path: string): string {
  return `git checkout -- ${path}, or take out what imports it`
}

/** Which file imports each of those that are gone. */
function importedFrom({ project }: Examined, gone: readonly string[]): Map<string, string> {
  if (gone.length === 0) return new Map()
  const ghosts = new Map([...project, ...gone.map((path) => [path, ''] as const)])
  const sources = openSources(ghosts)
  const found = new Map<string, string>()
  for (const path of [...sources.paths, ...sources.tests]) {
    for (const [, module = ''] of sources.textOf(path).matchAll(IMPORT)) {
      const target = sources.resolve(path, module)
      if (target !== null && gone.some((each) => moduleOf(each) === moduleOf(target))) {
        if (!found.has(target)) found.set(target, path)
      }
    }
  }

  return found
}

const IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"\n]+)['"]/g
