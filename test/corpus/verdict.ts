import type { Complaints } from './complaints.js'
import type { Outcome } from './results.js'

/** What a step has to say; how long it took is added to it. */
export type Verdict = { outcome: Outcome; reason: string; complaints?: Complaints }

export const ok = (reason = ''): Verdict => ({ outcome: 'ok', reason })
export const fail = (reason: string): Verdict => ({ outcome: 'fail', reason })
export const notHere = (reason: string): Verdict => ({ outcome: 'not here', reason })

/** Fails for the first of the new complaints, and says how many there are. */
export function unlessComplaints(complaints: Complaints, reason = ''): Verdict {
  const [first] = complaints
  if (first === undefined) return ok(reason)
  const shown = complaints.length > 1 ? `${complaints.length}: ${first}` : first

  return { ...fail(shown.slice(0, 400)), complaints }
}
