// The tables that Prisma would make on MySQL or MariaDB, for a database that has none: the
// stand-in for its schema engine knows neither. What no app here has is left out (full-text
// indexes, unsupported types).

import type { Field, Index, Model, Schema } from './models.js'

const CHARACTERS = 'DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci'

export function tablesOf({ models, enums, indexes }: Schema, withForeignKeys = true): string[] {
  const nameOf = (type: string) => {
    const model = models.find(({ name }) => name === type)

    return quote(model?.dbName ?? type)
  }
  const tables = models.map((model) => {
    const columns = model.fields.filter(({ kind }) => kind !== 'object')
    const keys = indexes.filter((index) => index.model === model.name)
    const lines = [
      ...columns.map((field) => columnOf(field, enums)),
      ...keys.map((key) => keyOf(key, model)),
    ]

    return `CREATE TABLE ${nameOf(model.name)} (\n  ${lines.join(',\n  ')}\n) ${CHARACTERS}`
  })
  const foreignKeys = models.flatMap((model) =>
    model.fields
      .filter(({ relationFromFields = [] }) => relationFromFields.length > 0)
      .map((field) => {
        const to = models.find(({ name }) => name === field.type)
        const from = columnsOf(model, field.relationFromFields)
        const key = `FOREIGN KEY (${from}) REFERENCES ${nameOf(field.type)}`
        const columns = to === undefined ? '' : columnsOf(to, field.relationToFields)

        return `ALTER TABLE ${nameOf(model.name)} ADD ${key} (${columns}) ${actionsOf(field)}`
      }),
  )

  return withForeignKeys ? [...tables, ...foreignKeys] : tables
}

function columnOf(field: Field, enums: Schema['enums']): string {
  const words = [
    quote(field.dbName ?? field.name),
    typeOf(field, enums),
    field.isRequired ? 'NOT NULL' : 'NULL',
    defaultOf(field, enums),
  ]

  return words.filter(Boolean).join(' ')
}

const TYPES: Record<string, string> = {
  BigInt: 'BIGINT',
  Boolean: 'BOOLEAN',
  Bytes: 'LONGBLOB',
  DateTime: 'DATETIME(3)',
  Decimal: 'DECIMAL(65,30)',
  Float: 'DOUBLE',
  Int: 'INTEGER',
  Json: 'JSON',
  String: 'VARCHAR(191)',
}

function typeOf({ type, nativeType }: Field, enums: Schema['enums']): string {
  const values = enums.find(({ name }) => name === type)?.values
  if (values) return `ENUM(${values.map(({ name, dbName }) => text(dbName ?? name)).join(', ')})`
  if (!nativeType) return TYPES[type] ?? type
  const [name, lengths] = nativeType
  const words = name.replace(/^Unsigned(\w+)$/, '$1 UNSIGNED').toUpperCase()

  return lengths.length > 0 ? `${words}(${lengths.join(', ')})` : words
}

function defaultOf(field: Field, enums: Schema['enums']): string {
  const { default: value, type } = field
  if (value === undefined) return ''
  if (typeof value === 'object') {
    const [first] = value.args
    if (value.name === 'autoincrement') return 'AUTO_INCREMENT'
    if (value.name === 'now') return `DEFAULT ${typeOf(field, []).replace('DATETIME', 'NOW')}`

    return value.name === 'dbgenerated' ? `DEFAULT ${first}` : ''
  }
  const chosen = enums
    .find(({ name }) => name === type)
    ?.values.find(({ name }) => name === value)?.dbName

  return `DEFAULT ${typeof value === 'string' ? text(chosen ?? value) : value}`
}

const KEYS = { id: 'PRIMARY KEY', unique: 'UNIQUE INDEX', normal: 'INDEX' }

function keyOf({ type, fields }: Index, model: Model): string {
  const columns = fields.map(
    ({ name, length }) => columnsOf(model, [name]) + (length ? `(${length})` : ''),
  )

  return `${KEYS[type]} (${columns.join(', ')})`
}

function columnsOf(model: Model, names: readonly string[] = []): string {
  return names
    .map((name) => quote(model.fields.find((field) => field.name === name)?.dbName ?? name))
    .join(', ')
}

function actionsOf({ relationOnDelete, relationOnUpdate, isRequired }: Field): string {
  const onDelete = relationOnDelete ?? (isRequired ? 'Restrict' : 'SetNull')

  return `ON DELETE ${words(onDelete)} ON UPDATE ${words(relationOnUpdate ?? 'Cascade')}`
}

/** `SetNull`: SET NULL */
function words(action: string): string {
  return action.replace(/(?<=[a-z])(?=[A-Z])/, ' ').toUpperCase()
}

function quote(name: string): string {
  return `\`${name}\``
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
