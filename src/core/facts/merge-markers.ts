import { Problem } from '../problem.js'

/** Refuses a file in the middle of a merge: what it says is not what its authors mean. */
export function refuseUnfinishedMerge(path: string, text: string | undefined): void {
  // `=======` alone also underlines headings, so it does not count.
  const marker = text?.match(/^(?:<{7}|>{7})(?: .*)?\r?$/m)
  if (!text || !marker) return
  const line = text.slice(0, marker.index).split('\n').length

  throw new Problem(
    `${path} holds an unfinished merge (line ${line}).`,
    'Resolve it, look for <<<<<<< and >>>>>>>, and run this again.',
  )
}
