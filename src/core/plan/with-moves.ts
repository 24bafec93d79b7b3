import { followMoves } from '../merging/moved/follow.js'
import type { Move } from '../merging/moved/moves.js'
import type { File } from '../merging/moved/work.js'
import { type Circumstances, type Reconciled, reconcile, type Three } from './reconcile.js'

/** A generated file, and what was decided about it alone; `null` where nothing is to be. */
type Decided = Three & {
  path: string
  theirs: string
  circumstances: Circumstances
  decided: Reconciled | null
}

/**
 * The same decisions, with the owner's edits of declarations that this version has in other files
 * taken there. Where it is not certain how, the file that they were in is for a person.
 */
export function withMoves<File extends Decided>(
  compared: readonly File[],
  isHere: (file: File) => boolean,
): readonly File[] {
  let files = compared
  for (const { path } of compared) {
    const file = files.find((one) => one.path === path)
    if (file && isHere(file) && isMerged(file)) files = withMovesFrom(file, files, isHere)
  }

  return files
}

/** Both sides changed it; what only the owner of it has is no question. */
function isMerged({ base, ours, decided }: Decided): boolean {
  const isMarked = decided?.verb === 'conflict' && decided.after === ours

  return (
    base !== null && !isMarked && (decided?.verb === 'conflict' || decided?.merged !== undefined)
  )
}

function withMovesFrom<File extends Decided>(
  from: File,
  files: readonly File[],
  isHere: (file: File) => boolean,
): readonly File[] {
  const { path, circumstances } = from
  const outcome = followMoves(
    path,
    files.map((file) => toFile(file, isHere(file))),
    circumstances.labels,
  )
  if (outcome === 'nothing moved') return files
  if (outcome === 'unclear') {
    return files.map((file) => (file === from ? { ...file, decided: forPerson(file) } : file))
  }

  return files.map((file) => {
    const after = outcome.texts.get(file.path)
    const { decided } = file
    if (after === undefined || decided === null) return file

    return {
      ...file,
      decided: moved(decided, after, { path, file: file.path, moves: outcome.moves }),
    }
  })
}

function toFile({ path, base, ours, theirs, decided }: Decided, isWanted: boolean): File {
  const isClean = decided?.verb === 'create' || decided?.verb === 'update'

  return { path, base, ours, theirs, merged: isWanted && isClean ? decided.after : null }
}

/** Lines alone leave a conflict where one side edited what the other took out. */
function forPerson(file: Decided): Reconciled | null {
  return file.decided?.verb === 'conflict'
    ? file.decided
    : reconcile(file, { ...file.circumstances, strict: true })
}

function moved(
  decided: Reconciled,
  after: string,
  { path, file, moves }: { path: string; file: string; moves: readonly Move[] },
): Reconciled {
  const namesTo = (place: string) =>
    moves.flatMap(({ name, to }) => (to === place ? name : [])).join(', ')
  if (file !== path) {
    const note = `with your edit of ${namesTo(file)} from ${path}`

    return { ...decided, after, note: decided.note ? `${decided.note}; ${note}` : note }
  }
  const places = [...new Set(moves.map(({ to }) => to))]
  const notes = places.map((to) => `${namesTo(to)} moved to ${to} with your edit`)
  const note = `${notes.join('; ') || 'merged, without what moved'}; please review it`

  return { verb: 'update', after, note, merged: 'moves' }
}
