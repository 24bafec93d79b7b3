import type { Project } from '../project.js'
import type { AuthRecord, RecordedFile } from '../record/record.js'
import { isUnder } from '../record/under.js'
import type { Operation, Plan } from './plan.js'
import { planState } from './plan-state.js'

/** Gives generated files to their owner for good, or, with `back`, takes them into upgrades again. */
export function planEject(
  record: AuthRecord,
  project: Project,
  { paths, back }: { paths: readonly string[]; back: boolean },
): Plan {
  const isWanted = isUnder(paths)
  const isMoved = (file: RecordedFile) => isWanted(file.path) && back === (file.mode === 'ejected')
  const systems = record.systems.map((system) => ({
    ...system,
    files: system.files.map((file) => (isMoved(file) ? moved(file, back) : file)),
  }))
  const operations = record.systems
    .flatMap(({ files }) => files)
    .filter(isMoved)
    .map(({ path }) => describe(path, project, back))

  return {
    operations: [
      ...operations,
      ...planState(project, { ...record, systems }, new Map(), new Map()),
    ],
    packages: { dependencies: {}, devDependencies: {} },
    notices: operations.length === 0 ? [NOTHING[back ? 'back' : 'out']] : [],
  }
}

const NOTHING = {
  back: 'None of these files is ejected.',
  out: 'These files are ejected already.',
}

// Where markers are left, they are still to be resolved.
function moved(file: RecordedFile, back: boolean): RecordedFile {
  return { ...file, mode: back ? 'managed' : 'ejected' }
}

function describe(path: string, project: Project, back: boolean): Operation {
  const text = project.get(path) ?? null

  return {
    verb: back ? 'identical' : 'ejected',
    path,
    before: text,
    after: text,
    note: back ? 'merged again by the next run' : 'yours alone; audit still looks at it',
  }
}
