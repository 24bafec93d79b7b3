import { readDocument } from '../merging/document.js'
import type { Operation } from '../plan/plan.js'
import type { Project } from '../project.js'
import { readBase } from '../record/read-record.js'
import { type AuthRecord, hashText, type RecordedFile } from '../record/record.js'
import { hasMarkers, plain } from '../text.js'
import { countLines } from './diff.js'

/** What its owner did to a generated file. */
export type FileState = {
  path: string
  state: 'pristine' | 'formatted' | 'edited' | 'deleted' | 'conflict' | 'ejected'
  /** Lines against what was generated. */
  added: number
  removed: number
  /** The version whose changes are all in the file. */
  version: string
  /** Whether this version changes it, and the file has not got that yet. */
  behind: boolean
}

/** Every file in the record, each path once, with what a run would bring to it. */
export function fileStates(
  { systems }: AuthRecord,
  project: Project,
  operations: readonly Operation[],
): FileState[] {
  const files = new Map(systems.flatMap((system) => system.files).map((file) => [file.path, file]))
  const behind = new Set(
    operations.flatMap((operation) => (operation.behind === undefined ? [] : operation.path)),
  )

  return [...files.values()].map((file) => ({
    path: file.path,
    ...describe(file, project),
    version: file.version,
    behind: behind.has(file.path),
  }))
}

function describe(
  file: RecordedFile,
  project: Project,
): Pick<FileState, 'state' | 'added' | 'removed'> {
  const text = project.get(file.path)
  const isEjected = file.mode === 'ejected'
  if (text === undefined) return { state: isEjected ? 'ejected' : 'deleted', added: 0, removed: 0 }
  if (hashText(text) === file.sha256) {
    return { state: isEjected ? 'ejected' : 'pristine', added: 0, removed: 0 }
  }
  const [base, ours] = [plain(readBase(project, file)), plain(text)]
  const lines = countLines(base, ours)
  if (isEjected) return { state: 'ejected', ...lines }
  if (hasMarkers(ours) && !hasMarkers(base)) return { state: 'conflict', ...lines }

  return { state: isSameCode(file.path, base, ours) ? 'formatted' : 'edited', ...lines }
}

/** Whether two texts differ in white space, quotes and the like alone. */
function isSameCode(path: string, base: string, ours: string): boolean {
  const [before, after] = [base, ours].map((text) => readDocument(path, text))
  if (!before || !after) return false

  return (
    before.tokens.length === after.tokens.length &&
    before.tokens.every(({ key }, index) => key === after.tokens[index]?.key)
  )
}
