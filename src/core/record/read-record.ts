import { FEATURES } from '../features.js'
import { COMPANION_PREFIX, type Names, parseNames, typeNameOf } from '../names/names.js'
import { parsePrefix } from '../names/prefix.js'
import { Problem } from '../problem.js'
import type { Project } from '../project.js'
import {
  type AuthRecord,
  basePath,
  emptyRecord,
  FOLDER,
  hashText,
  MODES,
  RECORD_PATH,
  type RecordedEdit,
  type RecordedFile,
  SCHEMA_VERSION,
  type System,
} from './record.js'
import { isSafePath } from './safe-path.js'

/**
 * The record of earlier runs, empty where there was none. It lies in the app, so whoever can
 * send a pull request can write it: every value is checked before it is used, and a record
 * that makes no sense stops the run.
 */
export function readRecord(project: Project, version: string): AuthRecord {
  const text = project.get(RECORD_PATH)
  if (text === undefined) return emptyRecord(version)

  const record = checkObject(parse(text), 'it')
  refuseNewer(record, version)

  return {
    schemaVersion: SCHEMA_VERSION,
    version: checkVersion(record.version, 'version'),
    systems: checkList(record.systems, 'systems', checkSystem),
  }
}

/** The base copy of a file. Only asked for where a merge needs it. */
export function readBase(project: Project, { sha256, path }: RecordedFile): string {
  const text = project.get(basePath(sha256))
  if (text !== undefined && hashText(text) === sha256) return text

  throw new Problem(
    `The base copy of ${path} in ${FOLDER} is ${text === undefined ? 'missing' : 'changed'}, so your edits cannot be told from ours.`,
    RESTORE,
  )
}

const RESTORE = `Restore the folder from your last commit: git checkout -- ${FOLDER}`

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw broken('it is not JSON')
  }
}

function refuseNewer(record: Fields, version: string): void {
  const writer = checkVersion(record.version, 'version')
  const isNewerSchema =
    typeof record.schemaVersion === 'number' && record.schemaVersion > SCHEMA_VERSION
  if (isNewerSchema || isNewer(writer, version)) {
    throw new Problem(
      `${RECORD_PATH} was written by create-auth ${writer}, and this is ${version}.`,
      `Run the newer one: npx create-auth@${writer}`,
    )
  }
  if (record.schemaVersion !== SCHEMA_VERSION) throw broken('schemaVersion is unknown')
}

/** Whether a version comes after another. What follows a dash counts as the release itself. */
export function isNewer(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) =>
    (text.split('-')[0] ?? '').split('.').map(Number),
  )
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0)
    if (difference !== 0) return difference > 0
  }

  return false
}

function checkSystem(value: unknown, where: string): System {
  const system = checkObject(value, where)
  const names = checkObject(system.names, `${where}.names`)

  return {
    names: checkNames(names, `${where}.names`),
    ...(system.prefix === undefined
      ? {}
      : { prefix: checkPrefix(system.prefix, `${where}.prefix`) }),
    features: checkList(system.features, `${where}.features`, checkFeature),
    existingModel: system.existingModel === true,
    files: checkList(system.files, `${where}.files`, checkFile),
    edits: checkList(system.edits, `${where}.edits`, checkEdit),
  }
}

function checkNames(
  { context, model, plural, companions, schemaModel }: Fields,
  where: string,
): Names {
  const texts = [context, model, plural].map((name) => checkText(name, where))
  const names = parsed(() => parseNames(texts[0], texts[1], texts[2]), where)
  if (companions !== undefined && companions !== COMPANION_PREFIX) {
    throw broken(`${where}.companions`)
  }

  return {
    ...names,
    ...(companions === undefined ? {} : { companions }),
    ...(schemaModel === undefined
      ? {}
      : { schemaModel: checkSchemaModel(schemaModel, names, `${where}.schemaModel`) }),
  }
}

/** It becomes code as the other names do: a plain identifier, of the same model. */
function checkSchemaModel(value: unknown, { model }: Names, where: string): string {
  const text = checkText(value, where)
  if (!/^[a-z]\w{0,62}$/.test(text) || typeNameOf(text) !== model) throw broken(where)

  return text
}

function checkPrefix(value: unknown, where: string): string {
  const text = checkText(value, where)

  return parsed(() => parsePrefix(text), where)
}

/** What the command line may not say, a record may not say either. */
function parsed<Value>(read: () => Value, where: string): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof Problem) throw broken(`${where}: ${error.message}`)
    throw error
  }
}

function checkFeature(value: unknown, where: string): string {
  const feature = FEATURES.find(({ name }) => name === value)
  if (feature) return feature.name
  throw broken(`${where} is no feature`)
}

function checkFile(value: unknown, where: string): RecordedFile {
  const file = checkObject(value, where)
  const mode = MODES.find((candidate) => candidate === file.mode)
  if (mode === undefined) throw broken(`${where}.mode is unknown`)

  return {
    template: checkPath(file.template, `${where}.template`),
    path: checkPath(file.path, `${where}.path`),
    version: checkVersion(file.version, `${where}.version`),
    sha256: checkHash(file.sha256, `${where}.sha256`),
    ...(file.rendered === undefined
      ? {}
      : { rendered: checkHash(file.rendered, `${where}.rendered`) }),
    mode,
  }
}

function checkEdit(value: unknown, where: string): RecordedEdit {
  const edit = checkObject(value, where)

  return {
    id: checkText(edit.id, `${where}.id`),
    file: checkPath(edit.file, `${where}.file`),
    anchor: checkText(edit.anchor, `${where}.anchor`),
    inserted: checkList(edit.inserted, `${where}.inserted`, checkText),
  }
}

type Fields = { readonly [name: string]: unknown }

function checkObject(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw broken(`${where} is not an object`)
}

function checkList<Item>(
  value: unknown,
  where: string,
  checkItem: (item: unknown, where: string) => Item,
): Item[] {
  if (!Array.isArray(value)) throw broken(`${where} is not a list`)

  return value.map((item, index) => checkItem(item, `${where}[${index}]`))
}

function checkText(value: unknown, where: string): string {
  if (typeof value === 'string') return value
  throw broken(`${where} is not a text`)
}

function checkVersion(value: unknown, where: string): string {
  const version = checkText(value, where)
  if (/^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9A-Za-z.-]{1,40})?$/.test(version)) return version
  throw broken(`${where} is not a version`)
}

function checkHash(value: unknown, where: string): string {
  const hash = checkText(value, where)
  if (/^[0-9a-f]{64}$/.test(hash)) return hash
  throw broken(`${where} is not a hash`)
}

function checkPath(value: unknown, where: string): string {
  const path = checkText(value, where)
  const isOurState = path.toLowerCase().startsWith(`${FOLDER}/`)
  if (isSafePath(path) && !isOurState) return path
  throw broken(`${where} leads out of the app`)
}

function broken(reason: string): Problem {
  return new Problem(`${RECORD_PATH} cannot be used: ${reason}.`, RESTORE)
}
