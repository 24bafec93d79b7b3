import type { Sources } from './sources.js'

/** Every module a text names; cheaper than parsing files that matter only for their imports. */
export function modulesIn(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(
    ([, module = '']) => module,
  )
}

/** The files of the app that import one of these, and these themselves. */
export function withImporters(sources: Sources, files: ReadonlySet<string>): string[] {
  return sources.paths.filter(
    (path) =>
      files.has(path) ||
      modulesIn(sources.textOf(path)).some((module) =>
        files.has(sources.resolve(path, module) ?? ''),
      ),
  )
}
