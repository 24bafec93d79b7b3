import type { Edit } from '../edits/edit.js'
import { attributesIn } from '../edits/prisma-schema/attributes.js'
import { readField } from '../edits/prisma-schema/read-schema.js'
import type { ModelFacts } from '../facts/facts.js'
import type { Step } from './plan-edits.js'

/** A field that this version writes otherwise than the last run did is the owner's to change. */
export function changedFields(
  name: string,
  {
    existing: { file, fields },
    lines,
    inserted,
  }: { existing: ModelFacts; lines: readonly string[]; inserted: readonly string[] },
): Step[] {
  const before = new Map(inserted.flatMap(fieldsIn).map((line) => [nameOf(line), line]))
  const changed = lines.filter((line) => {
    const was = before.get(nameOf(line))
    const is = fields.find((field) => field.name === nameOf(line))
    if (was === undefined || was === line || is === undefined) return false
    const [wanted, known] = [readField(line), readField(was)]

    return wanted !== null && known !== null && !hasChange(is, known, wanted)
  })
  if (changed.length === 0) return []
  const cannot: Edit = {
    kind: 'cannot',
    reason: `This version has ${changed.map(nameOf).join(', ')} of ${name} otherwise.`,
    paste: `${changed.join('\n')}\n`,
  }

  return [{ id: `schema:${name}:changed`, file, anchor: name, note: '', edit: () => cannot }]
}

type Field = NonNullable<ReturnType<typeof readField>>

/** Whether a field has all that a new version changed in it. */
function hasChange(is: Omit<Field, 'line'>, was: Field, wanted: Field): boolean {
  const sameKind = (['type', 'optional', 'list'] as const).every(
    (part) => was[part] === wanted[part] || is[part] === wanted[part],
  )
  const [own, before, after] = [is, was, wanted].map(attributesOfField)
  const added = after?.filter((one) => !before?.includes(one)) ?? []
  const removed = before?.filter((one) => !after?.includes(one)) ?? []

  return (
    sameKind &&
    added.every((one) => own?.includes(one)) &&
    !removed.some((one) => own?.includes(one))
  )
}

/** Which UUID a new row gets goes with Prisma's version, and is no change of ours. */
function attributesOfField({ attributes }: Pick<Field, 'attributes'>): string[] {
  return attributesIn(attributes.replaceAll('uuid(7)', 'uuid()'))
}

function nameOf(line: string): string {
  return /^\w+/.exec(line)?.[0] ?? ''
}

/** The fields of a model's text, a line each, without its columns. */
export function fieldsIn(model: string): string[] {
  return model
    .slice(model.indexOf('{\n') + 2)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^\w/.test(line))
    .map((line) => line.replace(/ {2,}/g, ' '))
}
