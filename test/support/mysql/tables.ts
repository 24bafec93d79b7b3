// The tables of a Prisma schema, as Prisma's migrations make them on MySQL: the engine that writes
// those does not come as a package. It knows what the schemas in these tests have in them.

type Field = { name: string; type: string; isOptional: boolean; attributes: string }

const MODEL = /^model (\w+) \{\n(.*?)^\}/gms
const FIELD = /^ {2}(\w+) +(\w+)(\??)(\[\])?(.*)$/

// What Prisma makes of a type that says no more: a String has to fit into an index.
const COLUMN_TYPES: Record<string, string> = {
  String: 'VARCHAR(191)',
  Int: 'INTEGER',
  DateTime: 'DATETIME(3)',
  Bytes: 'LONGBLOB',
}

const DEFAULTS: Record<string, string> = {
  'now()': ' DEFAULT CURRENT_TIMESTAMP(3)',
  'autoincrement()': ' AUTO_INCREMENT',
}

/** The statements that make the tables, in an order that they can be run in. */
export function tablesOf(schema: string): string[] {
  const models = [...schema.matchAll(MODEL)].map(([, name = '', body = '']) => ({ name, body }))
  const tableOf = (model: string) =>
    mapped(models.find(({ name }) => name === model)?.body ?? '', '@@map') ?? model

  return models.map(({ name, body }) => {
    const fields = fieldsOf(body)
    const lines = [
      ...fields.filter(({ type }) => type in COLUMN_TYPES).map(columnOf),
      ...keysOf(body, fields),
      ...fields.flatMap((field) => referenceOf(field, fields, tableOf)),
    ]

    return `CREATE TABLE ${quote(tableOf(name))} (\n  ${lines.join(',\n  ')}\n) ${CHARACTERS}`
  })
}

const CHARACTERS = 'DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci'

function fieldsOf(body: string): Field[] {
  return body
    .split('\n')
    .map((line) => FIELD.exec(line))
    .filter((match) => match !== null && match[4] === undefined)
    .map((match) => {
      const [, name = '', type = '', optional, , attributes = ''] = match ?? []

      return { name, type, isOptional: optional === '?', attributes }
    })
}

function columnOf({ name, type, isOptional, attributes }: Field): string {
  const native = /@db\.(\w+(?:\(\d+\))?)/.exec(attributes)?.[1]?.toUpperCase()
  const value = /@default\((\w+\(\d*\))\)/.exec(attributes)?.[1] ?? ''
  const column = mapped(attributes, '@map') ?? name

  return `${quote(column)} ${native ?? COLUMN_TYPES[type]}${isOptional ? ' NULL' : ' NOT NULL'}${DEFAULTS[value] ?? ''}`
}

function keysOf(body: string, fields: Field[]): string[] {
  const columns = (names: string) =>
    names
      .split(',')
      .map((name) => fields.find((field) => field.name === name.trim()))
      .map((field) =>
        quote(field === undefined ? '' : (mapped(field.attributes, '@map') ?? field.name)),
      )
      .join(', ')
  const ofFields = fields.flatMap(({ name, attributes }) => [
    ...(/@id\b/.test(attributes) ? [`PRIMARY KEY (${columns(name)})`] : []),
    ...(/@unique\b/.test(attributes) ? [`UNIQUE INDEX (${columns(name)})`] : []),
  ])
  const ofModel = [...body.matchAll(/@@(unique|index)\(\[([^\]]+)\]/g)].map(
    ([, kind, names = '']) => `${kind === 'unique' ? 'UNIQUE ' : ''}INDEX (${columns(names)})`,
  )

  return [...ofFields, ...ofModel]
}

function referenceOf(
  { type, attributes }: Field,
  fields: Field[],
  tableOf: (model: string) => string,
): string[] {
  const [, from, to = ''] =
    /@relation\(fields: \[(\w+)\], references: \[(\w+)\]/.exec(attributes) ?? []
  const field = fields.find(({ name }) => name === from)
  if (field === undefined) return []
  const column = quote(mapped(field.attributes, '@map') ?? field.name)
  const action = /onDelete: Cascade/.test(attributes) ? 'CASCADE' : 'RESTRICT'

  return [
    `FOREIGN KEY (${column}) REFERENCES ${quote(tableOf(type))}(${quote(to)}) ON DELETE ${action} ON UPDATE CASCADE`,
  ]
}

function mapped(attributes: string, attribute: '@map' | '@@map'): string | undefined {
  return new RegExp(`(?<!@)${attribute}\\("([^"]+)"\\)`).exec(attributes)?.[1]
}

function quote(name: string): string {
  return `\`${name}\``
}
