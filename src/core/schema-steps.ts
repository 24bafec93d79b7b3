import { addFields } from './edits/prisma-schema/add-fields.js'
import { addModels } from './edits/prisma-schema/add-models.js'
import { readSchema, type SchemaBlock } from './edits/prisma-schema/read-schema.js'
import type { Facts, ModelFacts } from './facts/facts.js'
import type { Names } from './names.js'
import type { Step } from './plan-edits.js'
import type { Project } from './project.js'

/** A model as the template has it, with the comments above it. */
type Model = { name: string; text: string }

/** Brings the models of the template into the app's schema; a model that is there gets what it lacks. */
export function schemaSteps(
  fragment: string,
  { project, facts, names }: { project: Project; facts: Facts; names: Names },
): Step[] {
  const user = facts.prisma.models.get(names.model)
  const ours = withKnownFunctions(fragment, facts)
  const models = modelsIn(user ? withIdTypeOf(ours, user, names) : ours)
  const files = schemaFiles(project, facts)

  return models.map((model) => {
    const existing = facts.prisma.models.get(model.name)

    return existing ? fieldsStep(model, existing) : modelStep(model, facts.prisma.schemaFile, files)
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

function fieldsStep({ name, text }: Model, { file }: ModelFacts): Step {
  return {
    id: `schema:${name}`,
    file,
    anchor: name,
    note: `+ fields of ${name}`,
    edit: (schema) => addFields(schema, name, fieldsIn(text), file),
    paste: (inserted) => `// Into your model ${name}:\n${inserted.join('').replace(/^\n+/, '')}`,
  }
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
  const native = id?.attributes.match(/@\w+\.\w+(?:\([^)]*\))?/)?.[0]
  if (!id || !native || native.startsWith('@default')) return fragment
  const reference = `${model.charAt(0).toLowerCase()}${model.slice(1)}Id`

  return fragment.replace(
    new RegExp(`^(\\s+${reference} +${id.type}\\b.*)$`, 'm'),
    (line) => `${line} ${native}`,
  )
}
