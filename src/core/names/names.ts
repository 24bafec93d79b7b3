import type { Facts } from '../facts/facts.js'
import { Problem } from '../problem.js'
import { quoted } from '../quoted.js'
import { flattened, isSqlWord, reasonToReserve } from './reserved-names.js'

/** The nouns of one auth system, in every casing that the templates use. */
export type Names = {
  /** PascalCase, the context module: `Accounts`. */
  context: string
  /** PascalCase singular, the Prisma model: `User`. */
  model: string
  /** snake_case plural, the table: `users`. */
  plural: string
  /** What the models beside that of the users begin with, where the app has some of their names. */
  companions?: typeof COMPANION_PREFIX
  /** What the app's own schema calls the model, where that is like a table: `users`. */
  schemaModel?: string
}

export const COMPANION_PREFIX = 'Auth'

export const DEFAULT_NAMES: Names = { context: 'Accounts', model: 'User', plural: 'users' }

/**
 * The names as they were asked for, or a `Problem`. They become code, file names, routes and
 * tables, so nothing but plain identifiers passes, and none that would change what the
 * generated code means.
 */
export function parseNames(
  context = DEFAULT_NAMES.context,
  model = DEFAULT_NAMES.model,
  plural?: string,
  facts?: Pick<Facts, 'prisma'>,
): Names {
  const names = { context, model, plural: plural ?? DEFAULT_NAMES.plural }
  const objection =
    objectionToName('context', context, PASCAL) ??
    objectionToName('model', model, PASCAL) ??
    objectionToMissingPlural(model, plural) ??
    objectionToName('plural', names.plural, SNAKE) ??
    objectionToLength(names) ??
    objectionToClash(names) ??
    objectionToEnum(names, facts)
  if (objection === null) return names

  throw new Problem(objection, `Name them like this: ${exampleFor(model)}.`, 2)
}

/** The model of the users, as the schema calls it. */
export function inSchema({ model, schemaModel }: Names): string {
  return schemaModel ?? model
}

/** A model that is called like a table, as `prisma db pull` does, and its name as a type. */
export function typeNameOf(model: string): string {
  if (!/^[a-z]/.test(model)) return model

  return model
    .split('_')
    .map(capitalized)
    .join('')
    .replace(/(?<=[^s])s$/, '')
}

/** The models that are written beside that of the users, with their tables. */
export function companionsOf(names: Names): { model: string; table: string }[] {
  const model = `${names.companions ?? ''}${names.model}`
  const table = names.companions
    ? `${names.companions.toLowerCase()}_${names.plural}`
    : names.plural

  return [
    { model: `${model}Token`, table: `${table}_tokens` },
    { model: `${model}Session`, table: `${table}_sessions` },
    { model: `${model}RateLimit`, table: `${table}_rate_limits` },
  ]
}

export type Casing = {
  pascal: string
  camel: string
  snake: string
  kebab: string
  constant: string
  words: string
}

/** Every form of the three nouns that a template can ask for. */
export function casings(names: Names): { context: Casing; model: Casing; plural: Casing } {
  const pluralWords = names.plural.split('_').filter(Boolean)

  return {
    context: casingOf(names.context, wordsOfPascal(names.context)),
    model: casingOf(names.model, wordsOfPascal(names.model)),
    plural: casingOf(pluralWords.map(capitalized).join(''), pluralWords),
  }
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const PASCAL = /^[A-Z][A-Za-z0-9]*$/
const SNAKE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/

/** PostgreSQL cuts longer identifiers, and two cut alike are one. */
const LONGEST_IDENTIFIER = 63

const SHAPES = {
  context: 'letters and digits beginning with a capital',
  model: 'letters and digits beginning with a capital',
  plural: 'lower-case words joined by underscores',
}

function objectionToName(role: keyof typeof SHAPES, name: string, pattern: RegExp): string | null {
  if (name.length > LONGEST_IDENTIFIER) {
    return `The ${role} ${quoted(name)} is longer than ${LONGEST_IDENTIFIER} characters.`
  }
  if (!pattern.test(name)) {
    return `${quoted(name)} cannot be the ${role}: it takes ${SHAPES[role]}.`
  }

  const reason = reasonToReserve(name)

  return reason === null ? null : `${quoted(name)} cannot be the ${role}: it ${reason}.`
}

function objectionToMissingPlural(model: string, plural: string | undefined): string | null {
  if (plural !== undefined || model === DEFAULT_NAMES.model) return null

  return `The plural of ${quoted(model)} is missing; it names the table and the routes.`
}

function objectionToLength(names: Names): string | null {
  const tables = companionsOf(names).map(({ table }) => table)
  const longest = [...tables, `${casings(names).model.snake}_id`].find(
    (name) => name.length > LONGEST_IDENTIFIER,
  )
  if (longest === undefined) return null

  return `${quoted(names.plural)} is too long: ${quoted(longest, LONGEST_IDENTIFIER)} passes the ${LONGEST_IDENTIFIER} characters that a database allows.`
}

function objectionToClash(names: Names): string | null {
  const { context, model, plural } = names
  const [contextName, modelName, pluralName] = [context, model, plural].map(flattened)
  if (contextName === modelName) {
    return `The context and the model cannot both be ${quoted(model)}.`
  }
  if (modelName === pluralName) {
    return `The model and its plural cannot both be ${quoted(plural)}.`
  }
  if (contextName === pluralName) {
    return `The context and the plural cannot both be ${quoted(plural)}: one variable would have to hold two things.`
  }
  if (/^sqlite/.test(plural)) {
    return `${quoted(plural)} cannot be a table: SQLite keeps that prefix.`
  }
  if (isSqlWord(plural)) return `${quoted(plural)} cannot be a table: it is a word of SQL.`

  const derived = companionsOf(names).map((companion) => flattened(companion.model))
  const clash = [context, plural].find((name) => derived.includes(flattened(name)))

  return clash === undefined
    ? null
    : `${quoted(clash)} is taken: it is a model that is generated beside ${model}.`
}

function objectionToEnum(names: Names, facts?: Pick<Facts, 'prisma'>): string | null {
  if (!facts?.prisma.enums.has(names.model)) return null

  return `${quoted(names.model)} is an enum in ${facts.prisma.schemaFile}.`
}

/** The example answers the objection where it can: `Accounts Account accounts` needs another context. */
function exampleFor(model: string): string {
  const isUsable =
    model.length <= 20 && PASCAL.test(model) && reasonToReserve(model) === null && model !== 'User'
  if (!isUsable) return 'create-auth scaffold Accounts User users'

  const { snake } = casingOf(model, wordsOfPascal(model))
  const plural = `${snake}s`
  const context = ['accounts', 'account'].includes(flattened(plural)) ? 'Identity' : 'Accounts'

  return `create-auth scaffold ${context} ${model} ${plural}`
}

function casingOf(pascal: string, words: readonly string[]): Casing {
  const lower = words.map((word) => word.toLowerCase())

  return {
    pascal,
    // Prisma Client lowers the first letter and nothing else: `APIKey` is `db.aPIKey`.
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    snake: lower.join('_'),
    kebab: lower.join('-'),
    constant: lower.join('_').toUpperCase(),
    words: lower.join(' '),
  }
}

function wordsOfPascal(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(' ')
}
