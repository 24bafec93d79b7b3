import { readManifests } from '../plan/manifest.js'
import { type Check, type Finding, problem } from './check.js'

/** The columns that the generated code reads, as the last run left them in the schema. */
export const schema: Check = {
  name: 'schema',
  healthy: 'the schema has every table and column of the log-in',
  examine: ({ project, facts, operations }) => {
    // What a run left to be pasted there is said once, by `unfinished`.
    if (operations.some(({ verb, path }) => verb === 'by hand' && path.endsWith('.prisma')))
      return []
    const models = [...facts.prisma.models.values()]

    return readManifests(project).flatMap(({ tables }) =>
      Object.entries(tables).flatMap(([table, columns]): Finding[] => {
        const model = models.find((candidate) => candidate.table === table)
        if (!model) return [gone(`The model of the table ${table} is`)]
        const has = new Set(model.fields.map(({ name, column }) => `${name} ${column}`))

        return namesInUse(columns)
          .filter(([name, column]) => !has.has(`${name} ${column}`))
          .map(([name, column]) => gone(`${model.name}.${name} (column ${column}) is`))
      }),
    )
  },
}

/**
 * The names that the code has for the columns. Where an app has a name of its own for one, the
 * manifest goes on with ours for it.
 */
function namesInUse(columns: Record<string, string>): [name: string, column: string][] {
  const all = Object.entries(columns)

  return all.filter(([, column], index) => index === all.findIndex(([, other]) => other === column))
}

function gone(what: string): Finding {
  return problem(
    `${what} gone from the schema, and the generated code uses it.`,
    'create-auth scaffold adds it again, or restore it: git diff prisma',
  )
}
