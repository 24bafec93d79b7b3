import type { Edit } from '../edits/edit.js'
import { Problem } from '../problem.js'
import type { Project } from '../project.js'
import type { RecordedEdit } from '../record/record.js'
import { hasMarkers } from '../text.js'
import type { Operation } from './plan.js'

/** One edit to a file of the app that is not ours. */
export type Step = {
  id: string
  file: string
  /** What the edit holds on to: a model, a call, a key. */
  anchor: string
  /** For the report, when it is done: `+ model UserToken`. */
  note: string
  edit: (text: string) => Edit
  /** What a person pastes instead, where the bare lines do not say where they belong. */
  paste?: (inserted: readonly string[]) => string
  /** The file holds secrets: nothing of it is shown or recorded. */
  isSecret?: boolean
  /** Permission bits, where the file has to be created. */
  mode?: number
}

export type EditsPlan = {
  operations: Operation[]
  edits: RecordedEdit[]
  /** The texts of files outside the app, as they are once a person has made the edits there. */
  outside: ReadonlyMap<string, string>
  /** Files that would change, and that the run is not about. */
  passedBy: string[]
}

export type EditsKnown = {
  recorded: readonly RecordedEdit[]
  isWanted: (path: string) => boolean
}

/** Makes the edits one after the other, each on the text that the one before it left. */
export function planEdits(
  steps: readonly Step[],
  project: Project,
  { recorded, isWanted }: EditsKnown,
): EditsPlan {
  const files = [...new Set(steps.map(({ file }) => file))]
  const planned = files.map((file) =>
    (isOutside(file) ? planOutside : planFile)(
      file,
      steps.filter((step) => step.file === file),
      project.get(file) ?? null,
      recorded,
    ),
  )

  const wanted = planned.filter(({ file }) => isWanted(file))
  const others = planned.filter(({ file }) => !isWanted(file))

  return {
    operations: wanted.flatMap(({ operations }) => operations),
    edits: [
      ...wanted.flatMap(({ edits }) => edits),
      ...recorded.filter(({ file }) => !isWanted(file)),
    ],
    passedBy: others
      .filter(({ operations }) => operations.some(({ before, after }) => before !== after))
      .map(({ file }) => file),
    outside: new Map(planned.flatMap(({ outside }) => [...outside])),
  }
}

type PlannedFile = Omit<EditsPlan, 'passedBy'> & { file: string }

/** Of the repository, but not of the app: nothing is written there, so its paths begin with `../`. */
function isOutside(file: string): boolean {
  return file.startsWith('../')
}

/** All that is missing in a file outside the app, as one edit for a person. */
function planOutside(file: string, steps: readonly Step[], before: string | null): PlannedFile {
  const pastes: string[] = []
  const reasons: string[] = []
  let text = before ?? ''
  for (const step of steps) {
    const edit = step.edit(text)
    if (edit.kind === 'done') {
      text = edit.text
      pastes.push(step.paste?.(edit.inserted) ?? edit.inserted.join(''))
    }
    if (edit.kind === 'cannot') {
      pastes.push(edit.paste)
      reasons.push(edit.reason)
    }
  }
  const isDone = pastes.length === 0
  const byHand: Operation = {
    ...{ verb: 'by hand', path: file, before, after: before },
    note: [
      `It is outside this app, so nothing is written there: ${steps.map(({ note }) => note).join(', ')}.`,
      ...reasons,
    ].join(' '),
    paste: `${pastes.map((paste) => paste.trim()).join('\n\n')}\n`,
  }
  const done: Operation = { verb: 'identical', path: file, before, after: before }

  return { file, operations: [isDone ? done : byHand], edits: [], outside: new Map([[file, text]]) }
}

function planFile(
  file: string,
  steps: readonly Step[],
  before: string | null,
  recorded: readonly RecordedEdit[],
): PlannedFile {
  if (before !== null && hasMarkers(before)) throw unfinishedMerge(file)

  const byHand: Operation[] = []
  const edits: RecordedEdit[] = []
  const notes: string[] = []
  let text = before ?? ''
  for (const step of steps) {
    const edit = step.edit(text)
    const earlier = recorded.find(({ id }) => id === step.id)
    edits.push(...recordEdit(step, edit, earlier))
    if (edit.kind === 'cannot') {
      const { reason: note, paste } = edit
      byHand.push({ verb: 'by hand', path: file, before, after: before, note, paste })
    }
    if (edit.kind === 'done') {
      text = edit.text
      notes.push(step.note)
    }
  }

  const done =
    byHand.length > 0 && text === (before ?? '') ? [] : describe(file, before, text, notes, steps)

  return { file, operations: [...done, ...byHand], edits, outside: new Map() }
}

function describe(
  path: string,
  before: string | null,
  text: string,
  notes: readonly string[],
  steps: readonly Step[],
): Operation[] {
  if (before === null && text === '') return []
  if (before === text) return [{ verb: 'identical', path, before, after: before }]
  const mode = steps.find((step) => step.mode !== undefined)?.mode
  const isSecret = steps.some((step) => step.isSecret)

  return [
    {
      verb: before === null ? 'create' : 'update',
      path,
      before,
      after: text,
      ...(mode === undefined ? {} : { mode }),
      ...(isSecret ? { isSecret } : {}),
      note: notes.join(', '),
    },
  ]
}

/** What an earlier run added is known from then: this one may find it done, and add nothing. */
function recordEdit(
  { id, file, anchor, isSecret = false }: Step,
  edit: Edit,
  earlier: RecordedEdit | undefined,
): RecordedEdit[] {
  if (edit.kind === 'cannot') return earlier ? [earlier] : []
  const added = edit.kind === 'done' ? edit.inserted : []
  const inserted = [...new Set([...(earlier?.inserted ?? []), ...added])]

  return [{ id, file, anchor, inserted: isSecret ? [] : inserted }]
}

function unfinishedMerge(file: string): Problem {
  return new Problem(
    `${file} holds an unfinished merge; nothing was changed.`,
    `Resolve it (look for <<<<<<<) and run the command again.`,
  )
}
