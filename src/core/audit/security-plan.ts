import type { Operation, Plan } from '../plan/plan.js'
import { planState } from '../plan/plan-state.js'
import { reconcile } from '../plan/reconcile.js'
import type { Project } from '../project.js'
import { readBase } from '../record/read-record.js'
import { type AuthRecord, hashText, type RecordedFile } from '../record/record.js'
import { rename } from '../render/rename.js'
import { type Advisory, affects } from './advisory.js'
import type { Finding } from './audit.js'
import { applyPatch } from './patch.js'

type Known = {
  project: Project
  advisories: readonly Advisory[]
  version: string
  strict?: boolean
}

/**
 * The fixes of advisories and nothing else. What the last run wrote gets the patch, and the
 * difference is merged into the owner's file like any new version; the file stays one of its
 * version, with those lines mended. What is found elsewhere is left to a person.
 */
export function planSecurity(record: AuthRecord, findings: readonly Finding[], known: Known): Plan {
  const mended = record.systems.map((system) => ({
    system,
    files: system.files.map((file) => mend(file, system.names, known)),
  }))
  const operations = mended.flatMap(({ files }) =>
    files.flatMap(({ operation }) => operation ?? []),
  )
  const systems = mended.map(({ system, files }) => ({
    ...system,
    files: files.map(({ entry }) => entry),
  }))
  const bases = new Map(
    mended.flatMap(({ files }) =>
      files.flatMap(({ base }): [string, string][] =>
        base === null ? [] : [[hashText(base), base]],
      ),
    ),
  )
  const mendedIn = new Map(
    mended.flatMap(({ files }) => files.map(({ entry, fixed }) => [entry.path, fixed] as const)),
  )
  const isLeft = ({ path, advisory }: Finding) => !mendedIn.get(path)?.includes(advisory.id)

  return {
    operations: [
      ...operations,
      ...findings.filter(isLeft).map((finding) => leave(finding, known)),
      ...planState(known.project, { ...record, systems }, bases, new Map()),
    ],
    packages: { dependencies: {}, devDependencies: {} },
    notices: [],
  }
}

type Mended = {
  entry: RecordedFile
  operation: Operation | null
  base: string | null
  /** The advisories whose patch had its place. */
  fixed: string[]
}

function mend(
  entry: RecordedFile,
  names: AuthRecord['systems'][number]['names'],
  { project, advisories, version, strict = false }: Known,
): Mended {
  const unchanged = { entry, operation: null, base: null, fixed: [] }
  const due = advisories.filter(
    (advisory) => advisory.template === entry.template && affects(advisory, entry.version),
  )
  const ours = project.get(entry.path)
  if (due.length === 0 || ours === undefined || entry.mode !== 'managed') return unchanged
  const base = hashText(ours) === entry.sha256 ? ours : readBase(project, entry)
  const fixed: string[] = []
  const patched = due.reduce((text, { id, patch, template }) => {
    const hunks = patch.map(({ from, to }) => ({
      from: rename(from, names, template),
      to: rename(to, names, template),
    }))
    const result = applyPatch(text, hunks)
    if (result !== null) fixed.push(id)

    return result ?? text
  }, base)
  if (patched === base) return unchanged
  const labels = {
    ours: 'yours',
    base: `create-auth ${entry.version}`,
    theirs: `create-auth ${version}, security fixes`,
  }
  const decided = reconcile({ base, ours, theirs: patched }, { labels, path: entry.path, strict })
  const { rendered: _rendered, ...rest } = entry

  return {
    fixed,
    base: patched,
    entry: {
      ...rest,
      sha256: hashText(patched),
      mode: decided.verb === 'conflict' ? 'conflict' : 'managed',
    },
    operation: {
      ...decided,
      path: entry.path,
      before: ours,
      note: [fixed.join(', '), decided.note].filter((text) => text !== undefined).join('; '),
      versions: { base, theirs: patched },
    },
  }
}

function leave({ advisory, path, line }: Finding, { project }: Known): Operation {
  const text = project.get(path) ?? null

  return {
    verb: 'by hand',
    path,
    before: text,
    after: text,
    note: `${advisory.summary} (line ${line}, ${advisory.id}).`,
    paste: advisory.patch.map(({ to }) => to.trimEnd()).join('\n\n'),
  }
}
