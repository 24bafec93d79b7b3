import type { Edit } from '../edits/edit.js'
import { addAttributes } from '../edits/prisma-schema/add-attributes.js'
import { addFields } from '../edits/prisma-schema/add-fields.js'
import { addModels } from '../edits/prisma-schema/add-models.js'
import { keyOfAttribute } from '../edits/prisma-schema/attributes.js'
import { readSchema, type SchemaBlock } from '../edits/prisma-schema/read-schema.js'
import type { Facts, ModelFacts } from '../facts/facts.js'
import { inSchema, type Names } from '../names/names.js'
import type { Project } from '../project.js'
import type { RecordedEdit } from '../record/record.js'
import { columnFor } from '../user-model/naming-style.js'
import { schemaOfTables } from '../user-model/raw-sql.js'
import { OUR_FIELDS, type UserFields } from '../user-model/user-fields.js'
import { changedFields, fieldsIn } from './changed-fields.js'
import type { Step } from './plan-edits.js'
import { uniqueEmail } from './unique-email.js'
import { widenPassword } from './widen-password.js'

/** A model as the template has it, with the comments above it. */
type Model = { name: string; text: string }

type SchemaRequest = {
  project: Project
  facts: Facts
  names: Names
  fields: UserFields
  /** What earlier runs added. */
  recorded: readonly RecordedEdit[]
}

/** Brings the models of the template into the app's schema; a model that is there gets what it lacks. */
export function schemaSteps(
  fragment: string,
  { project, facts, names, fields, recorded }: SchemaRequest,
): Step[] {
  const user = facts.prisma.models.get(inSchema(names))
  const schema = schemaOfTables(user ?? null, facts.prisma)
  const ours = withKnownFunctions(fragment, facts)
  const models = modelsIn(user ? withIdTypeOf(ours, user, names) : ours).map((model) =>
    withSchema(model, schema),
  )
  const files = schemaFiles(project, facts)

  return models.flatMap((model) => {
    const existing = facts.prisma.models.get(model.name)
    if (!existing) return [modelStep(model, facts.prisma.schemaFile, files)]
    const { inserted = [] } = recorded.find(({ id }) => id === idOf(model)) ?? {}
    if (model.name !== inSchema(names)) {
      return [
        fieldsStep(model, existing, { fields: OUR_FIELDS, inserted }),
        ...changedFields(model.name, { existing, lines: fieldsIn(model.text), inserted }),
      ]
    }
    const lines = fieldsIn(model.text).map((line) => writtenIn(existing, line, fields).text)

    return [
      ...widenPassword(existing, fields),
      fieldsStep(model, existing, {
        fields,
        inserted,
        unique: uniqueEmail(existing, fields, facts.prisma),
      }),
      ...changedFields(model.name, { existing, lines, inserted }),
    ]
  })
}

/** The fields of the template's user model as lines of the app's own. */
export function userFields(
  fragment: string,
  user: ModelFacts,
  { names, fields }: Pick<SchemaRequest, 'names' | 'fields'>,
): string[] {
  const model = modelsIn(fragment).find(({ name }) => name === inSchema(names))

  return fieldsIn(model?.text ?? '').map((line) => writtenIn(user, line, fields).text)
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
    id: idOf({ name }),
    file,
    anchor: name,
    note: `+ model ${name}`,
    edit: (text) => addModels(text, [model], { path: file, elsewhere }),
  }
}

function idOf({ name }: Pick<Model, 'name'>): string {
  return `schema:${name}`
}

type Known = { fields: UserFields; inserted: readonly string[]; unique?: string | null }

/** The fields that the model lacks, and the indexes that this version has and the last run had not. */
function fieldsStep(
  { name, text }: Model,
  existing: ModelFacts,
  { fields, inserted, unique = null }: Known,
): Step {
  const { file } = existing
  const lacking = fieldsIn(text).flatMap((line) => asWrittenIn(existing, line, fields))
  // One that its owner took out stays out.
  const before = inserted.flatMap(attributesOf).map(keyOfAttribute)
  const added = [
    ...attributesOf(text).filter((one) => !before.includes(keyOfAttribute(one))),
    // Nobody could log in without it.
    ...(unique === null ? [] : [unique]),
  ]

  return {
    id: idOf({ name }),
    file,
    anchor: name,
    note: [
      `+ ${added.length > (unique === null ? 0 : 1) ? 'fields and indexes' : 'fields'} of ${name}`,
      ...(unique === null ? [] : [`+ ${unique}`]),
    ].join(', '),
    edit: (schema) =>
      both(addFields(schema, name, lacking, file), schema, (next) =>
        addAttributes(next, name, added, file),
      ),
    paste: (inserted) => `// Into your model ${name}:\n${inserted.join('').replace(/^\n+/, '')}`,
  }
}

function both(first: Edit, text: string, second: (text: string) => Edit): Edit {
  if (first.kind === 'cannot') return first
  const next = second(first.kind === 'done' ? first.text : text)
  if (next.kind !== 'done') return next.kind === 'cannot' ? next : first

  return first.kind === 'done' ? { ...next, inserted: [...first.inserted, ...next.inserted] } : next
}

/** `@@index([…])` and `@@unique([…])`, each on its line. */
function attributesOf(model: string): string[] {
  return model
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^@@(?:index|unique)\b/.test(line))
}

/** A field under its name in this model; nothing where the model has one that does its work. */
function asWrittenIn(model: ModelFacts, line: string, fields: UserFields): string[] {
  const { name, text } = writtenIn(model, line, fields)

  return name !== null && model.fields.some((field) => field.name === name) ? [] : [text]
}

/** A line under the name that its field has in this model; null where it has no other. */
function writtenIn(model: ModelFacts, line: string, fields: UserFields) {
  const [, ours = '', rest = ''] = /^(\w+)(.*)$/.exec(line) ?? []
  if (!Object.hasOwn(fields, ours)) return { name: null, text: line }
  const name = fields[ours as keyof UserFields]
  const column = columnFor(name, model)
  const attributes = rest.replace(/ @map\("\w+"\)/, column === name ? '' : ` @map("${column}")`)

  return { name, text: `${name}${attributes}` }
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

  return fragment
    .replace(
      new RegExp(`^(\\s+${reference} +)\\w+(.*)$`, 'm'),
      (_line, name: string, rest: string) => `${name}${id.type}${rest} ${native}`.trimEnd(),
    )
    .replace(
      `fields: [${reference}], references: [id]`,
      `fields: [${reference}], references: [${id.name}]`,
    )
}
