import { addFields } from './edits/prisma-schema/add-fields.js'
import { addModels } from './edits/prisma-schema/add-models.js'
import { readSchema, type SchemaBlock } from './edits/prisma-schema/read-schema.js'
import type { Facts, ModelFacts } from './facts/facts.js'
import type { Names } from './names.js'
import { columnFor } from './naming-style.js'
import type { Step } from './plan-edits.js'
import type { Project } from './project.js'
import { schemaOfTables } from './raw-sql.js'
import type { UserFields } from './user-fields.js'

/** A model as the template has it, with the comments above it. */
type Model = { name: string; text: string }

type SchemaRequest = { project: Project; facts: Facts; names: Names; fields: UserFields }

/** Brings the models of the template into the app's schema; a model that is there gets what it lacks. */
export function schemaSteps(
  fragment: string,
  { project, facts, names, fields }: SchemaRequest,
): Step[] {
  const user = facts.prisma.models.get(names.model)
  const schema = schemaOfTables(user ?? null, facts.prisma)
  const ours = withKnownFunctions(fragment, facts)
  const models = modelsIn(user ? withIdTypeOf(ours, user, names) : ours).map((model) =>
    withSchema(model, schema),
  )
  const files = schemaFiles(project, facts)

  return models.map((model) => {
    const existing = facts.prisma.models.get(model.name)

    return existing
      ? fieldsStep(model, existing, fields)
      : modelStep(model, facts.prisma.schemaFile, files)
  })
}

/** Prisma before 5.18 knows one kind of UUID, and `uuid()` takes no argument. */
function withKnownFunctions(fragment: string, { prisma }: Facts): string {
  return prisma.major < 6 ? fragment.replaceAll('uuid(7)', 'uuid()') : fragment
}

/** The files of the app's schema, by path. */
export function schemaFiles(project: Project, { prisma }: Pick<Facts, 'prisma'>) {
  const { schemaFile, schemaFolder } = prisma
  const isPart = (path: string) =>
    schemaFolder === null
      ? path === schemaFile
      : path.startsWith(`${schemaFolder}/`) && path.endsWith('.prisma')

  return new Map([...project].filter(([path]) => isPart(path)))
}

/** Where one model says which schema of the database it is in, every model has to. */
function withSchema({ name, text }: Model, schema: string | null): Model {
  if (schema === null) return { name, text }

  return { name, text: text.replace(/^\}$/m, `  @@schema(${JSON.stringify(schema)})\n}`) }
}

function modelsIn(fragment: string): Model[] {
  return [...fragment.matchAll(/(?:^\/\/\/.*\n)*^model (\w+) \{\n[\s\S]*?^\}/gm)].map(
    ([text, name = '']) => ({ name, text }),
  )
}

function modelStep(
  { name, text: model }: Model,
  file: string,
  files: ReadonlyMap<string, string>,
): Step {
  const elsewhere = blocksOutside(file, files)

  return {
    id: `schema:${name}`,
    file,
    anchor: name,
    note: `+ model ${name}`,
    edit: (text) => addModels(text, [model], { path: file, elsewhere }),
  }
}

function fieldsStep({ name, text }: Model, existing: ModelFacts, fields: UserFields): Step {
  const { file } = existing
  const lacking = fieldsIn(text).flatMap((line) => asWrittenIn(existing, line, fields))

  return {
    id: `schema:${name}`,
    file,
    anchor: name,
    note: `+ fields of ${name}`,
    edit: (schema) => addFields(schema, name, lacking, file),
    paste: (inserted) => `// Into your model ${name}:\n${inserted.join('').replace(/^\n+/, '')}`,
  }
}

/** A field under its name in this model; nothing where the model has one that does its work. */
function asWrittenIn(model: ModelFacts, line: string, fields: UserFields): string[] {
  const [, ours = '', rest = ''] = /^(\w+)(.*)$/.exec(line) ?? []
  if (!Object.hasOwn(fields, ours)) return [line]
  const name = fields[ours as keyof UserFields]
  const column = columnFor(name, model)
  const attributes = rest.replace(/ @map\("\w+"\)/, column === name ? '' : ` @map("${column}")`)

  return model.fields.some((field) => field.name === name) ? [] : [`${name}${attributes}`]
}

function fieldsIn(model: string): string[] {
  return model
    .slice(model.indexOf('{\n') + 2)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^\w/.test(line))
    .map((line) => line.replace(/ {2,}/g, ' '))
}

function blocksOutside(file: string, files: ReadonlyMap<string, string>): SchemaBlock[] {
  return readSchema(new Map([...files].filter(([path]) => path !== file))).blocks
}

/** A column that refers to another one has its type, down to the database's own. */
function withIdTypeOf(fragment: string, user: ModelFacts, { model }: Names): string {
  const id = user.fields.find((field) => field.id)
  if (!id) return fragment
  const [native = ''] = /(?<!\w)@(?!default\b)\w+\.\w+(?:\([^)]*\))?/.exec(id.attributes) ?? []
  const reference = `${model.charAt(0).toLowerCase()}${model.slice(1)}Id`

  return fragment.replace(
    new RegExp(`^(\\s+${reference} +)\\w+(.*)$`, 'm'),
    (_line, name: string, rest: string) => `${name}${id.type}${rest} ${native}`.trimEnd(),
  )
}
