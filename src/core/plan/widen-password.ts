import type { Edit } from '../edits/edit.js'
import { readSchemaFile } from '../edits/prisma-schema/read-schema.js'
import type { FieldFacts, ModelFacts } from '../facts/facts.js'
import { HASH_LENGTH, lengthOf, takesHashes, type UserFields } from '../user-model/user-fields.js'
import type { Step } from './plan-edits.js'

/** A line of the owner's is the owner's to change: what it has to become is said. */
export function widenPassword(
  { name, file, fields: [...all] }: ModelFacts,
  fields: UserFields,
): Step[] {
  const short = all.find((field) => field.name === fields.hashedPassword && !takesHashes(field))
  if (short === undefined) return []

  return [
    {
      id: `schema:${name}.${short.name}`,
      file,
      anchor: short.name,
      note: `wider ${name}.${short.name}`,
      edit: (text) => widen(text, { name, file, short }),
    },
  ]
}

function widen(
  text: string,
  { name, file, short }: { name: string; file: string; short: FieldFacts },
): Edit {
  const { blocks, lines } = readSchemaFile(file, text)
  const block = blocks.find((each) => each.kind === 'model' && each.name === name)
  const at = block?.fields.find((field) => field.name === short.name)?.line
  const { start, end } = (at === undefined ? undefined : lines[at]) ?? { start: 0, end: 0 }

  return {
    kind: 'cannot',
    reason: `${name}.${short.name} is made for ${lengthOf(short)} characters, and an argon2id hash has ${HASH_LENGTH}: its line in ${file} becomes this one.`,
    paste: `${text
      .slice(start, end)
      .trim()
      .replace(/(@\w+\.N?)(?:Var)?Char\(\d+\)/, '$1VarChar(255)')
      .replace(/String\(\d+\)/, 'String(255)')}\n`,
  }
}
