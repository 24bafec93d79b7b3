import { readManifests } from '../plan/manifest.js'
import { type Check, type Finding, problem } from './check.js'

/** The columns that the generated code reads, as the last run left them in the schema. */
export const schema: Check = {
  name: 'schema',
  healthy: 'the schema has every table and column of the log-in',
  examine: ({ project, facts }) => {
    const models = [...facts.prisma.models.values()]

    return readManifests(project).flatMap(({ tables }) =>
      Object.entries(tables).flatMap(([table, columns]): Finding[] => {
        const model = models.find((candidate) => candidate.table === table)
        if (!model) return [gone(`The model of the table ${table} is`)]
        const has = new Set(model.fields.map(({ name, column }) => `${name} ${column}`))

        return Object.entries(columns)
          .filter(([name, column]) => !has.has(`${name} ${column}`))
          .map(([name, column]) => gone(`${model.name}.${name} (column ${column}) is`))
      }),
    )
  },
}

function gone(what: string): Finding {
  return problem(
    `${what} gone from the schema, and the generated code uses it.`,
    'create-auth scaffold adds it again, or restore it: git diff prisma',
  )
}
