import type { Project } from '../project.js'
import type { Operation } from './plan.js'

/** The project as it will be once the operations are done. */
export function changesIn(project: Project, operations: readonly Operation[]): Project {
  const next = new Map(project)
  for (const { path, before, after } of operations) {
    if (before === after) continue
    if (after === null) next.delete(path)
    else next.set(path, after)
  }

  return next
}
