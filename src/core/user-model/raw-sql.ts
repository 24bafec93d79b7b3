import type { Facts, ModelFacts } from '../facts/facts.js'
import { isSqlWord } from '../names/reserved-names.js'
import { Problem } from '../problem.js'
import { columnFor } from './naming-style.js'
import type { UserFields } from './user-fields.js'

/**
 * Raw SQL names tables and columns, and those of an existing user model are the app's. In the
 * templates the table of the users is `u` in every statement, so that it can be found.
 */
export function adaptSql(
  text: string,
  model: ModelFacts | null,
  { prisma, fields }: Pick<Facts, 'prisma'> & { fields: UserFields },
): string {
  if (!text.includes('$queryRaw')) return text
  const schema = schemaOfTables(model, prisma)
  const write = (name: string) => quoteIdentifier(name, prisma.provider)
  const tableOf = (table: string, letter: string) => {
    const name = letter === 'u' && model !== null ? model.table : table

    return schema === null ? write(name) : `${write(schema)}.${write(name)}`
  }
  const placed = text.replace(
    /\b(FROM|JOIN) (\w+) ([stu])\b/g,
    (_match, keyword: string, table: string, letter: string) =>
      `${keyword} ${tableOf(table, letter)} ${letter}`,
  )

  return model === null ? placed : withColumnsOf(model, placed, { fields, write })
}

/** Where the tables of ours are, in a database of several schemas: beside those of the users. */
export function schemaOfTables(
  model: ModelFacts | null,
  { models }: Pick<Facts['prisma'], 'models'>,
): string | null {
  if (model !== null) return model.schema

  return [...models.values()].find(({ schema }) => schema !== null)?.schema ?? null
}

function withColumnsOf(
  model: ModelFacts,
  text: string,
  { fields, write }: { fields: UserFields; write: (name: string) => string },
): string {
  return text
    .replace(/\bu\.(\w+)(?=(,|\s*\n\s*FROM\b)?)/g, (match, name: string, isBare?: string) => {
      const column = columnOf(name, model, fields)
      if (column === name && nameOf(name, fields) === name) return match

      return `u.${write(column)}${isBare === undefined ? '' : ` AS "${name}"`}`
    })
    .replace(/ AS "(\w+)"/g, (match, name: string) => {
      const named = nameOf(name, fields)

      return named === name ? match : ` AS "${named}"`
    })
}

/** The column that the app's schema has for the field that our own schema keeps in this one. */
function columnOf(ours: string, model: ModelFacts, fields: UserFields): string {
  const name = nameOf(
    ours.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    fields,
  )
  const found = model.fields.find((field) => field.name === name)

  return found?.column ?? columnFor(name, model)
}

function nameOf(ours: string, fields: UserFields): string {
  return Object.hasOwn(fields, ours) ? fields[ours as keyof UserFields] : ours
}

// The result stands in a template literal of TypeScript.
function quoteIdentifier(name: string, provider: Facts['prisma']['provider']): string {
  if (!/^[\p{L}\p{N}_ .-]+$/u.test(name)) {
    throw new Problem(
      `The schema has ${JSON.stringify(name)} as the name of a table or column, which cannot be written into SQL safely.`,
      'Rename it with @map or @@map to letters, digits and underscores.',
    )
  }
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !isSqlWord(name)) return name

  return provider === 'mysql' ? `\\\`${name}\\\`` : `"${name}"`
}
