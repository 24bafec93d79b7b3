import type { Edit } from '../edit.js'
import { insert } from '../insertion.js'
import { indentationAt, indentationUnit, lineEndAt } from '../whitespace.js'
import { unclosedReason } from './add-models.js'
import { keyOfAttribute } from './attributes.js'
import { readSchemaFile } from './read-schema.js'

/**
 * Adds those attributes to a model that it has not yet, `@@index([userId])`, behind its last one of
 * the kind that Prisma's formatter keeps together, or at its end.
 */
export function addAttributes(
  text: string,
  model: string,
  attributes: readonly string[],
  path = 'schema.prisma',
): Edit {
  const paste = `${attributes.join('\n')}\n`
  const schema = readSchemaFile(path, text)
  if (schema.unclosed !== null) {
    return { kind: 'cannot', reason: unclosedReason(path, schema.unclosed), paste }
  }
  const block = schema.blocks.find(({ kind, name }) => kind === 'model' && name === model)
  if (!block) return { kind: 'cannot', reason: `There is no model ${model} in ${path}.`, paste }
  const present = block.attributes.map(keyOfAttribute)
  const missing = attributes.filter((one) => !present.includes(keyOfAttribute(one)))
  if (missing.length === 0) return { kind: 'already done' }
  const lacking = missing
    .flatMap(fieldsOf)
    .find((field) => !block.fields.some(({ name }) => name === field))
  if (lacking !== undefined) {
    return { kind: 'cannot', reason: `${model} in ${path} has no field ${lacking}.`, paste }
  }

  const { lines } = schema
  const inside = lines.slice(block.opens + 1, block.closes)
  const last = inside.findLast(({ code }) => /^\s*@@(?!map\b|schema\b)/.test(code))
  const first = inside.find(({ code }) => /^\s*@@/.test(code))
  const before = last ?? lines[block.closes - 1]
  if (!before) throw new Error(`The model ${model} has no lines`)
  const lineEnd = lineEndAt(text, before.end)
  const indentation = indentationAt(text, before.end) || indentationUnit(text)
  const added = missing.map((one) => `${lineEnd}${indentation}${one}`).join('')
  // Above @@map, where there is nothing but that; else below the fields, and an empty line.
  const at = last ? last.end : first ? lineBefore(text, first.start) : before.end
  const insertion = { at, text: last || first ? added : lineEnd + added }

  return { kind: 'done', text: insert(text, [insertion]), inserted: [insertion.text] }
}

/** Where the line above ends. */
function lineBefore(text: string, start: number): number {
  return text[start - 2] === '\r' ? start - 2 : start - 1
}

function fieldsOf(attribute: string): string[] {
  const [, list = ''] = /\[([^\]]*)\]/.exec(attribute) ?? []

  return list
    .split(',')
    .map((field) => field.trim().replace(/\W.*$/, ''))
    .filter(Boolean)
}
