// What a migration would do on MySQL, which the stand-in for Prisma's engine does not know: from
// the statements that make the tables of one schema to those of another one.

/** Tables and columns that are taken away stay: nothing of ours takes any. */
export function changesBetween(before: readonly string[], after: readonly string[]): string[] {
  const earlier = new Map(before.map((statement) => [tableOf(statement), statement]))
  const added = after.filter((statement) => !before.includes(statement))

  return added.flatMap((statement) => {
    const known = earlier.get(tableOf(statement))

    return known === undefined ? [statement] : alter(known, statement)
  })
}

/** Of what makes a table, its name. */
function tableOf(statement: string): string | null {
  return /^CREATE TABLE (`[^`]+`)/.exec(statement)?.[1] ?? statement
}

function alter(before: string, after: string): string[] {
  const known = linesOf(before)
  const columns = known.map(columnOf)
  const changes = linesOf(after)
    .filter((line) => !known.includes(line))
    .map((line) => {
      const column = columnOf(line)
      if (column === null) return `ADD ${line}`

      return columns.includes(column) ? `MODIFY COLUMN ${line}` : `ADD COLUMN ${line}`
    })

  return changes.length === 0 ? [] : [`ALTER TABLE ${tableOf(after)} ${changes.join(', ')}`]
}

function linesOf(statement: string): string[] {
  return [...statement.matchAll(/^ {2}(.*?),?$/gm)].map(([, line = '']) => line)
}

function columnOf(line: string): string | null {
  return /^`[^`]+`/.exec(line)?.[0] ?? null
}
