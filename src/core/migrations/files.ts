import type { Project } from '../project.js'

/** The migrations of an app by their paths, oldest first. */
export function migrationFiles(project: Project): ReadonlyMap<string, string> {
  return new Map(
    [...project]
      .filter(([path]) => /(?:^|\/)migrations\/[^/]+\/migration\.sql$/.test(path))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )
}
