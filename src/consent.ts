import { changesAnything, type Plan } from './core/plan/plan.js'
import { Problem } from './core/problem.js'
import { FOLDER } from './core/record/record.js'
import { isInteractive, type Options } from './environment.js'
import { ask, Interrupted } from './shell/ask.js'
import { gitState } from './shell/git.js'

/** Edits are easy to look at, and to take back, only where nothing else is uncommitted. */
export async function refuseDirtyTree(
  root: string,
  { operations }: Plan,
  { allowDirty }: Options,
): Promise<void> {
  // Our own notes may be written any time: that a conflict is resolved, for one.
  const isAnyOfTheirs = operations.some(
    ({ path, before, after }) => before !== after && !path.startsWith(`${FOLDER}/`),
  )
  if (allowDirty || !isAnyOfTheirs) return
  const { state, dirtyPaths } = await gitState(root)
  if (state === 'clean' || state === 'none') return

  throw new Problem(
    state === 'unknown'
      ? 'Git could not say whether this app has uncommitted changes; nothing was written.'
      : `This app has uncommitted changes (${sampleOf(dirtyPaths)}); nothing was written.`,
    'Commit or stash them first, or pass --allow-dirty.',
  )
}

/** All of it or nothing: with one file missing, the others would not even compile. */
export function refuseTakenFiles({ operations }: Plan): void {
  const taken = operations.filter(({ verb }) => verb === 'taken').map(({ path }) => path)
  if (taken.length === 0) return

  throw new Problem(
    `Files that create-auth did not write stand where its own would go (${sampleOf(taken)}); nothing was written.`,
    'Move or rename them and run the command again.',
  )
}

/** Asks whether to write, where there is somebody to ask. */
export async function confirmPlan(plan: Plan, options: Options): Promise<void> {
  if (!isInteractive(options) || !changesAnything(plan)) return
  const { write } = await ask({
    write: { type: 'confirm', message: 'Write this?', initial: true, flag: '--yes' },
  })
  if (!write) throw new Interrupted('Nothing was changed.')
}

/** Installing and migrating reach the network and the database, which takes a yes. */
export async function confirmBringUp(what: string, options: Options): Promise<boolean> {
  if (options.yes) return true
  if (!isInteractive(options)) return false
  const { go } = await ask({
    go: { type: 'confirm', message: what, initial: true, flag: '--yes, or --skip-install' },
  })

  return go
}

function sampleOf(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(', ')

  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown
}
