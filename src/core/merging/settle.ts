import type { Document } from './document.js'
import type { Range } from './lines.js'
import type { Three, Versions } from './versions.js'

/** A place in the three texts, and what it is in the result. */
export type Settled = { ranges: Three<Range>; text: string }

/** The three texts with the settled places alike in all of them; `null` where there is none. */
export function settle(documents: Three<Document>, settled: readonly Settled[]): Versions | null {
  const inOrder = settled.filter(isInOrder)
  if (inOrder.length === 0) return null

  return { base: fill('base'), ours: fill('ours'), theirs: fill('theirs') }

  function fill(side: keyof Three<unknown>): string {
    const { text } = documents[side]
    let at = 0
    let result = ''
    for (const { ranges, text: merged } of inOrder) {
      result += text.slice(at, ranges[side].start) + merged
      at = ranges[side].end
    }

    return result + text.slice(at)
  }
}

/** Whether a place stands behind all those before it: what was moved cannot be filled in. */
function isInOrder({ ranges }: Settled, index: number, all: readonly Settled[]): boolean {
  return all
    .slice(0, index)
    .every((before) => SIDES.every((side) => before.ranges[side].end <= ranges[side].start))
}

const SIDES = ['base', 'ours', 'theirs'] as const
