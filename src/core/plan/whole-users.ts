import { completeObjects, type Grown } from '../edits/complete-objects.js'
import { readField } from '../edits/prisma-schema/read-schema.js'
import type { ModelFacts } from '../facts/facts.js'
import type { Project } from '../project.js'
import type { RecordedEdit } from '../record/record.js'
import type { Rendering } from '../render/render-system.js'
import { fieldsIn } from './changed-fields.js'
import type { Step } from './plan-edits.js'

type Request = {
  project: Project
  rendering: Rendering
  /** The fields of the user model that this version has, each as the app would write its line. */
  lines: readonly string[]
  /** What earlier runs added. */
  recorded: readonly RecordedEdit[]
}

/**
 * A fake that keeps users in a list, and a builder of users for tests, write out every field of
 * one: the compiler wants ours there too. Code that is no fake may write users to the database, and
 * what to write there is its owner's to decide.
 */
export function wholeUserSteps({ project, rendering, lines, recorded }: Request): Step[] {
  const { existing, facts } = rendering
  if (existing === null || facts.language !== 'ts') return []
  const keys = fieldsBefore(existing, recorded)
    .filter(({ type }) => !facts.prisma.models.has(type))
    .map(({ name }) => name)
  const grown = { type: existing.name, keys, added: optionalIn(lines, keys) }
  const known = recorded.filter(({ id }) => id.startsWith(ID)).map(({ file }) => file)

  return [...new Set([...known, ...fakesIn(project, grown)])].map((path) => ({
    id: `${ID}${path}`,
    file: path,
    anchor: grown.type,
    note: `+ ${grown.added.join(', ')} of a whole ${grown.type}`,
    edit: (text) => completeObjects(path, text, grown),
  }))
}

/** Whether an edit is one of these. */
export function isOfWholeUsers({ id }: RecordedEdit): boolean {
  return id.startsWith(ID)
}

/**
 * What was added to several users of one file is the same text, and all of it is ours. `null` where
 * it was changed, or where the record calls something else so.
 */
export function withoutAdded(text: string, inserted: readonly string[]): string | null {
  const isThere = inserted.every((added) => NOTHING_ELSE.test(added) && text.includes(added))

  return isThere ? inserted.reduce((rest, added) => rest.replaceAll(added, ''), text) : null
}

const NOTHING_ELSE = /^,?(?:\s*\w+: null,?)+\s*$/

/** The values that may be empty; the others have to be there before any row is. */
function optionalIn(lines: readonly string[], known: readonly string[]): string[] {
  return lines
    .map((line) => readField(line))
    .filter((field) => field !== null)
    .filter(({ name, optional, list }) => optional && !list && !known.includes(name))
    .map(({ name }) => name)
}

function fakesIn(project: Project, grown: Grown): string[] {
  return [...project]
    .filter(([path, text]) => isFake(path) && grown.keys.every((key) => text.includes(key)))
    .filter(([path, text]) => completeObjects(path, text, grown).kind === 'done')
    .map(([path]) => path)
}

const ID = 'whole:'
const FAKE =
  /in-?memory|fake|mock|stub|fixture|factor(?:y|ies)|builder|(?:^|[/._-])(?:tests?|specs?|testing|__tests__)[/._-]/i

function isFake(path: string): boolean {
  return FAKE.test(path) && /(?<!\.d)\.[cm]?tsx?$/.test(path) && !path.includes('node_modules/')
}

/** As the model was before an earlier run added to it. */
function fieldsBefore({ name, fields }: ModelFacts, recorded: readonly RecordedEdit[]) {
  const { inserted = [] } = recorded.find(({ id }) => id === `schema:${name}`) ?? {}
  const ours = inserted.flatMap(fieldsIn).map((line) => readField(line)?.name)

  return fields.filter((field) => !ours.includes(field.name))
}
