import type { Three } from './versions.js'

/**
 * The order of entries after both sides added, removed or moved some. `null` where both moved
 * some, or both added at the same place something that is not free to stand before or after.
 */
export function mergeOrder(
  { base, ours, theirs }: Three<readonly string[]>,
  isFree: (id: string) => boolean,
): string[] | null {
  if (keepsOrder(base, theirs)) return weave({ base, ours, theirs }, isFree)
  if (keepsOrder(base, ours)) return weave({ base, ours: theirs, theirs: ours }, isFree)

  return null
}

function keepsOrder(base: readonly string[], side: readonly string[]): boolean {
  const common = base.filter((id) => side.includes(id))
  const kept = side.filter((id) => base.includes(id))

  return common.every((id, index) => id === kept[index])
}

/** Puts what one side added behind what it stands behind there, and takes out what it removed. */
function weave(
  { base, ours, theirs }: Three<readonly string[]>,
  isFree: (id: string) => boolean,
): string[] | null {
  const result = ours.filter((id) => theirs.includes(id) || !base.includes(id))
  for (const [index, id] of theirs.entries()) {
    if (base.includes(id) || result.includes(id)) continue
    const before = theirs.slice(0, index).findLast((other) => result.includes(other))
    let at = before === undefined ? 0 : result.indexOf(before) + 1
    for (let next = result[at]; next !== undefined && isNew(next); next = result[at]) {
      if (!isFree(next) || !isFree(id)) return null
      at += 1
    }
    result.splice(at, 0, id)
  }

  return result

  function isNew(id: string): boolean {
    return !base.includes(id) && !theirs.includes(id)
  }
}
