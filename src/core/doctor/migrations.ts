import { migrationFiles } from '../migrations/files.js'
import { replay } from '../migrations/replay.js'
import { inSchema } from '../names/names.js'
import { advice, type Check, type Examined, type Finding, problem } from './check.js'

/** The tables of the log-in, in the migrations as in the schema. Only files are compared. */
export const migrations: Check = {
  name: 'migrations',
  healthy: 'the migrations make every table and column of the log-in',
  examine: (app) => {
    const files = [...migrationFiles(app.project).values()]
    if (files.length === 0) {
      return [
        advice(
          'There are no migrations, so nothing says whether the database has the tables.',
          'npx prisma db push, or npx prisma migrate dev --name create_auth',
        ),
      ]
    }
    const made = replay(files)

    const missing = wantedTables(app).flatMap((wanted) => missingFrom(made, wanted))

    return missing.length === 0 ? [] : [lagging(missing)]
  },
}

type Wanted = { table: string; columns: string[] }

/** Every column of a model of ours; of a model that was there before, those that were added. */
function wantedTables({ record, facts }: Examined): Wanted[] {
  const { models } = facts.prisma

  return record.systems.flatMap((system) =>
    system.edits.flatMap(({ id, anchor, inserted }): Wanted[] => {
      const model = id.startsWith('schema:') ? models.get(anchor) : undefined
      if (model === undefined) return []
      const isTheirs = system.existingModel && model.name === inSchema(system.names)
      const columns = model.fields
        .filter(({ type }) => !models.has(type))
        .filter(({ name }) => !isTheirs || isAddedIn(inserted, name))

      return [{ table: model.table, columns: columns.map(({ column }) => column) }]
    }),
  )
}

function isAddedIn(inserted: readonly string[], field: string): boolean {
  return inserted.some((text) => new RegExp(`^\\s*${field}\\s`, 'm').test(text))
}

/** The tables and columns that no migration makes, by the names in the database. */
function missingFrom(made: ReadonlyMap<string, ReadonlySet<string>>, wanted: Wanted): string[] {
  const columns = made.get(wanted.table)
  if (!columns) return [`the table ${wanted.table}`]

  return wanted.columns
    .filter((column) => !columns.has(column))
    .map((column) => `${wanted.table}.${column}`)
}

function lagging(missing: readonly string[]): Finding {
  return problem(
    `The schema has what no migration makes: ${missing.join(', ')}.`,
    'npx prisma migrate dev --name create_auth',
  )
}
