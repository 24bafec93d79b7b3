/** Durations in milliseconds, so that a constant can say its unit: `60 * DAY`. */
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
