import type { FieldFacts } from '../../facts/facts.js'
import { attributesIn, isAttribute, mappedName, onlyField, unquoted } from './attributes.js'
import { type Line, linesOf } from './lines.js'

export type SchemaField = FieldFacts & {
  /** Index of its line in the file. */
  line: number
}

export type SchemaBlock = {
  kind: 'model' | 'enum' | 'type' | 'view' | 'datasource' | 'generator'
  name: string
  /** The file it stands in. */
  file: string
  /** The table's (or the enum's) name in the database. */
  table: string
  fields: SchemaField[]
  /** The values of an enum, as named in the schema. */
  values: string[]
  /** Those of the block, `@@map("users")`. */
  attributes: string[]
  /** Of a datasource or a generator; strings without their quotes, anything else as written. */
  settings: ReadonlyMap<string, string>
  /** Indexes of the lines with its brackets. */
  opens: number
  closes: number
}

export type Schema = {
  blocks: SchemaBlock[]
  /** Where a block does not end, by file: the line, counted from 1. */
  unclosed: ReadonlyMap<string, number>
}

/** Reads one schema from all of its files. */
export function readSchema(files: ReadonlyMap<string, string>): Schema {
  const unclosed = new Map<string, number>()
  const blocks = [...files].flatMap(([file, text]) => {
    const read = readSchemaFile(file, text)
    if (read.unclosed !== null) unclosed.set(file, read.unclosed)

    return read.blocks
  })

  return { blocks, unclosed }
}

export type SchemaFile = { lines: Line[]; blocks: SchemaBlock[]; unclosed: number | null }

export function readSchemaFile(file: string, text: string): SchemaFile {
  const lines = linesOf(text)
  const blocks: SchemaBlock[] = []
  let open: { kind: string; name: string; line: number } | null = null
  for (const [index, { code }] of lines.entries()) {
    const opening = OPENING.exec(code)
    if (open && opening) break
    if (opening && !open) {
      open = { kind: opening[1] ?? '', name: opening[2] ?? '', line: index }
    } else if (open && CLOSING.test(code)) {
      blocks.push(readBlock(file, lines, open, index))
      open = null
    }
  }

  return { lines, blocks, unclosed: open ? open.line + 1 : null }
}

/** What one line of a model says, `null` when it is no field. */
export function readField(code: string): Omit<SchemaField, 'line'> | null {
  const parts = fieldParts(code)
  if (!parts) return null
  const { name, type, modifiers } = parts
  const attributes = attributesIn(parts.attributes)
  const has = (attribute: string) => attributes.some((one) => isAttribute(one, attribute))

  return {
    name,
    column: mappedName(attributes) ?? name,
    type,
    optional: modifiers.includes('?'),
    list: modifiers.includes('['),
    unique: has('@unique'),
    id: has('@id'),
    hasDefault: has('@default') || has('@updatedAt'),
    attributes: attributes.join(' '),
  }
}

/** The texts of a field's line, `null` when it is no field. */
export function fieldParts(code: string) {
  const found = FIELD.exec(code)
  if (!found) return null
  const [, name = '', type = '', modifiers = '', attributes = ''] = found

  return { name, type, modifiers: modifiers.replaceAll(/\s/g, ''), attributes }
}

const OPENING = /^\s*(model|enum|type|view|datasource|generator)\s+([\p{L}\p{N}_-]+)\s*\{$/u
const CLOSING = /^\s*\}/
const FIELD =
  /^\s*([\p{L}][\p{L}\p{N}_-]*)\s+(Unsupported\s*\("(?:[^"\\]|\\.)*"\)|[\p{L}][\p{L}\p{N}_]*)((?:\s*(?:\[\s*\]|\?))*)(?:\s*(@.*))?$/u
const VALUE = /^\s*([\p{L}\p{N}_][\p{L}\p{N}_-]*)\s*(@.*)?$/u
const SETTING = /^\s*([\w-]+)\s*=\s*(.*)$/

function readBlock(
  file: string,
  lines: readonly Line[],
  { kind, name, line: opens }: { kind: string; name: string; line: number },
  closes: number,
): SchemaBlock {
  const body = lines.slice(opens + 1, closes).map(({ code }) => code)
  const attributes = body.flatMap((code) => (/^\s*@@/.test(code) ? attributesIn(code) : []))
  const settles = kind === 'datasource' || kind === 'generator'
  const hasFields = !settles && kind !== 'enum'

  return {
    kind: kind as SchemaBlock['kind'],
    name,
    file,
    table: mappedName(attributes) ?? name,
    fields: hasFields ? withBlockKeys(fieldsIn(body, opens + 1), attributes) : [],
    values: kind === 'enum' ? body.flatMap((code) => VALUE.exec(code)?.[1] ?? []) : [],
    attributes,
    settings: new Map(settles ? body.flatMap(settingIn) : []),
    opens,
    closes,
  }
}

function fieldsIn(body: readonly string[], first: number): SchemaField[] {
  return body.flatMap((code, index) => {
    const field = readField(code)

    return field ? [{ ...field, line: first + index }] : []
  })
}

/** `@@id([id])` and `@@unique([email])` say the same as `@id` and `@unique` at the field. */
function withBlockKeys(fields: SchemaField[], attributes: readonly string[]): SchemaField[] {
  const only = (name: string) =>
    attributes.flatMap((one) => (isAttribute(one, name) ? (onlyField(one) ?? []) : []))
  const ids = only('@@id')
  const uniques = only('@@unique')

  return fields.map((field) => ({
    ...field,
    id: field.id || ids.includes(field.name),
    unique: field.unique || uniques.includes(field.name),
  }))
}

function settingIn(code: string): [string, string][] {
  const [, key, value] = SETTING.exec(code) ?? []
  if (key === undefined || value === undefined) return []

  return [[key, value.startsWith('"') ? unquoted(value) : value]]
}
