import { createHash } from 'node:crypto'
import type { Names } from '../names/names.js'
import { printJson } from '../print-json.js'
import { Problem } from '../problem.js'
import { plain } from '../text.js'

/**
 * What earlier runs did to an app, kept in the app and committed with it. An app may hold
 * several auth systems, one for users and one for admins; each has its own answers and files.
 */
export type AuthRecord = {
  schemaVersion: typeof SCHEMA_VERSION
  /** The newest version of the command that wrote here. */
  version: string
  systems: System[]
}

export type System = {
  names: Names
  /** Where its routes begin, when somebody chose; else after the plural, `/users`. */
  prefix?: string
  /** Names of the features asked for, sorted. */
  features: string[]
  /** Whether the model was there before the first run: it then keeps its fields and its table. */
  existingModel: boolean
  files: RecordedFile[]
  edits: RecordedEdit[]
}

export type RecordedFile = {
  /** The template's id, which outlives both the template's and the file's renaming. */
  template: string
  path: string
  /** The version whose changes are all in the file. It moves only once the file is resolved. */
  version: string
  /** Names the base copy: what the last run wrote, or merged with. */
  sha256: string
  /** The hash before the app's own formatter, where that changed anything. */
  rendered?: string
  mode: Mode
}

/** `ejected`: its owner's alone, on request; runs neither merge into it nor write it anew. */
export type Mode = (typeof MODES)[number]
export const MODES = ['managed', 'deleted', 'kept', 'conflict', 'ejected'] as const

/** An edit to a file that is not ours. */
export type RecordedEdit = {
  id: string
  file: string
  /** What the edit holds on to: a model, a call, a key. */
  anchor: string
  /** The exact texts that were added. Empty for secrets, which are never recorded. */
  inserted: string[]
}

export const SCHEMA_VERSION = 1
export const FOLDER = '.create-auth'
export const RECORD_PATH = `${FOLDER}/record.json`

export function emptyRecord(version: string): AuthRecord {
  return { schemaVersion: SCHEMA_VERSION, version, systems: [] }
}

export function findSystem(record: AuthRecord, names: Names): System | undefined {
  return record.systems.find((system) => system.names.model === names.model)
}

/** The auth systems of an app that is sure to have one. */
export function systemsOf({ systems }: AuthRecord): [System, ...System[]] {
  const [first, ...others] = systems
  if (first) return [first, ...others]

  throw new Problem(
    'There is no auth of create-auth in this app, or its .create-auth folder is missing.',
    'Run create-auth scaffold first.',
  )
}

/** The same record with one system put in place of its earlier self, or added at the end. */
export function withSystem(record: AuthRecord, system: System, version: string): AuthRecord {
  const known = findSystem(record, system.names)
  const systems = known
    ? record.systems.map((candidate) => (candidate === known ? system : candidate))
    : [...record.systems, system]

  return { schemaVersion: SCHEMA_VERSION, version, systems }
}

/** The same record always has the same text: no dates, and an order that does not depend on a run. */
export function printRecord(record: AuthRecord): string {
  const systems = record.systems.map((system) => ({
    ...system,
    files: system.files.toSorted((one, other) => compare(one.path, other.path)),
  }))

  return printJson({ ...record, systems })
}

/** Without an extension, so that no formatter, compiler, autoloader or test runner picks it up. */
export function basePath(sha256: string): string {
  return `${FOLDER}/base/${sha256}`
}

/** Every base copy that the record still needs. */
export function basesOf(record: AuthRecord): Set<string> {
  return new Set(record.systems.flatMap(({ files }) => files.map(({ sha256 }) => sha256)))
}

/** The hash of a text apart from its line ends, which git may change. */
export function hashText(text: string): string {
  return createHash('sha256').update(plain(text)).digest('hex')
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
