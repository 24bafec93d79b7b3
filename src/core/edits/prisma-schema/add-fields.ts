import type { Edit } from '../edit.js'
import { insert } from '../insertion.js'
import { indentationAt, indentationUnit, lineEndAt } from '../whitespace.js'
import { unclosedReason } from './add-models.js'
import { alignField, alignFields, type Columns, columnsOf } from './align.js'
import { type Line, linesOf } from './lines.js'
import { readField, readSchemaFile, type SchemaBlock, type SchemaFile } from './read-schema.js'

/**
 * Adds those fields to a model that it has not yet, behind its last one. Each text is a field's
 * line, or that line below comments of its own.
 */
export function addFields(
  text: string,
  model: string,
  fields: readonly string[],
  path = 'schema.prisma',
): Edit {
  const paste = `${fields.join('\n')}\n`
  const schema = readSchemaFile(path, text)
  if (schema.unclosed !== null) {
    return { kind: 'cannot', reason: unclosedReason(path, schema.unclosed), paste }
  }
  const block = schema.blocks.find(({ kind, name }) => kind === 'model' && name === model)
  if (!block) return { kind: 'cannot', reason: `There is no model ${model} in ${path}.`, paste }
  const clash = fields.map((field) => clashOf(field, block)).find((reason) => reason !== null)
  if (clash) return { kind: 'cannot', reason: clash, paste }
  const missing = fields.filter((field) => !has(block, field))

  if (missing.length === 0) return { kind: 'already done' }
  const { text: result, inserted } = splice(text, schema, block, missing)
  const blocks = readSchemaFile(path, result).blocks
  const edited = blocks.find(({ name }) => name === model)
  const isWhole = blocks.length === schema.blocks.length
  if (!isWhole || !edited || !missing.every((field) => has(edited, field))) {
    return { kind: 'cannot', reason: `The fields are no fields of a model.`, paste }
  }

  return { kind: 'done', text: result, inserted: [inserted] }
}

function splice(text: string, { lines }: SchemaFile, block: SchemaBlock, missing: string[]) {
  const last = block.fields.at(-1)
  const anchor = lines[last?.line ?? block.opens]
  if (!anchor) throw new Error(`The model ${block.name} has no lines`)
  const added = missing.flatMap((field) => field.split(/\r?\n/))
  const lineEnd = lineEndAt(text, anchor.end)
  const laidOut = last
    ? besideFields(text, lines, block, added)
    : alignFields(added, indentationAt(text, anchor.end) + indentationUnit(text))
  const insertion = { at: anchor.end, text: laidOut.map((line) => lineEnd + line).join('') }

  return { text: insert(text, [insertion]), inserted: insertion.text }
}

/**
 * Columns end at an empty line. Where ours are too wide for those of the last fields, they get
 * columns of their own below an empty line, so that none of the owner's lines has to change.
 */
function besideFields(
  text: string,
  lines: readonly Line[],
  block: SchemaBlock,
  added: readonly string[],
): string[] {
  const last = block.fields.at(-1)?.line ?? block.opens
  const group = lastGroup(text, lines, block.opens + 1, last)
  const columns = columnsOf(group)
  const indentation = /^\s*/.exec(group.at(-1) ?? '')?.[0] ?? ''
  if (!isAligned(group, columns)) {
    return added.map((line) => alignField(line, indentation, { names: 0, types: 0 }))
  }
  const ours = columnsOf(added)
  const fits = ours.names <= columns.names && ours.types <= columns.types

  return fits
    ? added.map((line) => alignField(line, indentation, columns))
    : ['', ...alignFields(added, indentation)]
}

function lastGroup(text: string, lines: readonly Line[], first: number, last: number): string[] {
  const group: string[] = []
  for (let index = last; index >= first; index -= 1) {
    const line = lines[index]
    const content = line ? text.slice(line.start, line.end) : ''
    if (content.trim() === '') break
    group.unshift(content)
  }

  return group
}

function isAligned(group: readonly string[], columns: Columns): boolean {
  return group.every((line) => {
    const indentation = /^\s*/.exec(line)?.[0] ?? ''

    return alignField(line, indentation, columns) === line
  })
}

/** A field of that name with another type: neither ours nor one that could do its work. */
function clashOf(text: string, block: SchemaBlock): string | null {
  const wanted = fieldOf(text)
  if (!wanted) return `\`${text}\` is no field of a model.`
  const present = counterpartOf(text, block)
  if (!present || (present.type === wanted.type && present.list === wanted.list)) return null
  const type = `${present.type}${present.list ? '[]' : ''}`

  const column = present.name === wanted.name ? '' : `${present.name}, `

  return `${block.name}.${wanted.name} in ${block.file} is there already, as ${column}${type}.`
}

function has(block: SchemaBlock, text: string): boolean {
  return counterpartOf(text, block) !== undefined
}

/** The field of that name; or of that column, where its owner gave it another name. */
function counterpartOf(text: string, { fields }: SchemaBlock) {
  const wanted = fieldOf(text)

  return (
    fields.find(({ name }) => name === wanted?.name) ??
    fields.find(({ column }) => column === wanted?.column)
  )
}

/** The field of a text whose other lines are comments. */
function fieldOf(text: string) {
  const [code, ...further] = linesOf(text).flatMap(({ code }) => (code.trim() === '' ? [] : [code]))

  return code === undefined || further.length > 0 ? null : readField(code)
}
