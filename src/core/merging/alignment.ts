/** How much two entries are alike, by their numbers; 0 where they are not the same at all. */
export type Likeness = (one: number, other: number) => number

/**
 * For each entry of a list what became of it in another one, -1 where it is gone. What is most
 * alike belongs together, and no two pairs cross.
 */
export function align(count: number, others: number, likeness: Likeness): number[] {
  const best = Array.from({ length: count + 1 }, () => new Array<number>(others + 1).fill(0))
  const at = (one: number, other: number) => best[one]?.[other] ?? 0
  for (let one = count - 1; one >= 0; one -= 1) {
    for (let other = others - 1; other >= 0; other -= 1) {
      const row = best[one] ?? []
      row[other] = Math.max(at(one + 1, other), at(one, other + 1), paired(one, other))
    }
  }
  const counterparts: number[] = []
  for (let one = 0, other = 0; one < count; one += 1) {
    while (other < others && at(one, other) === at(one, other + 1)) other += 1
    const isPaired = other < others && at(one, other) === paired(one, other)
    counterparts.push(isPaired ? other : -1)
    if (isPaired) other += 1
  }

  return counterparts

  function paired(one: number, other: number): number {
    const alike = likeness(one, other)

    return alike > 0 ? alike + at(one + 1, other + 1) : 0
  }
}
