import type { Plan } from './core/plan/plan.js'
import { quoted } from './core/quoted.js'
import { type Conflict, unmergedPaths } from './shell/git-conflicts.js'

/** The conflicts that a run writes into files, with the texts that they came from. */
export function newConflicts({ operations }: Plan): Conflict[] {
  return operations.flatMap(({ verb, path, before, after, versions }) =>
    verb === 'conflict' && before !== null && before !== after && versions
      ? [{ path, ours: before, ...versions }]
      : [],
  )
}

/** `git add` for conflicts that are resolved, and that git still waits for. */
export async function leftToStage(root: string, { operations }: Plan): Promise<string[]> {
  const open = new Set(operations.flatMap(({ verb, path }) => (verb === 'conflict' ? [path] : [])))
  const ours = new Set(
    operations.flatMap(({ path, versions }) => (versions && !open.has(path) ? [path] : [])),
  )
  const resolved = (await unmergedPaths(root)).filter((path) => ours.has(path))

  return resolved.length === 0 ? [] : [`git add ${resolved.map(asArgument).join(' ')}`]
}

function asArgument(path: string): string {
  return /^[\w./@-]+$/.test(path) ? path : quoted(path, path.length)
}
