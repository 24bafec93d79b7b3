import { align } from './alignment.js'
import type { Document } from './document.js'
import { byLines } from './members.js'
import { type Case, type Condition, conditionsIn, hasSameEffect } from './read-conditions.js'
import { type Settled, settle } from './settle.js'
import { each, type Three, type Versions } from './versions.js'

/**
 * Merges conditions case by case: `a || mine` and `a || b` are `a || mine || b`, wherever all
 * that follows from it is what it was. Where that changed, `a` may have come to mean its opposite.
 */
export function mergeConditions(documents: Three<Document>): Versions | null {
  const settled = conditionsIn(documents).flatMap((conditions): Settled[] => {
    const ranges = each(conditions, ({ range }) => range)
    if (byLines(documents, ranges) !== null || !hasSameEffect(conditions)) return []
    const text = mergeCases(conditions)

    return text === null ? [] : [{ ranges, text }]
  })

  return settle(documents, settled)
}

function mergeCases(conditions: Three<Condition>): string | null {
  const operators = Object.values(conditions).flatMap(({ operator }) => operator ?? [])
  const [operator] = operators
  if (operator === undefined || operators.some((other) => other !== operator)) return null
  const [mine, incoming] = [
    changesOf(conditions.base, conditions.ours),
    changesOf(conditions.base, conditions.theirs),
  ]
  if (mine === null || incoming === null) return null
  const merged = [...conditions.base.cases, null].flatMap((base, index): (Case | null)[] => {
    const added = [...(mine.added.get(index) ?? []), ...(incoming.added.get(index) ?? [])]
    const [own, other] = [mine.replaced.get(index), incoming.replaced.get(index)]
    if (base === null) return added

    return [...added, own && other ? null : (own ?? other ?? base)]
  })
  const isCertain = (one: Case | null): one is Case => one?.isSimple === true

  return merged.every(isCertain) ? merged.map(({ text }) => text).join(` ${operator} `) : null
}

type CaseChanges = { added: Map<number, Case[]>; replaced: Map<number, Case> }

/** Cases in front of each of the base, and in place of one; `null` where some were taken out. */
function changesOf(base: Condition, side: Condition): CaseChanges | null {
  const counterparts = align(base.cases.length, side.cases.length, (one, other) =>
    base.cases[one]?.key === side.cases[other]?.key ? 1 : 0,
  )
  const changes: CaseChanges = { added: new Map(), replaced: new Map() }
  let [from, gone] = [0, 0]
  for (const [index, place] of [...counterparts, side.cases.length].entries()) {
    if (place < 0) {
      gone += 1
      continue
    }
    const added = side.cases.slice(from, place)
    const [first] = added
    if (gone > 1 || (gone === 1 && added.length !== 1)) return null
    if (gone === 1 && first) changes.replaced.set(index - 1, first)
    else changes.added.set(index, added)
    ;[from, gone] = [place + 1, 0]
  }

  return changes
}
