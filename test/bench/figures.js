// Machines are noisy: what is told of several rounds is the median, with the least and the most.

/** @param {number[]} values */
export function summarize(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}

/**
 * How much one thing took of another: the median of the ratios of each round, in which both ran
 * next to each other.
 *
 * @param {number[]} values
 * @param {number[]} others
 */
export function ratioOf(values, others) {
  return median(values.map((value, round) => value / others[round]))
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2

  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2
}
