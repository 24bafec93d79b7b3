import { type Labels, type MergeOptions, merge, type Rung } from '../merging/merge.js'
import { hasMarkers, plain, sameText, shapeLike, shapeOf } from '../text.js'
import type { Verb } from './plan.js'

/** One generated file, three times; `null` where there is none. */
export type Three = {
  /** What the last run wrote, or merged with. */
  base: string | null
  /** What is there now. */
  ours: string | null
  /** What this run would write. */
  theirs: string | null
}

export type Reconciled = {
  verb: Verb
  /** The text that should be there. */
  after: string | null
  note?: string
  /** How it was merged, where both sides changed it. */
  merged?: Rung
}

export type Circumstances = MergeOptions & { labels: Labels; path?: string }

/** Decides what happens to one generated file. Nothing the owner wrote is ever lost by it. */
export function reconcile({ base, ours, theirs }: Three, circumstances: Circumstances): Reconciled {
  if (ours === null) return reconcileMissing(base, theirs)
  if (theirs === null) return reconcileDropped(base, ours)
  if (base !== null && hasMarkers(ours) && !hasMarkers(base)) {
    return { verb: 'conflict', after: ours, note: 'not merged yet; look for <<<<<<<' }
  }
  if (sameText(ours, theirs)) return { verb: 'identical', after: ours }
  if (base === null) return { verb: 'taken', after: ours, note: 'not written by create-auth' }
  if (sameText(base, theirs)) return { verb: 'identical', after: ours }
  if (sameText(base, ours)) {
    return { verb: 'update', after: shapeLike(plain(theirs), shapeOf(ours)) }
  }

  return mergeBoth({ base, ours, theirs }, circumstances)
}

function reconcileMissing(base: string | null, theirs: string | null): Reconciled {
  if (base === null) return { verb: 'create', after: theirs }
  if (theirs === null || sameText(base, theirs)) return { verb: 'deleted', after: null }

  return { verb: 'deleted', after: null, note: 'changed in this version' }
}

function reconcileDropped(base: string | null, ours: string): Reconciled {
  if (sameText(base, ours)) return { verb: 'remove', after: null }

  return { verb: 'kept', after: ours, note: 'no longer needed, but edited by you' }
}

function mergeBoth(
  three: { base: string; ours: string; theirs: string },
  { labels, path, strict = false }: Circumstances,
): Reconciled {
  const merged = merge(three, labels, path, { strict })
  if (merged.kind === 'conflict') {
    return { verb: 'conflict', after: merged.text, note: describePlaces(merged.places) }
  }
  if (merged.text === three.ours) return { verb: 'identical', after: three.ours }

  return { verb: 'update', after: merged.text, note: NOTES[merged.rung], merged: merged.rung }
}

/** How it was merged; what lines alone could not decide asks for a look. */
const NOTES: Record<Rung, string> = {
  lines: 'merged: lines',
  renames: 'merged, with names that one side changed; please review it',
  formatting: 'merged: lines, in your formatting',
  imports: 'merged: imports',
  names: 'merged: declarations; please review it',
  words: 'merged: words within a line; please review it',
  moves: 'merged: declarations that moved; please review it',
}

function describePlaces(places: number): string {
  return `${places} ${places === 1 ? 'place' : 'places'}; look for <<<<<<<`
}
