/**
 * The tables and columns that a list of migrations leaves, by the names that the database knows.
 * Prisma writes them in few forms, and only what makes or takes a table or a column is read.
 */
export function replay(files: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const tables = new Map<string, Set<string>>()
  for (const statement of files.flatMap(statementsIn)) {
    const step = STEPS.find(({ pattern }) => pattern.test(statement))
    const match = step?.pattern.exec(statement)
    if (step && match) step.apply(tables, match, statement)
  }

  return tables
}

type Tables = Map<string, Set<string>>
type Step = {
  pattern: RegExp
  apply: (tables: Tables, match: RegExpExecArray, statement: string) => void
}

export const NAME = '(?:(?:["`]?\\w+["`]?)\\.)?["`]?(\\w+)["`]?'
export const TABLE = `\\s+(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?(?:ONLY\\s+)?${NAME}`

const STEPS: readonly Step[] = [
  {
    pattern: new RegExp(`^CREATE\\s+TABLE${TABLE}\\s*\\(`, 'i'),
    apply: (tables, [whole, name = ''], statement) =>
      tables.set(name, new Set(columnsIn(statement.slice(whole.length)))),
  },
  {
    pattern: new RegExp(`^DROP\\s+TABLE${TABLE}`, 'i'),
    apply: (tables, [, name = '']) => tables.delete(name),
  },
  {
    pattern: new RegExp(`^ALTER\\s+TABLE${TABLE}\\s+RENAME\\s+(?:TO|AS)\\s+${NAME}`, 'i'),
    apply: (tables, [, before = '', after = '']) => {
      tables.set(after, tables.get(before) ?? new Set())
      tables.delete(before)
    },
  },
  {
    pattern: new RegExp(`^ALTER\\s+TABLE${TABLE}\\s+`, 'i'),
    apply: (tables, [whole, name = ''], statement) => {
      const columns = tables.get(name) ?? new Set()
      tables.set(name, columns)
      alter(columns, statement.slice(whole.length))
    },
  },
]

/** One statement may add, drop and rename several columns, with commas between. */
function alter(columns: Set<string>, changes: string): void {
  for (const change of partsOf(changes)) {
    const [, added] = /^ADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?["`]?(\w+)/i.exec(change) ?? []
    const [, dropped] = /^DROP\s+(?:COLUMN\s+)?(?:IF\s+EXISTS\s+)?["`]?(\w+)/i.exec(change) ?? []
    const [, before, after] =
      /^(?:RENAME|CHANGE)\s+(?:COLUMN\s+)?["`]?(\w+)["`]?\s+(?:TO\s+)?["`]?(\w+)/i.exec(change) ??
      []
    if (added !== undefined && !NO_COLUMN.test(added)) columns.add(added)
    if (dropped !== undefined && !NO_COLUMN.test(dropped)) columns.delete(dropped)
    if (before !== undefined && after !== undefined) {
      columns.delete(before)
      columns.add(after)
    }
  }
}

/** What stands where a column's name would, and is none. */
export const NO_COLUMN = /^(?:CONSTRAINT|PRIMARY|FOREIGN|UNIQUE|INDEX|KEY|CHECK|FULLTEXT)$/i

export function columnsIn(body: string): string[] {
  return partsOf(body).flatMap((part) => {
    const [, name] = /^["`]?(\w+)["`]?/.exec(part) ?? []

    return name === undefined || NO_COLUMN.test(name) ? [] : [name]
  })
}

/** The parts between the commas that are in no parentheses and no text. */
export function partsOf(text: string): string[] {
  const parts: string[] = ['']
  let depth = 0
  for (const [piece] of text.matchAll(/'(?:[^']|'')*'|[(),]|[^'(),]+/g)) {
    if (piece === '(') depth += 1
    if (piece === ')') depth -= 1
    if (depth < 0) break
    if (piece === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += piece
  }

  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** Without comments; Prisma writes no semicolon within a statement. */
export function statementsIn(file: string): string[] {
  return file
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '')
    .split(';')
    .map((statement) => statement.trim())
}
