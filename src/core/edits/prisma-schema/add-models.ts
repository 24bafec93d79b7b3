import type { Edit } from '../edit.js'
import { insert } from '../insertion.js'
import { indentationUnit, lineEndAt, startOf, withLineEnds } from '../whitespace.js'
import { alignBlock } from './align.js'
import { readSchemaFile, type SchemaBlock } from './read-schema.js'

export type Schematic = {
  /** The file that is edited. */
  path: string
  /** Blocks of the schema's other files: a model may have moved there. */
  elsewhere?: readonly SchemaBlock[]
}

/** Adds a model, or another block, with its comments, at the end of a schema. */
export function addModel(text: string, model: string, schematic: Schematic): Edit {
  return addModels(text, [model], schematic)
}

/** Adds those blocks that no file of the schema has yet. */
export function addModels(text: string, models: readonly string[], schematic: Schematic): Edit {
  const { path, elsewhere = [] } = schematic
  const paste = `${models.map((model) => alignBlock(model)).join('\n\n')}\n`
  const schema = readSchemaFile(path, text)
  if (schema.unclosed !== null) {
    return { kind: 'cannot', reason: unclosedReason(path, schema.unclosed), paste }
  }
  const indentation = indentationUnit(text)
  const present = [...schema.blocks, ...elsewhere]
  const missing: string[] = []
  for (const model of models) {
    const wanted = readSchemaFile(path, model).blocks
    const clash = wanted.map((block) => clashOf(block, present)).find((found) => found !== null)
    if (wanted.length === 0)
      return { kind: 'cannot', reason: 'This is no block of a schema.', paste }
    if (clash) return { kind: 'cannot', reason: clash, paste }
    const isNew = wanted.some(({ name }) => !present.some((block) => block.name === name))
    if (isNew) missing.push(alignBlock(model.trim(), indentation))
  }

  return missing.length === 0 ? { kind: 'already done' } : append(text, missing, path, paste)
}

export function unclosedReason(path: string, line: number): string {
  return `The block at line ${line} of ${path} does not end.`
}

function append(text: string, blocks: readonly string[], path: string, paste: string): Edit {
  const lineEnd = lineEndAt(text, text.length)
  const added = gapBefore(text, lineEnd) + withLineEnds(`${blocks.join('\n\n')}\n`, lineEnd)
  const result = insert(text, [{ at: text.length, text: added }])
  // What is open at the end of the file, like a comment, would swallow the models.
  const read = readSchemaFile(path, result).blocks.map(({ name }) => name)
  const wanted = readSchemaFile(path, blocks.join('\n')).blocks
  if (!wanted.every(({ name }) => read.includes(name))) {
    return { kind: 'cannot', reason: `${path} does not end outside of a comment.`, paste }
  }

  return { kind: 'done', text: result, inserted: [added] }
}

function gapBefore(text: string, lineEnd: string): string {
  if (text.length === startOf(text) || /\n[ \t]*\r?\n$/.test(text.slice(-200))) return ''

  return text.endsWith('\n') ? lineEnd : lineEnd + lineEnd
}

/** Why a block cannot be added beside those that are there; `null` when it can, or when it is one of them. */
function clashOf(wanted: SchemaBlock, present: readonly SchemaBlock[]): string | null {
  const named = present.find(({ name }) => name === wanted.name)
  if (!named) {
    const sameTable = present.find(
      ({ kind, table }) => kind === wanted.kind && kind === 'model' && table === wanted.table,
    )

    return sameTable
      ? `The table ${wanted.table} belongs to the model ${sameTable.name} in ${sameTable.file} already.`
      : null
  }
  if (named.kind !== wanted.kind) {
    return `${wanted.name} is the name of ${article(named.kind)} in ${named.file} already.`
  }
  const lacking = missingParts(wanted, named)

  return lacking.length === 0
    ? null
    : `The ${named.kind} ${named.name} in ${named.file} is there already, without ${lacking.join(', ')}.`
}

function missingParts(wanted: SchemaBlock, present: SchemaBlock): string[] {
  const fields = wanted.fields.filter(
    ({ name, type }) => !present.fields.some((field) => field.name === name && field.type === type),
  )
  const values = wanted.values.filter((value) => !present.values.includes(value))

  return [...fields.map(({ name }) => name), ...values]
}

function article(kind: SchemaBlock['kind']): string {
  return kind === 'enum' ? 'an enum' : `a ${kind}`
}
