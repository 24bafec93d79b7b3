import { isSameJson } from '../print-json.js'
import type { Project } from '../project.js'
import {
  type AuthRecord,
  basePath,
  basesOf,
  FOLDER,
  printRecord,
  RECORD_PATH,
} from '../record/record.js'
import type { Operation } from './plan.js'

/** What a run leaves behind for the next one, as operations like any other. */
export function planState(
  project: Project,
  record: AuthRecord,
  bases: ReadonlyMap<string, string>,
  manifests: ReadonlyMap<string, string>,
): Operation[] {
  const files = new Map([
    [RECORD_PATH, printRecord(record)],
    [`${FOLDER}/.gitattributes`, ATTRIBUTES],
    ...manifests,
    ...baseFiles(project, record, bases),
  ])

  return [
    ...[...files].flatMap(([path, after]) => write(path, project.get(path) ?? null, after)),
    ...unusedBases(project, files),
  ]
}

// The copies are compared byte for byte, so git leaves their line ends alone; and they are
// written by a machine, which keeps them out of a review.
const ATTRIBUTES = 'base/** -text linguist-generated\n'

function baseFiles(
  project: Project,
  record: AuthRecord,
  bases: ReadonlyMap<string, string>,
): [string, string][] {
  return [...basesOf(record)].flatMap((hash): [string, string][] => {
    const path = basePath(hash)
    const text = bases.get(hash) ?? project.get(path)

    return text === undefined ? [] : [[path, text]]
  })
}

function write(path: string, before: string | null, after: string): Operation[] {
  if (before === after || (before !== null && isSameJson(before, after))) return []

  return [{ verb: before === null ? 'create' : 'update', path, before, after }]
}

function unusedBases(project: Project, files: ReadonlyMap<string, string>): Operation[] {
  return [...project]
    .filter(([path]) => path.startsWith(`${FOLDER}/base/`) && !files.has(path))
    .map(([path, before]) => ({ verb: 'remove', path, before, after: null }))
}
