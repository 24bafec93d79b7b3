import { columnsIn, NAME, NO_COLUMN, partsOf, replay, statementsIn, TABLE } from './replay.js'

/**
 * What in a migration loses rows, or fails where there are some: one short sentence each. The
 * migrations before it, oldest first, say which tables and columns there are.
 */
export function dangersIn(sql: string, earlier: readonly string[]): string[] {
  const before = replay(earlier)
  const statements = statementsIn(sql)
  const redefined = redefinedIn(statements)

  return statements.flatMap((statement) => [
    ...lostRows(statement, redefined),
    ...changedColumns(statement, before),
    ...newKey(statement, before),
    ...redefinition(statement, before, redefined),
  ])
}

type Tables = ReturnType<typeof replay>

/** SQLite changes a table by making it anew: `new_users` is filled, `users` dropped, and renamed. */
function redefinedIn(statements: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    statements.flatMap((statement) => {
      const [, from = '', to = ''] = RENAME.exec(statement) ?? []

      return to === '' ? [] : [[from, to] as const]
    }),
  )
}

function lostRows(statement: string, redefined: ReadonlyMap<string, string>): string[] {
  const [, dropped] = DROP_TABLE.exec(statement) ?? []
  const [, emptied] = EMPTY_TABLE.exec(statement) ?? []
  if (emptied !== undefined) return [`deletes rows of ${emptied}`]

  return dropped === undefined || [...redefined.values()].includes(dropped)
    ? []
    : [`drops the table ${dropped}`]
}

function changedColumns(statement: string, before: Tables): string[] {
  const [whole, table] = ALTER_TABLE.exec(statement) ?? []
  if (whole === undefined || table === undefined || !before.has(table)) return []

  return partsOf(statement.slice(whole.length)).flatMap((change) => {
    const danger = CHANGES.find(({ pattern }) => pattern.test(change))
    const [, column = ''] = danger?.pattern.exec(change) ?? []

    return danger && !NO_COLUMN.test(column) ? [danger.says(`${table}.${column}`)] : []
  })
}

const CHANGES: readonly { pattern: RegExp; says: (column: string) => string }[] = [
  {
    pattern: /^DROP\s+(?:COLUMN\s+)?(?:IF\s+EXISTS\s+)?["`]?(\w+)/i,
    says: (column) => `drops the column ${column}`,
  },
  {
    pattern: /^ALTER\s+(?:COLUMN\s+)?["`]?(\w+)["`]?\s+(?:SET\s+DATA\s+)?TYPE\b/i,
    says: (column) => `changes the type of ${column}`,
  },
  {
    pattern: /^(?:MODIFY|CHANGE)\s+(?:COLUMN\s+)?["`]?(\w+)/i,
    says: (column) => `changes ${column}`,
  },
  {
    pattern: /^ALTER\s+(?:COLUMN\s+)?["`]?(\w+)["`]?\s+SET\s+NOT\s+NULL/i,
    says: (column) => `makes ${column} required, which fails where a row has no value`,
  },
  {
    pattern: /^ADD\s+(?:COLUMN\s+)?["`]?(\w+)["`]?\s(?=.*\bNOT\s+NULL\b)(?!.*\bDEFAULT\b)/is,
    says: (column) => requiredColumn(column),
  },
]

function requiredColumn(column: string): string {
  return `adds ${column}, required and without a default, which fails where there are rows`
}

function newKey(statement: string, before: Tables): string[] {
  const [, table = '', columns = ''] = UNIQUE_INDEX.exec(statement) ?? []
  if (!before.has(table)) return []

  return [
    `makes ${table}(${columns.replace(/["`]/g, '')}) unique, which fails where rows are alike`,
  ]
}

function redefinition(
  statement: string,
  before: Tables,
  redefined: ReadonlyMap<string, string>,
): string[] {
  const [whole, made = ''] = CREATE_TABLE.exec(statement) ?? []
  const table = redefined.get(made)
  const had = table === undefined ? undefined : before.get(table)
  if (whole === undefined || had === undefined) return []
  const body = statement.slice(whole.length)
  const has = columnsIn(body)
  const required = partsOf(body).filter(
    (part) => /\bNOT\s+NULL\b/i.test(part) && !/\bDEFAULT\b/i.test(part),
  )
  const isNew = (column: string) => !had.has(column)

  return [
    ...[...had]
      .filter((column) => !has.includes(column))
      .map((column) => `drops the column ${table}.${column}`),
    ...columnsIn(required.join(','))
      .filter(isNew)
      .map((column) => requiredColumn(`${table}.${column}`)),
  ]
}

const RENAME = new RegExp(`^ALTER\\s+TABLE${TABLE}\\s+RENAME\\s+(?:TO|AS)\\s+${NAME}`, 'i')
const DROP_TABLE = new RegExp(`^DROP\\s+TABLE${TABLE}`, 'i')
const EMPTY_TABLE = new RegExp(`^(?:TRUNCATE(?:\\s+TABLE)?|DELETE\\s+FROM)${TABLE}`, 'i')
const ALTER_TABLE = new RegExp(`^ALTER\\s+TABLE${TABLE}\\s+`, 'i')
const CREATE_TABLE = new RegExp(`^CREATE\\s+TABLE${TABLE}\\s*\\(`, 'i')
const UNIQUE_INDEX = new RegExp(
  `^CREATE\\s+UNIQUE\\s+INDEX\\s+\\S+\\s+ON\\s+${NAME}\\s*\\(([^)]*)\\)`,
  'i',
)
