/** One edited file in an app that is otherwise as it was written, upgraded to the next version. */

import type { Versions } from '../../src/core/merging/versions.js'
import { reconcile } from '../../src/core/plan/reconcile.js'
import { withMoves } from '../../src/core/plan/with-moves.js'

type Texts = ReadonlyMap<string, string>

export type Upgrade = {
  /** How the file was merged; `conflict` where it was not. */
  rung: string
  /** What the report says of the file. */
  note: string | undefined
  /** What was edited, and each file that got something of it, by its path. */
  files: Map<string, Versions & { result: string }>
}

const labels = { ours: 'yours', base: 'base', theirs: 'new' }

/** What becomes of `ours` at the path, where the whole app goes from one version to the other. */
export function upgradedIn(path: string, ours: string, before: Texts, after: Texts): Upgrade {
  const compared = [...after].map(([each, theirs]) => {
    const base = before.get(each) ?? null
    const three = { base, ours: each === path ? ours : base, theirs }
    const circumstances = { labels, path: each }

    return { ...three, path: each, circumstances, decided: reconcile(three, circumstances) }
  })
  const decided = withMoves(compared, () => true)
  const own = decided.find((file) => file.path === path)?.decided
  const touched = decided.filter(
    (file, index) => file.path === path || file.decided?.after !== compared[index]?.decided.after,
  )

  return {
    rung: own?.verb === 'conflict' ? 'conflict' : (own?.merged ?? 'lines'),
    note: own?.note,
    files: new Map(
      touched.map(({ path: each, base, ours: mine, theirs, decided: final }) => [
        each,
        { base: base ?? '', ours: mine ?? base ?? '', theirs, result: final?.after ?? '' },
      ]),
    ),
  }
}
