import { Problem } from '../problem.js'
import type { FieldFacts, ModelFacts } from './facts.js'

/** What a Prisma schema says, gathered from all of its files. */
export type Schema = {
  datasources: Block[]
  generators: Block[]
  models: ReadonlyMap<string, ModelFacts>
  enums: ReadonlyMap<string, readonly string[]>
}

/** A `datasource` or `generator` with its settings; text is without its quotes. */
export type Block = { name: string; file: string; settings: ReadonlyMap<string, string> }

/** Reads just enough of the language to answer questions; the app's own Prisma validates it. */
export function readSchema(files: ReadonlyMap<string, string>): Schema {
  const blocks = [...files].flatMap(([file, text]) => blocksIn(file, text))
  const models = blocks
    .filter(({ keyword }) => keyword === 'model' || keyword === 'view')
    .map((block) => modelFrom(block))

  return {
    datasources: blocks.filter(({ keyword }) => keyword === 'datasource').map(settingsFrom),
    generators: blocks.filter(({ keyword }) => keyword === 'generator').map(settingsFrom),
    models: new Map(models.map((model) => [model.name, model])),
    enums: new Map(
      blocks
        .filter(({ keyword }) => keyword === 'enum')
        .map(({ name, body }) => [name, valuesIn(body)]),
    ),
  }
}

type RawBlock = { keyword: string; name: string; file: string; body: string }

function blocksIn(file: string, text: string): RawBlock[] {
  const code = withoutComments(text.replace(/^\uFEFF/, ''))
  const masked = withoutStrings(code)
  const blocks: RawBlock[] = []
  const head = /\s*(?:(model|view|enum|type|datasource|generator)\s+(\w+)\s*\{|$)/y
  for (;;) {
    const start = head.lastIndex
    const match = head.exec(masked)
    if (!match) throw invalid(file, masked, start, 'something that is no block')
    const [, keyword, name] = match
    if (!keyword || !name) return blocks
    const end = closingBrace(masked, head.lastIndex)
    if (end === -1) throw invalid(file, masked, start, `${keyword} ${name}, which is not closed`)
    blocks.push({ keyword, name, file, body: code.slice(head.lastIndex, end) })
    head.lastIndex = end + 1
  }
}

function invalid(file: string, text: string, start: number, what: string): Problem {
  const at = start + (text.slice(start).match(/^\s*/)?.[0].length ?? 0)
  const line = text.slice(0, at).split('\n').length

  return new Problem(
    `${file} is not a valid Prisma schema: line ${line} begins ${what}.`,
    'Run npx prisma validate to see more, mend it and run this again.',
  )
}

/** A block holds no braces of its own, so one that opens before this one closes is a mistake. */
function closingBrace(masked: string, from: number): number {
  const found = masked.slice(from).search(/[{}]/)

  return found !== -1 && masked[from + found] === '}' ? from + found : -1
}

const TOKEN = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g

function withoutComments(text: string): string {
  return text.replace(TOKEN, (token) => (token.startsWith('"') ? token : blank(token)))
}

/** The text with every string replaced by underscores of the same length. */
function withoutStrings(code: string): string {
  return code.replace(/"(?:[^"\\\n]|\\.)*"/g, (string) => '_'.repeat(string.length))
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

function settingsFrom({ name, file, body }: RawBlock): Block {
  const entries = statementsIn(body).flatMap((statement): [string, string][] => {
    const [, key, value] = statement.match(/^(\w+)\s*=\s*([\s\S]+)$/) ?? []
    return key && value ? [[key, unquoted(value.trim())]] : []
  })

  return { name, file, settings: new Map(entries) }
}

function valuesIn(body: string): string[] {
  return statementsIn(body).flatMap((statement) => statement.match(/^\w+/)?.[0] ?? [])
}

function modelFrom({ name, file, body }: RawBlock): ModelFacts {
  const statements = statementsIn(body)
  const own = statements.filter((statement) => statement.startsWith('@@')).join('\n')
  const ids = singleFields(own, 'id')
  const uniques = singleFields(own, 'unique')
  const groups = groupsOf(own, 'unique').filter(({ length }) => length > 1)
  const fields = statements.flatMap((statement) => {
    const field = fieldFrom(statement)
    if (!field) return []
    const isId = field.id || ids.has(field.name)
    const group = groups.find((names) => names.includes(field.name))
    const uniqueWith = group?.filter((name) => name !== field.name)
    const unique = field.unique || uniques.has(field.name)
    return [{ ...field, id: isId, unique, ...(uniqueWith && { uniqueWith }) }]
  })

  return {
    name,
    file,
    table: argumentOf(own, '@@map') ?? name,
    schema: argumentOf(own, '@@schema'),
    fields,
  }
}

function fieldFrom(statement: string): FieldFacts | null {
  const pattern = /^(\w+)\s+(Unsupported\("[^"]*"\)|\w+)\s*(\[\]\??|\?)?\s*([\s\S]*)$/
  const [, name, type, modifier = '', rest = ''] = statement.match(pattern) ?? []
  if (!name || !type) return null
  const masked = withoutStrings(rest)
  const has = (attribute: string) => new RegExp(`(?<![@\\w])@${attribute}(?![\\w.])`).test(masked)

  return {
    name,
    column: argumentOf(rest, '@map') ?? name,
    type,
    optional: modifier === '?',
    list: modifier.startsWith('['),
    unique: has('unique'),
    id: has('id'),
    hasDefault: has('default') || has('updatedAt'),
    attributes: rest.trim(),
  }
}

/** Lines, joined where a bracket is open. */
function statementsIn(body: string): string[] {
  const masked = withoutStrings(body)
  const statements: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at <= masked.length; at += 1) {
    const character = masked[at]
    if (character === '(' || character === '[') depth += 1
    if (character === ')' || character === ']') depth -= 1
    const ends = at === masked.length || (character === '\n' && depth <= 0)
    if (!ends) continue
    statements.push(body.slice(start, at).trim())
    start = at + 1
  }

  return statements.filter(Boolean)
}

/** The text in `@map("…")` and `@map(name: "…")`. */
function argumentOf(attributes: string, attribute: string): string | null {
  const place = withoutStrings(attributes).search(new RegExp(`(?<!@)${attribute}\\s*\\(`))
  if (place === -1) return null
  const [, string] =
    attributes.slice(place).match(/^@@?\w+\s*\(\s*(?:name\s*:\s*)?("(?:[^"\\\n]|\\.)*")/) ?? []

  return string ? unquoted(string) : null
}

/** Fields that are `@@id([a])` or `@@unique([a])` alone. */
function singleFields(attributes: string, attribute: string): ReadonlySet<string> {
  return new Set(
    groupsOf(attributes, attribute)
      .filter(({ length }) => length === 1)
      .flat(),
  )
}

/** The fields of each `@@unique([a, b(length: 10)])`. */
function groupsOf(attributes: string, attribute: string): string[][] {
  const pattern = new RegExp(`@@${attribute}\\s*\\(\\s*(?:fields\\s*:\\s*)?\\[([^\\]]*)\\]`, 'g')

  return [...withoutStrings(attributes).matchAll(pattern)].map(([, list = '']) =>
    [...list.replace(/\([^)]*\)/g, '').matchAll(/\w+/g)].map(([name]) => name),
  )
}

function unquoted(value: string): string {
  if (!/^"(?:[^"\\]|\\.)*"$/.test(value)) return value
  try {
    return String(JSON.parse(value))
  } catch {
    return value.slice(1, -1)
  }
}
