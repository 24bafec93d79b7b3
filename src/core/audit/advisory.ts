import { isNewer } from '../record/read-record.js'

/** What was wrong in code that earlier versions wrote, how to find it, and how to mend it. */
export type Advisory = {
  id: string
  summary: string
  details: string
  severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW'
  references: readonly string[]
  /** The first version without it. */
  fixedIn: string
  /** The template that had it. */
  template: string
  /** What the code of a function looks like that has it; see pattern.ts. */
  vulnerable: string
  /** What such a function holds, or calls, once it is mended: any of these. */
  fixed: readonly string[]
  patch: readonly Hunk[]
  /** The generated test that fails with it. */
  test: { file: string; name: string }
}

export type Hunk = { from: string; to: string }

/** The parts of an OSV entry (ossf.github.io/osv-schema) that matter here. */
type Osv = {
  id: string
  summary: string
  details: string
  affected: readonly {
    ranges: readonly { events: readonly { introduced?: string; fixed?: string }[] }[]
    ecosystem_specific: Pick<Advisory, 'template' | 'vulnerable' | 'fixed' | 'patch' | 'test'>
  }[]
  references: readonly { url: string }[]
  database_specific: Pick<Advisory, 'severity'>
}

/** One of our own files, as the tests know them to be. */
export function readAdvisory(text: string): Advisory {
  const { id, summary, details, affected, references, database_specific } = JSON.parse(text) as Osv
  const [range] = affected[0]?.ranges ?? []
  const fixedIn = range?.events.find((event) => event.fixed !== undefined)?.fixed
  const specific = affected[0]?.ecosystem_specific
  if (fixedIn === undefined || specific === undefined) throw new Error(`${id} is incomplete`)

  return {
    ...{ id, summary, details, fixedIn, ...specific },
    severity: database_specific.severity,
    references: references.map(({ url }) => url),
  }
}

/** Whether a version of the command wrote the code that the advisory is about. */
export function affects({ fixedIn }: Advisory, version: string): boolean {
  return isNewer(fixedIn, version)
}
