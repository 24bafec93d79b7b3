import { removeInserted } from '../edits/insertion.js'
import type { Project } from '../project.js'
import {
  type AuthRecord,
  FOLDER,
  hashText,
  type RecordedEdit,
  type RecordedFile,
} from '../record/record.js'
import type { Templates } from '../render/render-system.js'
import type { Operation, Plan } from './plan.js'
import { isVouchedFor, type KnownTemplates } from './vouched.js'
import { isOfWholeUsers, withoutAdded } from './whole-users.js'

/**
 * Everything that runs brought, out again: files nobody touched, our edits of the app's own files
 * byte for byte, and the record. What its owner edited stays, and is named.
 */
export function planRemoval(
  { systems }: AuthRecord,
  project: Project,
  templates: readonly Templates[],
): Plan {
  const files = new Map(
    systems.flatMap(({ files, names }) =>
      files.map((file) => [file.path, { file, known: { templates, names } }]),
    ),
  )
  const edits = systems.flatMap((system) => system.edits)
  const state = [...project.keys()].filter((path) => path.startsWith(`${FOLDER}/`))

  return {
    operations: [
      ...[...files.values()].flatMap(({ file, known }) => removeFile(file, project, known)),
      ...[...new Set(edits.map(({ file }) => file))].flatMap((path) =>
        takeOut(path, edits, project),
      ),
      ...state.map((path) => removal(path, project.get(path) ?? '')),
    ],
    packages: { dependencies: {}, devDependencies: {} },
    notices: edits.some(({ id }) => id.startsWith('schema:'))
      ? ['The tables stay in your database until a migration of yours drops them.']
      : [],
  }
}

function removal(path: string, before: string): Operation {
  return { verb: 'remove', path, before, after: null }
}

function removeFile(
  { path, sha256, template }: RecordedFile,
  project: Project,
  known: KnownTemplates,
): Operation[] {
  const text = project.get(path)
  if (text === undefined) return []
  const isOurs = hashText(text) === sha256
  if (isOurs && isVouchedFor(text, template, known)) return [removal(path, text)]
  const note = isOurs ? 'yours: nothing that create-auth wrote' : 'edited by you'

  return [{ verb: 'kept', path, before: text, after: text, note }]
}

/** The last edit first: a later one may stand inside what an earlier one added. */
function takeOut(path: string, edits: readonly RecordedEdit[], project: Project): Operation[] {
  const before = project.get(path)
  if (before === undefined) return []
  let text = before
  const byHand: Operation[] = []
  for (const edit of edits.filter(({ file }) => file === path).reverse()) {
    const cut = isOfWholeUsers(edit) ? withoutAdded : removeInserted
    const rest = edit.inserted.length === 0 ? null : cut(text, edit.inserted)
    if (rest === null) byHand.push(...leave(edit, before))
    else text = rest
  }
  const after = text.trim() === '' ? null : text
  if (after === before) return byHand
  if (after === null && !mayBeAllOurs(path, before)) {
    return [{ verb: 'kept', path, before, after: before, note: 'yours: more than an edit' }]
  }

  return [
    { verb: after === null ? 'remove' : 'update', path, before, after, note: '− what was added' },
    ...byHand,
  ]
}

/**
 * Files of which an edit can be all there is: the app had none before. Whoever can write the record
 * can call any file an edit of ours, and none with a line of the owner's goes on that word.
 */
function mayBeAllOurs(path: string, text: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const lines = text.split(/\r?\n/)
  if (name === '.gitignore') return lines.every((line) => IGNORED.test(line))

  return /^\.env\b/.test(name) && lines.every((line) => SETTINGS.test(line))
}

const IGNORED = /^(?:#.*|\s*|\/?(?:\.env|\.create-auth\/.*))$/
const SETTINGS = /^(?:#.*|\s*|(?:APP_ORIGIN|SESSION_SECRET|MAIL_FROM)=.*)$/

function leave({ file, anchor, id, inserted }: RecordedEdit, text: string): Operation[] {
  const note = inserted.length === 0 ? NOT_RECORDED[id] : `What was added at ${anchor} was changed`
  if (note === undefined || (id === 'environment:secret' && !text.includes(anchor))) return []

  return [
    {
      verb: 'by hand',
      path: file,
      before: text,
      after: text,
      note: `${note}: take out what you no longer need.`,
    },
  ]
}

/** Edits that are there, and whose text is not in the record; all others were the app's before. */
const NOT_RECORDED: Record<string, string> = {
  'environment:secret': 'SESSION_SECRET is never recorded',
  mount: 'The plugin is registered in code that came with the app',
}
