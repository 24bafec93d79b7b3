import { expect } from 'vitest'
import { merge } from '../../../src/core/merging/merge.js'
import type { Versions } from '../../../src/core/merging/versions.js'

export const labels = { ours: 'yours', base: 'base', theirs: 'create-auth 2.0.0' }

/** The text of a clean merge. A conflict has none. */
export function merged(path: string, versions: Versions): string {
  const result = merge(versions, labels, path)

  return result.kind === 'clean' ? result.text : 'conflict'
}

export type Change = [from: string | RegExp, to: string]

/** The text with every change, each of which must fit. */
export function changed(text: string, changes: readonly Change[]): string {
  return changes.reduce((before, [from, to]) => {
    const after = before.replace(from, to)
    expect(after).not.toBe(before)

    return after
  }, text)
}
