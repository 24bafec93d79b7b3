import type { Facts, ModelFacts } from './facts/facts.js'
import { Problem } from './problem.js'

/**
 * Raw SQL names tables and columns, and those of an existing user model are the app's. In the
 * templates the table of the users is `u` in every statement, so that it can be found.
 */
export function adaptSql(
  text: string,
  model: ModelFacts,
  { prisma }: Pick<Facts, 'prisma'>,
): string {
  if (!text.includes('$queryRaw')) return text
  const quote = (name: string) => quoteIdentifier(name, prisma.provider, model)

  return text
    .replace(
      /\b(FROM|JOIN) \w+ u\b/g,
      (_match, keyword: string) => `${keyword} ${quote(model.table)} u`,
    )
    .replace(/\bu\.(\w+)(?=(,|\s*\n\s*FROM\b)?)/g, (match, name: string, isBare?: string) => {
      const column = columnOf(name, model)
      if (column === name) return match

      return `u.${quote(column)}${isBare === undefined ? '' : ` AS "${name}"`}`
    })
}

/** The column that the app's schema has for the field that our own schema keeps in this one. */
function columnOf(ours: string, { fields }: ModelFacts): string {
  const name = ours.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())

  return fields.find((field) => field.name === name)?.column ?? ours
}

// The result stands in a template literal of TypeScript.
function quoteIdentifier(
  name: string,
  provider: Facts['prisma']['provider'],
  model: ModelFacts,
): string {
  if (!/^[\p{L}\p{N}_ .-]+$/u.test(name)) {
    throw new Problem(
      `The model ${model.name} in ${model.file} has a table or column name that cannot be written into SQL safely.`,
      'Rename it with @map or @@map to letters, digits and underscores.',
    )
  }
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name)) return name

  return provider === 'mysql' ? `\\\`${name}\\\`` : `"${name}"`
}

const RESERVED = new Set(['user', 'order', 'group', 'table', 'column', 'key', 'end', 'check'])
